// SPDX-License-Identifier: Apache-2.0
// What of a timeline stands in one row: days between the messages, messages of one person
// together, and those who come and go in one line.
import type { HappeningEntry, HoleEntry, MessageEntry, TimelineEntry } from "../live/entries";
import type { JoinLook } from "../ui/preferences";

interface Keyed {
  readonly key: string;
  /** Index of the first entry that is in it. */
  readonly at: number;
}

export type Row =
  | (Keyed & { readonly kind: "day"; readonly time: number })
  | (Keyed & { readonly kind: "unread" })
  | (Keyed & { readonly kind: "message"; readonly entry: MessageEntry; readonly isFollowUp: boolean })
  | (Keyed & { readonly kind: "happenings"; readonly entries: readonly HappeningEntry[] })
  | (Keyed & { readonly kind: "hole"; readonly entry: HoleEntry });

export interface FoldOptions {
  readonly joins: JoinLook;
  /** The first message that was not read when the conversation was opened. */
  readonly unreadSeq: number | undefined;
}

const together = 5 * 60_000;
const comings: ReadonlySet<string> = new Set(["join", "part", "quit", "nick"]);

function dayOf(time: number) {
  const date = new Date(time);
  const begin = new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  return { begin, end: begin + 86_400_000 };
}

const talks = (entry: MessageEntry) => entry.type === "private" || entry.type === "action";

function followsUp(last: Row | undefined, entry: MessageEntry): boolean {
  if (last?.kind !== "message") return false;
  const before = last.entry;
  const isSameKind = talks(entry) ? talks(before) : entry.type === before.type;
  return (
    isSameKind &&
    before.from === entry.from &&
    entry.replyTo === undefined &&
    entry.gap === undefined &&
    entry.time - before.time < together
  );
}

/**
 * Of what was folded before, all that stands before `from` is kept, in the same array: a
 * long one is not copied for each message.
 */
export function foldRows(
  entries: readonly TimelineEntry[],
  options: FoldOptions,
  known: Row[] = [],
  from = 0,
): Row[] {
  const next = from <= 0 ? 0 : cutRows(known, from);
  const result = next === 0 ? [] : known;
  const previous = entries[next - 1];
  let day = previous ? dayOf(previous.time) : { begin: 0, end: 0 };
  for (let at = next; at < entries.length; ++at) {
    const entry = entries[at]!;
    if (entry.kind === "happening" && options.joins === "hide" && comings.has(entry.what)) continue;
    if (entry.time >= day.end) {
      day = dayOf(entry.time);
      result.push({ kind: "day", key: `day ${day.begin} ${entry.seq}`, at, time: entry.time });
    }
    if (entry.seq === options.unreadSeq) result.push({ kind: "unread", key: "unread", at });
    addEntry(result, entry, at, options);
  }
  return result;
}

/** Leaves the rows that are wholly before an entry; says with which entry to go on. */
function cutRows(known: Row[], from: number): number {
  let count = known.length;
  while (count > 0 && known[count - 1]!.at >= from) --count;
  // The last one may grow.
  if (count > 0) --count;
  while (count > 0 && known[count - 1]!.kind !== "message") --count;
  known.length = count;
  return count === 0 ? 0 : known[count - 1]!.at + 1;
}

function addEntry(rows: Row[], entry: TimelineEntry, at: number, options: FoldOptions) {
  const last = rows.at(-1);
  if (entry.kind === "message") {
    rows.push({ kind: "message", key: `m${entry.seq}`, at, entry, isFollowUp: followsUp(last, entry) });
  } else if (entry.kind === "hole") {
    rows.push({ kind: "hole", key: `hole ${entry.seq}`, at, entry });
  } else if (last?.kind === "happenings" && options.joins === "fold" && bothCome(last.entries[0], entry)) {
    rows[rows.length - 1] = { ...last, entries: [...last.entries, entry] };
  } else {
    rows.push({ kind: "happenings", key: `h${entry.seq}`, at, entries: [entry] });
  }
}

// Who was thrown out, or what was changed, is told by itself.
const bothCome = (one: HappeningEntry | undefined, other: HappeningEntry) =>
  one !== undefined && comings.has(one.what) && comings.has(other.what);

/** What became of each person in a folded line. */
export interface Summary {
  came: string[];
  left: string[];
  /** Who came and left again, or the other way round. */
  passed: string[];
  renamed: { before: string; after: string }[];
}

export function summarize(entries: readonly HappeningEntry[]): Summary {
  const first = new Map<string, "in" | "out">();
  const last = new Map<string, "in" | "out">();
  const spelt = new Map<string, string>();
  const result: Summary = { came: [], left: [], passed: [], renamed: [] };
  for (const { what, nick, other } of entries) {
    if (what === "nick" && other !== undefined) {
      result.renamed.push({ before: nick, after: other });
      continue;
    }
    const key = nick.toLowerCase();
    const move = what === "join" ? "in" : "out";
    spelt.set(key, nick);
    if (!first.has(key)) first.set(key, move);
    last.set(key, move);
  }
  for (const [key, nick] of spelt) {
    if (first.get(key) !== last.get(key)) result.passed.push(nick);
    else if (last.get(key) === "in") result.came.push(nick);
    else result.left.push(nick);
  }
  return result;
}
