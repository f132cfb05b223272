// SPDX-License-Identifier: Apache-2.0
// What of a timeline stands in one row: days between the messages, messages of one person
// together, and those who come and go in one line.
import { isTalk, type HappeningEntry, type HoleEntry, type MessageEntry, type TimelineEntry } from "../live/entries";
import type { JoinLook } from "../ui/preferences";

interface Keyed {
  readonly key: string;
  /** Which entry is the first that is in it, counted from where it was folded. */
  readonly at: number;
}

export type Row =
  | (Keyed & { readonly kind: "day"; readonly time: number })
  | (Keyed & { readonly kind: "unread" })
  | (Keyed & { readonly kind: "message"; readonly entry: MessageEntry; readonly isFollowUp: boolean })
  | (Keyed & { readonly kind: "happenings"; readonly entries: readonly HappeningEntry[] })
  | (Keyed & { readonly kind: "hole"; readonly entry: HoleEntry });

/** Of the row above the first message that was not read. */
export const unreadKey = "unread";

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

function followsUp(last: Row | undefined, entry: MessageEntry): boolean {
  if (last?.kind !== "message") return false;
  const before = last.entry;
  const isSameKind = isTalk(entry) ? isTalk(before) : entry.type === before.type;
  return (
    isSameKind &&
    before.from === entry.from &&
    entry.replyTo === undefined &&
    entry.gap === undefined &&
    entry.time - before.time < together
  );
}

/** What was folded before, and what is another than it was then. */
export interface Known {
  readonly rows: Row[];
  /** From this entry on they are others. */
  readonly from: number;
  /** So many have come at the begin. */
  readonly prepended: number;
  /** So many have come there ever since: rows count from where they were folded. */
  readonly origin: number;
}

const nothing: Known = { rows: [], from: 0, prepended: 0, origin: 0 };

/**
 * Of what was folded before, all that has not changed is kept, and where only newer entries
 * are others in the same array: a long one is neither copied nor made anew for each message.
 */
export function foldRows(entries: readonly TimelineEntry[], options: FoldOptions, known: Known = nothing): Row[] {
  const { rows, from, prepended, origin } = known;
  if (from > prepended) {
    const kept = prepended > 0 ? foldBefore(entries, options, known) : rows;
    const next = cutRows(kept, from - origin) + origin;
    if (next > 0) return foldInto(kept, entries, options, next, entries.length, origin);
  }
  return foldInto([], entries, options, 0, entries.length, origin);
}

/** With what has come at the begin: only there rows may join with others. */
function foldBefore(entries: readonly TimelineEntry[], options: FoldOptions, { rows, origin }: Known): Row[] {
  const first = rows.findIndex(({ kind }) => kind === "message");
  const second = rows.find(({ kind }, index) => index > first && kind === "message");
  if (first < 0 || !second) return [];
  const begin = foldInto([], entries, options, 0, second.at + origin, origin);
  return [...begin, ...rows.slice(rows.findIndex(({ at }) => at === second.at))];
}

function foldInto(
  result: Row[],
  entries: readonly TimelineEntry[],
  options: FoldOptions,
  begin: number,
  end: number,
  origin: number,
): Row[] {
  const previous = entries[begin - 1];
  let day = previous ? dayOf(previous.time) : { begin: 0, end: 0 };
  for (let index = begin; index < end; ++index) {
    const entry = entries[index]!;
    const at = index - origin;
    if (entry.kind === "happening" && options.joins === "hide" && comings.has(entry.what)) continue;
    if (entry.time >= day.end) {
      day = dayOf(entry.time);
      result.push({ kind: "day", key: `day ${day.begin} ${entry.seq}`, at, time: entry.time });
    }
    if (entry.seq === options.unreadSeq) result.push({ kind: "unread", key: unreadKey, at });
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
  return count === 0 ? -Infinity : known[count - 1]!.at + 1;
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
