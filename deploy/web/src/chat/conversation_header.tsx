// SPDX-License-Identifier: Apache-2.0
// The name of a conversation, what it is about, and what can be done with it.
import { useSignal } from "@preact/signals";
import type { VNode } from "preact";

import { ask } from "../live/live";
import { isMuted, setMuted } from "../live/muted";
import { awayWithoutWords, type Connection, type Conversation } from "../live/models";
import { go, places } from "../places";
import { formatNumber, t } from "../text/i18n";
import { Formatted } from "../text/formatted";
import { stripFormat } from "../text/irc_format";
import { IconButton } from "../ui/button";
import { confirmed } from "../ui/dialog";
import { Menu, type MenuItem } from "../ui/menu";
import { overlayPart } from "../ui/part";
import { toastProblem } from "../ui/toast";
import { SidebarButton } from "./shell_button";
import { arePeopleShown, cardOf } from "./view";

const ChannelDialog = overlayPart(() => import("./channel_dialog"));
const DateDialog = overlayPart(() => import("./date_dialog"));

async function leave(conversation: Conversation) {
  const name = conversation.name.peek();
  const isWanted = await confirmed({
    title: t(conversation.isChannel ? "chat.leave" : "chat.close_talk", { name }),
    text: t(conversation.isChannel ? "chat.leave_sure" : "chat.close_sure"),
    action: t(conversation.isChannel ? "chat.leave_now" : "chat.close_now"),
  });
  if (!isWanted) return;
  try {
    await ask(conversation.connectionId, conversation.id, "/part");
  } catch (why) {
    toastProblem(why);
  }
}

function menuOf(conversation: Conversation, open: { settings(): void; date(): void }): MenuItem[] {
  const items: MenuItem[] = [];
  if (conversation.isChannel)
    items.push({ label: t("chat.channel_settings"), icon: "gear", action: open.settings });
  if (conversation.isPrivate)
    items.push({
      label: t("chat.whois"),
      icon: "person",
      action: () => (cardOf.value = { connectionId: conversation.connectionId, nick: conversation.name.value, conversation }),
    });
  const muted = isMuted(conversation);
  items.push(
    { label: t("chat.jump_date"), icon: "calendar", action: open.date },
    {
      label: t(muted ? "chat.unmute" : "chat.mute"),
      icon: muted ? "bell" : "bellOff",
      action: () => setMuted(conversation, !muted),
    },
  );
  if (!conversation.isServer)
    items.push("line", {
      label: t(conversation.isChannel ? "chat.leave_now" : "chat.close_now"),
      icon: "leave",
      danger: true,
      action: () => void leave(conversation),
    });
  return items;
}

function searchPlace(conversation: Conversation) {
  return places.search(conversation.isChannel ? `${conversation.name.value} ` : `@${conversation.name.value} `);
}

/** That the other one is away, and what they say of it. */
function Away({ words = "" }: { words: string | undefined }): VNode | null {
  if (words === "") return null;
  return (
    <>
      {" – "}
      {t("chat.away")}
      {words !== awayWithoutWords && (
        <>
          {": "}
          <Formatted text={words} />
        </>
      )}
    </>
  );
}

export function ConversationHeader({ connection, conversation }: { connection: Connection; conversation: Conversation }): VNode {
  const dialog = useSignal<"none" | "settings" | "date">("none");
  const topic = conversation.topic.value;
  const close = () => {
    dialog.value = "none";
  };
  const count = conversation.participants.count.value;
  return (
    <header class="talk-header">
      <SidebarButton />
      <div class="talk-title">
        <h1 class="talk-name">
          <bdi>{conversation.name.value}</bdi>
        </h1>
        {!conversation.isChannel ? (
          <p class="talk-topic">
            {conversation.isServer ? t("chat.server_talk") : <bdi>{connection.name.value}</bdi>}
            {conversation.isPrivate && <Away words={conversation.info.value.away} />}
          </p>
        ) : (
          <p class="talk-topic" title={stripFormat(topic)} dir="auto">
            {topic === "" ? (
              <button type="button" class="talk-topic-button" onClick={() => (dialog.value = "settings")}>
                {t("chat.set_topic")}
              </button>
            ) : (
              <Formatted text={topic} />
            )}
          </p>
        )}
      </div>
      <div class="talk-tools">
        {!conversation.isServer && (
          <IconButton icon="search" label={t("chat.search_here")} onClick={() => go(searchPlace(conversation))} />
        )}
        {conversation.isChannel && (
          <IconButton
            icon="people"
            id="people-button"
            label={`${t("chat.people")}: ${formatNumber(count)}`}
            aria-pressed={arePeopleShown.value}
            onClick={() => (arePeopleShown.value = !arePeopleShown.value)}
          >
            {count > 0 && <span class="talk-count">{formatNumber(count)}</span>}
          </IconButton>
        )}
        <Menu
          label={t("chat.talk_menu")}
          items={menuOf(conversation, {
            settings: () => (dialog.value = "settings"),
            date: () => (dialog.value = "date"),
          })}
        />
      </div>
      {dialog.value === "settings" && <ChannelDialog connection={connection} conversation={conversation} onClose={close} />}
      {dialog.value === "date" && <DateDialog conversation={conversation} onClose={close} />}
    </header>
  );
}
