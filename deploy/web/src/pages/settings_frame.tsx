// SPDX-License-Identifier: Apache-2.0
// What all settings have around them: the list of sections. Where there is no room beside the
// page it unfolds above it.
import { useSignal } from "@preact/signals";
import type { ComponentChildren, VNode } from "preact";
import { useEffect } from "preact/hooks";

import { isAdmin } from "../live/state";
import { places } from "../places";
import { t, type Key } from "../text/i18n";
import { Icon, type IconName } from "../ui/icon";
import "./settings.css";

interface Entry {
  section: string;
  title: Key;
  icon: IconName;
  href: string;
}

const own = (section: string, title: Key, icon: IconName): Entry => ({
  section,
  title,
  icon,
  href: places.settings(section),
});

const ofSite = (section: string, title: Key, icon: IconName): Entry => ({
  section: `admin/${section}`,
  title,
  icon,
  href: places.admin(section),
});

const groups: readonly { title: Key; isForAdmins?: true; entries: readonly Entry[] }[] = [
  {
    title: "settings.group_you",
    entries: [
      own("account", "account.title", "person"),
      own("devices", "devices.title", "device"),
      own("words", "words.title", "tag"),
      own("files", "files.title", "file"),
      own("tokens", "tokens.title", "key"),
    ],
  },
  {
    title: "settings.group_irc",
    entries: [own("connections", "connections.title", "server")],
  },
  {
    title: "settings.group_browser",
    entries: [own("looks", "looks.title", "paint"), own("notifications", "notify.title", "bell")],
  },
  {
    title: "settings.group_site",
    isForAdmins: true,
    entries: [
      ofSite("users", "users.title", "people"),
      ofSite("site", "site.title", "globe"),
      ofSite("profiles", "profiles.title", "list"),
      ofSite("health", "health.title", "pulse"),
    ],
  },
];

const shownGroups = () => groups.filter((each) => !each.isForAdmins || isAdmin.value);

/** For the palette: every section that this person can go to. */
export const settingsEntries = (): Entry[] => shownGroups().flatMap((each) => [...each.entries]);

export function SettingsFrame({ section, children }: { section: string; children: ComponentChildren }): VNode {
  const isOpen = useSignal(false);
  useEffect(() => {
    isOpen.value = false;
  }, [section]);
  return (
    <div class="settings">
      <div class={isOpen.value ? "settings-side settings-side-open" : "settings-side"}>
        <button
          type="button"
          class="button settings-fold"
          aria-expanded={isOpen.value}
          onClick={() => {
            isOpen.value = !isOpen.value;
          }}
        >
          <Icon name={isOpen.value ? "chevronUp" : "chevronDown"} />
          {t("settings.title")}
        </button>
        <nav class="settings-nav" aria-label={t("settings.sections")}>
          {shownGroups().map((group) => (
            <div class="settings-group" key={group.title}>
              <h2>{t(group.title)}</h2>
              <ul>
                {group.entries.map((each) => (
                  <li key={each.section}>
                    <a
                      class="settings-link"
                      href={each.href}
                      aria-current={each.section === section ? "page" : undefined}
                    >
                      <Icon name={each.icon} />
                      {t(each.title)}
                    </a>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </nav>
      </div>
      <div class="page settings-page">{children}</div>
    </div>
  );
}
