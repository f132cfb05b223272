// SPDX-License-Identifier: Apache-2.0
// What can be done with a message: it is there for the one that is pointed at.
import { useSignal } from "@preact/signals";
import type { VNode } from "preact";

import type { MessageEntry } from "../live/entries";
import { ask } from "../live/live";
import type { Connection, Conversation } from "../live/models";
import { t } from "../text/i18n";
import { stripFormat } from "../text/irc_format";
import { IconButton } from "../ui/button";
import { confirmed } from "../ui/dialog";
import { Menu, type MenuItem } from "../ui/menu";
import { overlayPart } from "../ui/part";
import { toast, toastProblem } from "../ui/toast";
import { insertText, replyTo } from "./view";

const EmojiPicker = overlayPart(() => import("./emoji_picker"));

/** Something the network does, with a word when it does not. */
async function attempt(conversation: Conversation, text: string) {
  try {
    await ask(conversation.connectionId, conversation.id, text);
  } catch (why) {
    toastProblem(why);
  }
}

export const react = (conversation: Conversation, entry: MessageEntry, what: string) =>
  void attempt(conversation, `/react ${entry.msgid} ${what}`);

export async function copy(text: string) {
  try {
    await navigator.clipboard.writeText(text);
    toast(t("copied"));
  } catch (why) {
    toastProblem(why);
  }
}

async function redact(conversation: Conversation, entry: MessageEntry) {
  const isWanted = await confirmed({
    title: t("chat.redact"),
    text: (
      <>
        <blockquote class="question-quote" dir="auto">
          {stripFormat(entry.text)}
        </blockquote>
        <p>{t("chat.redact_sure")}</p>
      </>
    ),
    action: t("chat.redact"),
    fatal: true,
  });
  if (isWanted) await attempt(conversation, `/redact ${entry.msgid}`);
}

/** Networks let people take back their own words, and operators everybody's. */
function mayRedact(connection: Connection, conversation: Conversation, { from }: MessageEntry) {
  const own = conversation.participants.find(connection.nick.value)?.mode ?? "";
  return connection.isOwn(from) || /[qaoh]/.test(own);
}

interface Props {
  connection: Connection;
  conversation: Conversation;
  entry: MessageEntry;
}

export function MessageActions({ connection, conversation, entry }: Props): VNode {
  const isPicking = useSignal(false);
  const canTag = entry.msgid !== undefined && connection.has("message-tags");
  const canRedact =
    entry.msgid !== undefined && connection.has("draft/message-redaction") && mayRedact(connection, conversation, entry);
  const plain = stripFormat(entry.text);
  const items: MenuItem[] = [
    { label: t("chat.copy_text"), icon: "copy", action: () => void copy(plain) },
    { label: t("chat.quote"), icon: "chat", action: () => insertText(`<${entry.from}> ${plain} `) },
  ];
  if (canRedact)
    items.push("line", { label: t("chat.redact"), icon: "trash", danger: true, action: () => void redact(conversation, entry) });
  return (
    <div class="line-actions" role="group" aria-label={t("chat.message_actions")}>
      {canTag && (
        <>
          <IconButton icon="reply" label={t("chat.reply")} onClick={() => (replyTo.value = { conversation, msgid: entry.msgid! })} />
          <IconButton
            icon="smile"
            label={t("chat.react")}
            aria-expanded={isPicking.value}
            onClick={() => (isPicking.value = !isPicking.value)}
          />
        </>
      )}
      <Menu label={t("chat.message_menu")} items={items} />
      {isPicking.value && (
        <EmojiPicker
          onClose={() => (isPicking.value = false)}
          onPick={(emoji: string) => {
            isPicking.value = false;
            react(conversation, entry, emoji);
          }}
        />
      )}
    </div>
  );
}
