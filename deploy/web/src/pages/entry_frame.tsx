// SPDX-License-Identifier: Apache-2.0
// The frame of the pages for who is not logged in.
import type { ComponentChildren, VNode } from "preact";
import { useEffect } from "preact/hooks";

import { site } from "../api/site";
import { t } from "../text/i18n";
import { Icon } from "../ui/icon";
import "./entry.css";

/** Only what leads to a page or a mail. */
const isHarmless = (url: string): boolean => /^(?:https?:\/\/|mailto:)/i.test(url);

function SiteLinks(): VNode {
  return (
    <footer class="entry-links">
      {isHarmless(site.organizationUrl) && (
        <a href={site.organizationUrl} rel="noopener noreferrer">
          {t("entry.about_site", { name: site.organizationName })}
        </a>
      )}
      {isHarmless(site.contact) && (
        <a href={site.contact} rel="noopener noreferrer">
          {t("entry.contact")}
        </a>
      )}
    </footer>
  );
}

export function EntryFrame(props: { title: string; about?: string; children?: ComponentChildren }): VNode {
  const { title, about, children } = props;
  useEffect(() => {
    document.title = `${title} – ${site.organizationName}`;
  }, [title]);
  return (
    <main class="entry" id="main">
      <div class="entry-brand">
        <span class="entry-mark">
          <Icon name="hash" size={30} />
        </span>
        <div>
          <strong dir="auto">{site.organizationName}</strong>
          <span>{t("entry.tagline")}</span>
        </div>
      </div>
      <div class="card entry-card">
        <div class="section-title">
          <h1>{title}</h1>
          {about && <p class="muted">{about}</p>}
        </div>
        {children}
      </div>
      <SiteLinks />
    </main>
  );
}
