// SPDX-License-Identifier: Apache-2.0
// Where the palette leads to.
import { allConversations, connections } from "../live/state";
import { places } from "../places";
import { t, type Key } from "../text/i18n";
import type { IconName } from "../ui/icon";
import { theme } from "../ui/preferences";
import { isChannelName, joinChannel } from "./joining";
import type { Ranked } from "./palette_rank";
import { settingsEntries } from "./settings_frame";

export interface PaletteItem extends Ranked {
  key: string;
  kind: Key;
  icon: IconName;
  action: string | (() => void);
  /** On which network it is. */
  connection?: string;
}

const plain = (item: Omit<PaletteItem, "unread" | "isCalled">): PaletteItem => ({ ...item, unread: 0, isCalled: false });

const conversations = (): PaletteItem[] =>
  allConversations.value.map((each) => ({
    key: `${each.connectionId} ${each.id}`,
    name: each.name.value,
    kind: "palette.conversation",
    icon: each.isChannel ? "hash" : "person",
    action: places.conversation(each.connectionId, each.id),
    connection: each.connectionId,
    unread: each.unread.value,
    isCalled: each.notifications.value > 0 || (each.isPrivate && each.unread.value > 0),
  }));

const networks = (): PaletteItem[] =>
  connections.value.flatMap((each) => [
    plain({
      key: `network ${each.id}`,
      name: each.name.value,
      kind: "palette.connection",
      icon: "server",
      action: places.conversation(each.id, ""),
    }),
    plain({
      key: `channels ${each.id}`,
      name: t("channels.title", { name: each.name.value }),
      kind: "palette.connection",
      icon: "list",
      action: places.channels(each.id),
    }),
  ]);

const pages = (): PaletteItem[] => [
  ...settingsEntries().map((each) =>
    plain({
      key: each.section,
      name: t(each.title),
      also: each.section,
      kind: "palette.settings",
      icon: each.icon,
      action: each.href,
    }),
  ),
  plain({
    key: "notifications",
    name: t("notifications.title"),
    kind: "palette.action",
    icon: "bell",
    action: places.notifications(),
  }),
  plain({
    key: "add",
    name: t("connections.add"),
    kind: "palette.action",
    icon: "plus",
    action: places.addConnection(),
  }),
  plain({ key: "help", name: t("help.title"), kind: "palette.action", icon: "help", action: places.help() }),
  plain({
    key: "light",
    name: t("palette.theme_light"),
    kind: "palette.action",
    icon: "sun",
    action: () => {
      theme.value = "light";
    },
  }),
  plain({
    key: "dark",
    name: t("palette.theme_dark"),
    kind: "palette.action",
    icon: "moon",
    action: () => {
      theme.value = "dark";
    },
  }),
];

/** What is made of the very words: a search, a channel to join. */
function madeOf(text: string): PaletteItem[] {
  if (text === "") return [];
  const joins = isChannelName(text)
    ? connections.value
        .filter((each) => each.find(text) === undefined)
        .map((each) =>
          plain({
            key: `join ${each.id}`,
            name: t("palette.join", { name: text, connection: each.name.value }),
            kind: "palette.action",
            icon: "plus",
            action: () => void joinChannel(each, text),
          }),
        )
    : [];
  return [
    ...joins,
    plain({
      key: "search",
      name: t("palette.search", { text }),
      kind: "palette.action",
      icon: "search",
      action: places.search(text),
    }),
  ];
}

export const paletteItems = (text: string): { found: PaletteItem[]; made: PaletteItem[] } => ({
  found: [...conversations(), ...networks(), ...pages()],
  made: madeOf(text),
});
