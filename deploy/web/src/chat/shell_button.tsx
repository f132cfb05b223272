// SPDX-License-Identifier: Apache-2.0
import type { VNode } from "preact";

import { totals } from "../live/state";
import { t } from "../text/i18n";
import { Icon } from "../ui/icon";
import { isSidebarOpen } from "./view";

/** Opens the list of conversations where it is not in sight. */
export function SidebarButton(): VNode {
  return (
    <button
      type="button"
      class="icon-button sidebar-button"
      aria-label={t("chat.conversations")}
      aria-expanded={isSidebarOpen.value}
      aria-controls="sidebar"
      onClick={() => (isSidebarOpen.value = true)}
    >
      <Icon name="menu" />
      {totals.value.calls > 0 && <span class="sidebar-button-dot" aria-hidden="true" />}
    </button>
  );
}
