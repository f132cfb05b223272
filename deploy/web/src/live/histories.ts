// SPDX-License-Identifier: Apache-2.0
// Fills timelines from the history that the node keeps.
import { messages, type PageWish } from "../api/history";
import type { MessagePage } from "../api/types";
import type { Conversation } from "./models";
import type { Timeline } from "./timeline";

const firstPage = 80;
const nextPage = 120;
/** What a conversation keeps that is not looked at. */
const keptWhenAway = 400;

/** A timeline that was cleared is another one: what was asked for before is not for it. */
const generations = new WeakMap<Timeline, number>();
const generationOf = (timeline: Timeline) => generations.get(timeline) ?? 0;

function begin(timeline: Timeline) {
  timeline.clear();
  generations.set(timeline, generationOf(timeline) + 1);
}

/** What is being fetched is not for it any more; what it has stays. */
function interrupt(timeline: Timeline) {
  generations.set(timeline, generationOf(timeline) + 1);
  for (const side of [timeline.older, timeline.newer]) if (side.peek() === "loading") side.value = "more";
}

async function fetchInto(conversation: Conversation, wish: PageWish): Promise<MessagePage | undefined> {
  const { timeline } = conversation;
  const generation = generationOf(timeline);
  const page = await messages(conversation.connectionId, conversation.id, wish);
  if (generation !== generationOf(timeline)) return undefined;
  timeline.merge(page);
  return page;
}

function noteOlder(timeline: Timeline, page: MessagePage) {
  timeline.olderCursor = page.before_seq;
  timeline.older.value = page.before_seq === undefined ? "end" : "more";
}

/** The newest part, unless something of it is there already. */
export async function openHistory(conversation: Conversation) {
  const { timeline } = conversation;
  const state = timeline.state.peek();
  if (state === "loading" && timeline.moment.peek() === undefined) return;
  if (state === "ready" && timeline.isLive) {
    timeline.moment.value = undefined;
    return;
  }
  begin(timeline);
  timeline.state.value = "loading";
  const generation = generationOf(timeline);
  try {
    const page = await fetchInto(conversation, { limit: firstPage });
    if (!page) return;
    noteOlder(timeline, page);
    timeline.state.value = "ready";
  } catch {
    if (generation === generationOf(timeline)) timeline.state.value = "failed";
  }
}

/** The part around a moment, in ISO 8601. */
export async function openHistoryAt(conversation: Conversation, moment: string) {
  const { timeline } = conversation;
  begin(timeline);
  timeline.moment.value = moment;
  timeline.state.value = "loading";
  timeline.newer.value = "loading";
  const generation = generationOf(timeline);
  try {
    const around = new Date(moment).toISOString();
    const page = await fetchInto(conversation, { around, limit: firstPage });
    if (!page) return;
    noteOlder(timeline, page);
    timeline.reachTo(page.after_seq);
    timeline.state.value = "ready";
  } catch {
    if (generation === generationOf(timeline)) timeline.state.value = "failed";
  }
}

/** The part that begins a little before a number. */
export async function openHistoryBefore(conversation: Conversation, before_seq: number) {
  const { timeline } = conversation;
  begin(timeline);
  timeline.state.value = "loading";
  timeline.newer.value = "loading";
  const generation = generationOf(timeline);
  try {
    const page = await fetchInto(conversation, { before_seq, limit: firstPage });
    if (!page) return;
    noteOlder(timeline, page);
    timeline.reachTo(page.messages.at(-1)?.seq ?? 0);
    timeline.state.value = "ready";
    await loadNewer(conversation);
  } catch {
    if (generation === generationOf(timeline)) timeline.state.value = "failed";
  }
}

/** What is on its way, of each side: who asks for it meanwhile waits for the same. */
const loads = new WeakMap<Timeline["older"], Promise<void>>();

async function load(conversation: Conversation, side: Timeline["older"], wish: PageWish, note: (page: MessagePage) => void) {
  const { timeline } = conversation;
  side.value = "loading";
  const generation = generationOf(timeline);
  try {
    const page = await fetchInto(conversation, wish);
    if (page) note(page);
  } catch {
    if (generation === generationOf(timeline)) side.value = "failed";
  }
}

export async function loadOlder(conversation: Conversation, limit = nextPage) {
  const { timeline } = conversation;
  const { older, olderCursor: before_seq } = timeline;
  if (timeline.state.peek() !== "ready" || older.peek() === "end" || before_seq === undefined) return;
  if (older.peek() !== "loading")
    loads.set(older, load(conversation, older, { before_seq, limit }, (page) => noteOlder(timeline, page)));
  await loads.get(older);
}

export async function loadNewer(conversation: Conversation) {
  const { timeline } = conversation;
  const { newer, newerCursor: after_seq } = timeline;
  if (timeline.state.peek() !== "ready" || newer.peek() === "end" || after_seq === undefined) return;
  if (newer.peek() !== "loading")
    loads.set(newer, load(conversation, newer, { after_seq, limit: nextPage }, (page) => timeline.reachTo(page.after_seq)));
  await loads.get(newer);
}

/** Back to what is said now. */
export async function openNewest(conversation: Conversation) {
  if (!conversation.timeline.isLive) begin(conversation.timeline);
  await openHistory(conversation);
}

let streamOfTimelines: string | undefined;

/** In which numbering the timelines are; whether that is another one than it was. */
export function noteStream(stream: string) {
  const isOther = streamOfTimelines !== undefined && streamOfTimelines !== stream;
  streamOfTimelines = stream;
  return isOther;
}

/** Timelines that have to be filled anew, and with what: undefined is the newest. */
const emptied = new WeakMap<Timeline, string | undefined>();

/**
 * The link was away for so long that events are gone. To be called before anything is told
 * that is newer than those: it is not to be taken for what follows what is there.
 */
export function tearHistories(conversations: readonly Conversation[], stream: string) {
  const isOther = noteStream(stream);
  for (const { timeline } of conversations) {
    const state = timeline.state.peek();
    if (state === "idle") continue;
    interrupt(timeline);
    if (isOther || state !== "ready") {
      emptied.set(timeline, timeline.moment.peek());
      begin(timeline);
    } else if (timeline.isLive || timeline.isTorn) {
      timeline.tear(Date.now());
    }
  }
}

/** What was said while events were missed is fetched. A part of the past just goes on from where it ends. */
export async function mendHistories(conversations: readonly Conversation[]) {
  await Promise.all(conversations.map((each) => mend(each)));
}

async function mend(conversation: Conversation) {
  const { timeline } = conversation;
  const moment = emptied.get(timeline);
  const isEmpty = emptied.delete(timeline) && timeline.state.peek() === "idle";
  if (isEmpty) await (moment === undefined ? openHistory(conversation) : openHistoryAt(conversation, moment));
  while (timeline.isTorn && timeline.newer.peek() !== "failed") await loadNewer(conversation);
}

/** It is not looked at any more. */
export function closeHistory(conversation: Conversation) {
  const { timeline } = conversation;
  if (timeline.isLive) timeline.trim(keptWhenAway);
  else begin(timeline);
}
