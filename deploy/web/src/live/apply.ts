// SPDX-License-Identifier: Apache-2.0
// The one place where an event becomes what the page knows.
import { batch } from "@preact/signals";

import { millisecondsOf } from "../api/time";
import { countsAsUnread, type Happening, type HappeningEntry } from "./entries";
import type { LiveEvent, MessageEvent, StateEvent } from "./events";
import { awayWithoutWords, type Connection, type Conversation } from "./models";
import { findConnection, storeFault } from "./state";

/** What others want to know of what was applied. */
export interface Listeners {
  /** Somebody else said something. */
  said(conversation: Conversation, event: MessageEvent): void;
  /** One is in a channel that one was not in before. */
  entered(conversation: Conversation): void;
  renamed(before: Conversation, after: Conversation): void;
  removed(conversation: Conversation): void;
  /** Another device has done something that no event tells all of. */
  strange(connectionId: string): void;
}

type Event<Type extends StateEvent["type"]> = Extract<StateEvent, { type: Type }>;

export function apply(event: LiveEvent, listeners: Listeners) {
  batch(() => {
    if (event.event === "message") applyMessage(event, listeners);
    else if (event.type === "store") storeFault.value = event.available ? "" : event.message;
    else applyState(event, listeners);
  });
}

function applyMessage(event: MessageEvent, listeners: Listeners) {
  const connection = findConnection(event.connection_id);
  if (!connection) return listeners.strange(event.connection_id);
  const conversation = connection.conversation(event.conversation_id, event.name);
  conversation.timeline.appendMessage(event);
  if (connection.isOwn(event.from)) return;
  stopTyping(conversation, event.from);
  if (conversation.isServer) return;
  if (countsAsUnread(event.type)) conversation.unread.value++;
  if (event.highlight && conversation.isChannel) conversation.notifications.value++;
  listeners.said(conversation, event);
}

function applyState(event: Exclude<StateEvent, { type: "store" }>, listeners: Listeners) {
  const connection = findConnection(event.connection_id);
  if (!connection) return listeners.strange(event.connection_id);
  switch (event.type) {
    case "connection":
      return changeConnection(connection, event, listeners);
    case "info": {
      const { event: _, type: __, connection_id: ___, ts: ____, seq: _____, ...info } = event;
      connection.info.value = info;
      return;
    }
    case "frozen":
      return changeConversation(connection, event, listeners);
    case "join":
      return join(connection, event);
    case "part":
      return part(connection, event, listeners);
    case "quit":
      return everywhere(connection, event.nick, (each) => {
        each.participants.remove(event.nick);
        tell(each, event, "quit", event.nick, event.message);
      });
    case "nick_change":
      return everywhere(connection, event.old_nick, (each) => {
        each.participants.rename(event.old_nick, event.new_nick);
        tell(each, event, "nick", event.old_nick, "", event.new_nick);
      });
    case "mode":
      return mode(connection, event);
    case "invite":
      return tellIn(connection, event, "invite", event.nick, "", event.invited);
    case "typing":
      return type(connection, event);
    case "away":
      for (const each of connection.conversations.peek()) {
        each.participants.setAway(event.nick, event.away);
        if (each.id === event.nick.toLowerCase())
          each.info.value = { ...each.info.peek(), away: event.away ? event.message || awayWithoutWords : "" };
      }
      return;
    case "redact":
      connection.find(event.conversation_id)?.timeline.redact(event.msgid);
      return;
    case "rename":
      return rename(connection, event, listeners);
    case "read": {
      const conversation = connection.find(event.conversation_id);
      if (!conversation) return;
      conversation.unread.value = event.unread;
      conversation.notifications.value = event.notifications;
      conversation.readSeq = event.read_seq;
      return;
    }
    case "queued": {
      const conversation = connection.find(event.conversation_id);
      if (conversation) conversation.queued.value = event.lines > 0 ? { lines: event.lines, wait: event.wait } : undefined;
      return;
    }
    case "account":
    case "host":
    case "realname":
    case "presence":
      return;
  }
}

function changeConnection(connection: Connection, event: Event<"connection">, listeners: Listeners) {
  // No event says what is wanted of a connection.
  const isWanted = connection.wantedState.peek() === "connected";
  const isLeft = event.state === "disconnected" && connection.state.peek() === "disconnecting";
  const isBegun = event.state === "connecting" || event.state === "queued";
  if (isWanted ? isLeft : isBegun) listeners.strange(connection.id);
  connection.state.value = event.state;
  connection.reason.value = event.message;
  if (event.state === "connected") return;
  for (const each of connection.conversations.peek()) each.participants.clear();
}

function changeConversation(connection: Connection, event: Event<"frozen">, listeners: Listeners) {
  const known = connection.find(event.conversation_id);
  const wasOut = !known || known.frozen.peek() !== "";
  const conversation = connection.conversation(event.conversation_id, event.name);
  const before = conversation.topic.peek();
  conversation.update(event);
  if (event.frozen !== "") conversation.participants.clear();
  else if (wasOut && conversation.isChannel) listeners.entered(conversation);
  if (known && !wasOut && event.frozen === "" && before !== event.topic)
    tell(conversation, event, "topic", "", event.topic);
}

function join(connection: Connection, event: Event<"join">) {
  connection.find(event.conversation_id)?.participants.add(event.nick);
  tellIn(connection, event, "join", event.nick, "");
}

function part(connection: Connection, event: Event<"part">, listeners: Listeners) {
  const conversation = connection.find(event.conversation_id);
  if (!conversation) return;
  if (connection.isOwn(event.nick) && event.message === undefined) {
    connection.remove(conversation.id);
    return listeners.removed(conversation);
  }
  conversation.participants.remove(event.nick);
  const what = event.kicker === undefined ? "part" : "kick";
  tell(conversation, event, what, event.nick, event.message ?? "", event.kicker);
}

function mode(connection: Connection, event: Event<"mode">) {
  const conversation = connection.find(event.conversation_id);
  if (!conversation) return;
  const about = event.params ?? (event.nick === undefined ? [] : [event.nick]);
  for (const [letter, who] of lettersOf(event.mode, about)) conversation.participants.changeMode(who, letter);
  tell(conversation, event, "mode", event.from, [event.mode, ...about].join(" "));
}

/** Each change that is about somebody, with whom: `+o-v ann bob`. */
function lettersOf(change: string, params: readonly string[]): [string, string][] {
  const left = [...params];
  const result: [string, string][] = [];
  let sign = "+";
  for (const each of change) {
    if (each === "+" || each === "-") sign = each;
    else if ("qaohv".includes(each)) {
      const who = left.shift();
      if (who !== undefined) result.push([sign + each, who]);
    } else if ("beIk".includes(each) || ("lfj".includes(each) && sign === "+")) {
      left.shift();
    }
  }
  return result;
}

function rename(connection: Connection, event: Event<"rename">, listeners: Listeners) {
  const before = connection.find(event.old_conversation_id);
  if (!before) return;
  if (before.id === event.conversation_id) {
    before.name.value = event.name;
    return;
  }
  connection.remove(event.conversation_id);
  const after = connection.conversation(event.conversation_id, event.name);
  after.update({
    name: event.name,
    topic: before.topic.peek(),
    frozen: before.frozen.peek(),
    unread: before.unread.peek(),
    notifications: before.notifications.peek(),
    info: before.info.peek(),
  });
  connection.remove(before.id);
  listeners.renamed(before, after);
}

/** How long somebody is taken to type without saying so again. */
const typingPatience = { active: 6_000, paused: 30_000 };

function type(connection: Connection, event: Event<"typing">) {
  const conversation = connection.find(event.conversation_id);
  if (!conversation) return;
  if (event.state !== "active") return stopTyping(conversation, event.nick);
  const next = new Map(conversation.typing.peek());
  conversation.typing.value = next.set(event.nick, Date.now() + typingPatience[event.state]);
}

export function stopTyping(conversation: Conversation, nick: string) {
  if (!conversation.typing.peek().has(nick)) return;
  const next = new Map(conversation.typing.peek());
  next.delete(nick);
  conversation.typing.value = next;
}

/** Where that person is, as far as it is known. */
function everywhere(connection: Connection, nick: string, change: (each: Conversation) => void) {
  for (const each of connection.conversations.peek())
    if (each.participants.find(nick) || each.id === nick.toLowerCase()) change(each);
}

function tellIn(
  connection: Connection,
  event: Event<"join" | "invite">,
  what: Happening,
  nick: string,
  text: string,
  other?: string,
) {
  const conversation = connection.find(event.conversation_id);
  if (conversation) tell(conversation, event, what, nick, text, other);
}

function tell(
  conversation: Conversation,
  event: StateEvent & { seq: number },
  what: Happening,
  nick: string,
  text: string,
  other?: string,
) {
  const entry: HappeningEntry = {
    kind: "happening",
    seq: event.seq,
    time: millisecondsOf(event.ts),
    what,
    nick,
    text,
    ...(other === undefined ? {} : { other }),
  };
  conversation.timeline.append(entry);
}

