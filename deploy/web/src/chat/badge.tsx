// SPDX-License-Identifier: Apache-2.0
import type { VNode } from "preact";

import { isMuted } from "../live/muted";
import type { Conversation } from "../live/models";
import { formatNumber, t } from "../text/i18n";

/** How much there is to read. */
export function UnreadBadge({ conversation }: { conversation: Conversation }): VNode | null {
  const unread = conversation.unread.value;
  const { calls } = conversation;
  if (isMuted(conversation) || (unread === 0 && calls === 0)) return null;
  const count = calls > 0 ? calls : unread;
  const shown = count > 999 ? `${formatNumber(999)}+` : formatNumber(count);
  return (
    <span class={calls > 0 ? "unread-badge unread-badge-call" : "unread-badge"}>
      <span aria-hidden="true">{shown}</span>
      <span class="visually-hidden">{t(calls > 0 ? "chat.calls" : "chat.unread", { count })}</span>
    </span>
  );
}
