// SPDX-License-Identifier: Apache-2.0
import type { VNode } from "preact";

import { places } from "../places";
import { t } from "../text/i18n";
import { Page } from "../ui/blocks";
import { ButtonLink } from "../ui/button";
import { Icon } from "../ui/icon";
import { usePageTitle } from "../ui/page_title";

export default function MissingPage(): VNode {
  const heading = usePageTitle();
  return (
    <Page>
      <div class="empty">
        <Icon name="search" size={32} />
        <h1 ref={heading}>{t("missing.title")}</h1>
        <p>{t("missing.about")}</p>
        <ButtonLink href={places.home()}>{t("missing.home")}</ButtonLink>
      </div>
    </Page>
  );
}
