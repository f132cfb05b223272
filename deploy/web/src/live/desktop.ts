// SPDX-License-Identifier: Apache-2.0
// Tells the desktop of what is for the person, while the page is not looked at.
import { site } from "../api/site";
import { go, places } from "../places";
import { stripFormat } from "../text/irc_format";
import { desktopNotifications, notificationSound } from "../ui/preferences";
import type { MessageEvent } from "./events";
import { onSaid } from "./live";
import type { Conversation } from "./models";
import { isMuted } from "./muted";
import { playSound } from "./sound";

const isFor = (conversation: Conversation, event: MessageEvent) =>
  event.highlight || (conversation.isPrivate && (event.type === "private" || event.type === "action"));

const isLookedAt = () => document.visibilityState === "visible" && document.hasFocus();

function tell(conversation: Conversation, event: MessageEvent) {
  if (event.late || !isFor(conversation, event) || isMuted(conversation) || isLookedAt()) return;
  if (notificationSound.peek() === "on") playSound();
  if (desktopNotifications.peek() !== "on" || !("Notification" in globalThis)) return;
  if (Notification.permission !== "granted") return;
  try {
    show(conversation, event);
  } catch {
    // Some browsers have it and let only service workers use it.
  }
}

function show(conversation: Conversation, event: MessageEvent) {
  const title = conversation.isPrivate ? event.from : `${event.from} – ${conversation.name.peek()}`;
  const told = new Notification(title, {
    body: stripFormat(event.message),
    tag: `${conversation.connectionId}/${conversation.id}`,
    icon: `${site.basePath}/icon.svg`,
  });
  told.onclick = () => {
    focus();
    go(places.conversation(conversation.connectionId, conversation.id));
    told.close();
  };
}

export const tellDesktop = () => onSaid(tell);
