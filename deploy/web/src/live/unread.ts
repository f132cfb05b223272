// SPDX-License-Identifier: Apache-2.0
// Finds where somebody has stopped reading.
import { messages } from "../api/history";
import { countsAsUnread, messageEntry, type MessageEntry, type TimelineEntry } from "./entries";
import { loadOlder, openHistoryBefore } from "./histories";
import type { Conversation } from "./models";

const mostInOne = 200;
/** So many are loaded between the first unread one and the newest; of more only the first are. */
const mostLoaded = 2000;

/** What was not read when the reader came. */
export interface Unread {
  readonly count: number;
  /** What is newer came later. */
  readonly until: number;
  readonly isOwn: (nick: string) => boolean;
}

/** Whether it was to be read. */
const counts = (each: TimelineEntry, { until, isOwn }: Unread): each is MessageEntry =>
  each.kind === "message" && each.seq <= until && countsAsUnread(each.type) && !isOwn(each.from);

/** The first of the unread; the oldest there is where not all of them are loaded. */
export function firstUnread(entries: readonly TimelineEntry[], unread: Unread) {
  let left = unread.count;
  let found: TimelineEntry | undefined;
  for (let at = entries.length - 1; at >= 0 && left > 0; --at) {
    const each = entries[at]!;
    if (!counts(each, unread)) continue;
    found = each;
    --left;
  }
  return { entry: found, left, isWhole: left === 0 };
}

/**
 * Loads the part of the history where the first of the unread is, and says which one that is;
 * nothing where it cannot be found now.
 */
export async function loadUnread(conversation: Conversation, unread: Unread): Promise<number | undefined> {
  const { timeline } = conversation;
  const find = () => firstUnread(timeline.entries, unread);
  while (!find().isWhole && timeline.older.peek() !== "end" && timeline.entries.length + find().left <= mostLoaded) {
    await loadOlder(conversation, mostInOne);
    if (timeline.older.peek() === "failed" || timeline.state.peek() !== "ready") return undefined;
  }
  const found = find();
  if (found.isWhole || timeline.older.peek() === "end") return found.entry?.seq;
  const read = conversation.readSeq ?? (await findRead(conversation, { ...unread, count: found.left }));
  if (read === undefined) return undefined;
  await openHistoryBefore(conversation, read + 1);
  return timeline.entries.find((each) => each.seq > read && counts(each, unread))?.seq;
}

/** Looks back from what is loaded, without keeping any of it; the number of what was read last. */
async function findRead(conversation: Conversation, unread: Unread): Promise<number | undefined> {
  let before_seq = conversation.timeline.olderCursor;
  let { count } = unread;
  let first = before_seq;
  while (before_seq !== undefined && count > 0) {
    const page = await messages(conversation.connectionId, conversation.id, { before_seq, limit: mostInOne }).catch(
      () => undefined,
    );
    if (!page) return undefined;
    const { entry, left } = firstUnread(page.messages.map(messageEntry), { ...unread, count });
    first = entry?.seq ?? first;
    count = left;
    before_seq = page.before_seq;
  }
  return first === undefined ? undefined : first - 1;
}
