// SPDX-License-Identifier: Apache-2.0
// The parts put together: one link, one outbox, and what happens when the link is open,
// comes back, or finds that nobody is logged in.
import { batch, effect, signal, untracked } from "@preact/signals";

import { ApiError } from "../api/client";
import { apply, stopTyping, type Listeners } from "./apply";
import type { LoadAnswer, MessageEvent, SentAnswer } from "./events";
import { mendHistories, noteStream, tearHistories } from "./histories";
import { holdOf, isWanted } from "./holding";
import { Link } from "./link";
import type { Conversation } from "./models";
import { Outbox } from "./outbox";
import { wordingOf } from "./outgoing";
import { fetchParticipants } from "./presence";
import { browserShelf } from "./shelf";
import { connections, forgetAll, takeUser, user } from "./state";

type SaidListener = (conversation: Conversation, event: MessageEvent) => void;
type MoveListener = (before: Conversation, after: Conversation | undefined) => void;

const saidListeners = new Set<SaidListener>();
const moveListeners = new Set<MoveListener>();

/** Why the first load failed, for people; "" while all is well. */
export const loadFault = signal("");

const listeners: Listeners = {
  said: (conversation, event) => saidListeners.forEach((each) => each(conversation, event)),
  entered: (conversation) => {
    if (conversation.timeline.state.peek() !== "idle") void fetchParticipants(conversation, ask);
  },
  renamed: (before, after) => {
    outbox.move(before.connectionId, before.id, after.id);
    moveListeners.forEach((each) => each(before, after));
  },
  removed: (conversation) => moveListeners.forEach((each) => each(conversation, undefined)),
  strange: () => void reload(),
};

/** Whether events are gone and nothing was loaded since. */
let isBehind = false;

/** All conversations, and what the servers say. */
const everyPlace = () => connections.peek().flatMap((each) => [each.server, ...each.conversations.peek()]);

export const link = new Link({
  event: (event) => apply(event, listeners),
  opened: () => void begin(),
  resumed: (all, { stream }) => {
    if (!all) tearHistories(everyPlace(), stream);
    isBehind ||= !all;
    if (isBehind) void begin();
    else outbox.setOpen(true);
  },
  refused: () => forgetAll(),
});

export const outbox = new Outbox(
  (what) =>
    link.request<SentAnswer>({
      method: "send",
      connection_id: what.connectionId,
      conversation_id: what.conversationId,
      message: wordingOf(what),
      nonce: what.nonce,
    }),
  { holdOf, isWanted },
);

// Each of these may be what something waits for.
effect(() => {
  for (const { info, state, wantedState, conversations } of connections.value) {
    void [info.value, state.value, wantedState.value];
    for (const { frozen } of conversations.value) void frozen.value;
  }
  untracked(() => outbox.reconsider());
});

link.state.subscribe((state) => {
  if (state !== "open") outbox.setOpen(false);
});

/** Whether the answer was taken. */
async function load(): Promise<LoadAnswer | undefined> {
  try {
    const answer = await link.load();
    batch(() => {
      loadFault.value = "";
      takeUser(answer.user);
    });
    return answer;
  } catch (why) {
    if (why instanceof ApiError) loadFault.value = why.message;
    return undefined;
  }
}

const loadPause = 5_000;
let nextLoad: ReturnType<typeof setTimeout> | undefined;

/** Everything anew: at first, and when what was missed is gone. */
async function begin() {
  const wasStarted = user.peek() != null;
  clearTimeout(nextLoad);
  const answer = await load();
  if (!answer) {
    nextLoad = setTimeout(() => link.state.peek() === "open" && void begin(), loadPause);
    return;
  }
  if (!wasStarted) outbox.restore(browserShelf(`convoy.outbox.${answer.user.uid}`));
  isBehind = false;
  noteStream(answer.stream);
  const known = everyPlace();
  for (const each of known) {
    each.participants.clear();
    if (each.timeline.state.peek() !== "idle") void fetchParticipants(each, ask);
  }
  outbox.setOpen(true);
  await mendHistories(known);
}

let isReloading = false;

/** What this page does not know of yet; nothing was missed. */
async function reload() {
  if (isReloading) return;
  isReloading = true;
  await load();
  isReloading = false;
}

/** To be called once somebody may be logged in: at the start and after a login. */
export function start() {
  link.open();
}

export function onSaid(listener: SaidListener) {
  saidListeners.add(listener);
  return () => void saidListeners.delete(listener);
}

/** A conversation has another name, or is gone. */
export function onMoved(listener: MoveListener) {
  moveListeners.add(listener);
  return () => void moveListeners.delete(listener);
}

/** Something that the page asks for by itself; nothing is kept of it. */
export function ask(connectionId: string, conversationId: string, text: string): Promise<SentAnswer> {
  return link.request<SentAnswer>({
    method: "send",
    connection_id: connectionId,
    conversation_id: conversationId,
    message: text,
  });
}

/** What somebody typed; nothing when too much waits already. */
export const say = (conversation: Conversation, text: string, replyTo?: string) =>
  outbox.post(conversation.connectionId, conversation.id, text, replyTo);

function forgetOldTyping() {
  const now = Date.now();
  for (const connection of connections.peek())
    for (const each of connection.conversations.peek())
      for (const [nick, until] of each.typing.peek()) if (until < now) stopTyping(each, nick);
}

setInterval(forgetOldTyping, 2_000);
addEventListener("online", () => link.hurry());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") link.hurry();
});
