// SPDX-License-Identifier: Apache-2.0
import { signal } from "@preact/signals";

import { millisecondsOf } from "../api/time";
import type { Message, MessagePage } from "../api/types";
import { messageEntry, type MessageEntry, type TimelineEntry } from "./entries";

/** A side of what is loaded: there is more, it is being fetched, or nothing is left. */
export type Side = "more" | "loading" | "failed" | "end";

/**
 * The part of a conversation's history that is loaded, without a hole in it, in the
 * order of time. Reactions are no lines of their own: they are with what they are to.
 */
export class Timeline {
  /** To be read only, and only in the order of `version`. */
  entries: TimelineEntry[] = [];
  /** Another number whenever `entries` has changed. */
  readonly version = signal(0);
  readonly state = signal<"idle" | "loading" | "ready" | "failed">("idle");
  readonly older = signal<Side>("more");
  /** `end`: what is said now is shown at once. */
  readonly newer = signal<Side>("end");
  /** What was looked for when it was filled; undefined when that was the newest. */
  readonly moment = signal<string | undefined>(undefined);
  /** What to ask for more with. */
  olderCursor: number | undefined;
  newerCursor: number | undefined;

  /** What has happened while the newer side is being fetched, for when all before it is there. */
  #early: TimelineEntry[] = [];
  #isTorn = false;
  /** From where on `entries` is another one than at the last `takeChanges`. */
  #changedFrom = 0;
  /** So many have come at its begin since then, and so many since it was empty. */
  #prepended = 0;
  #origin = 0;
  #newestSeq = 0;
  readonly #seqs = new Set<number>();
  readonly #byMsgid = new Map<string, number>();
  /** To which messages; also those whose message is not loaded. */
  readonly #reactions = new Map<string, readonly Message[]>();

  get isLive() {
    return this.newer.peek() === "end";
  }

  /** Whether events were missed and what was said meanwhile is yet to be fetched. */
  get isTorn() {
    return this.#isTorn;
  }

  /** The highest number of all; what was fetched late has a high one, and is not the last. */
  get newestSeq() {
    return this.#newestSeq;
  }

  /** What has changed since this was asked last. */
  takeChanges() {
    const changes = { from: this.#changedFrom, prepended: this.#prepended, origin: this.#origin };
    this.#changedFrom = this.entries.length;
    this.#prepended = 0;
    return changes;
  }

  clear() {
    this.entries = [];
    this.#changedFrom = 0;
    this.#prepended = 0;
    this.#origin = 0;
    this.#newestSeq = 0;
    this.#early = [];
    this.#isTorn = false;
    this.#seqs.clear();
    this.#byMsgid.clear();
    this.#reactions.clear();
    this.olderCursor = undefined;
    this.newerCursor = undefined;
    this.older.value = "more";
    this.newer.value = "end";
    this.moment.value = undefined;
    this.state.value = "idle";
    this.version.value++;
  }

  /** What has just happened; nothing while the end of the history is not shown. */
  append(entry: TimelineEntry) {
    const state = this.state.peek();
    if (state === "idle" || state === "failed" || this.#seqs.has(entry.seq)) return;
    if (this.isLive) {
      this.#put(entry);
      this.version.value++;
    } else if (this.#isTorn || this.newer.peek() === "loading") {
      this.#early.push(entry);
    }
  }

  /** Events are gone: a line says so, and what happens now waits for what was said meanwhile. */
  tear(time: number) {
    const newest = Math.floor(this.#early.at(-1)?.seq ?? this.#newestSeq);
    this.append({ kind: "hole", seq: newest + 0.5, time });
    if (!this.#isTorn) this.newerCursor = newest;
    this.#isTorn = true;
    this.newer.value = "more";
  }

  /** From where on newer ones can be fetched; undefined when these are the newest. */
  reachTo(cursor: number | undefined) {
    this.newerCursor = cursor;
    this.newer.value = cursor === undefined ? "end" : "more";
    if (cursor !== undefined) return;
    this.#isTorn = false;
    for (const each of this.#early.splice(0)) this.append(each);
  }

  appendMessage(message: Message) {
    if (isReaction(message)) this.#react(message);
    else this.append(messageEntry(message));
  }

  /** A page of the history; what is there already stays as it is. */
  merge({ messages }: MessagePage) {
    const others = messages.filter((each) => !this.#seqs.has(each.seq) && !isReaction(each));
    // Before what they are to, which is known with them.
    for (const each of messages) if (isReaction(each)) this.#react(each);
    const news = others.map((each) => this.#know(messageEntry(each)));
    if (news.length > 0) this.#join(news);
    this.version.value++;
  }

  redact(msgid: string) {
    this.#replace(msgid, redacted);
    this.#early = this.#early.map((each) => (each.kind === "message" && each.msgid === msgid ? redacted(each) : each));
  }

  find(msgid: string): MessageEntry | undefined {
    const entry = this.entries[this.#indexOf(msgid)];
    return entry?.kind === "message" ? entry : undefined;
  }

  /** Forgets the oldest; they can be fetched again. */
  trim(most: number) {
    let extra = this.entries.length - most;
    // What is fetched before a line of the page's own begins with a message.
    while (extra > 0 && this.entries[extra]?.kind === "hole") ++extra;
    if (extra <= 0) return;
    for (const each of this.entries.splice(0, extra)) {
      this.#seqs.delete(each.seq);
      if (each.kind === "message" && each.msgid) this.#byMsgid.delete(each.msgid);
    }
    this.#forgetReactions();
    this.#changedFrom = 0;
    this.olderCursor = this.entries[0]?.seq;
    this.older.value = "more";
    this.version.value++;
  }

  /** Of messages that are not loaded: those that are fetched again with what is before the first entry. */
  #forgetReactions() {
    const first = this.entries[0];
    const isBefore = ({ ts, seq }: Message) => {
      const away = millisecondsOf(ts) - (first?.time ?? Infinity);
      return away < 0 || (away === 0 && seq < first!.seq);
    };
    for (const [msgid, all] of this.#reactions) {
      if (this.#byMsgid.has(msgid)) continue;
      const kept = all.filter((each) => !isBefore(each));
      for (const each of all) if (isBefore(each)) this.#seqs.delete(each.seq);
      if (kept.length > 0) this.#reactions.set(msgid, kept);
      else this.#reactions.delete(msgid);
    }
  }

  #join(news: readonly TimelineEntry[]) {
    const inOrder = news.filter((each) => !isLate(each)).sort((a, b) => a.seq - b.seq);
    const isOlder = (inOrder.at(-1)?.seq ?? 0) < (this.entries[0]?.seq ?? 0);
    // Mostly it is a page of what is older, which needs no look at all the rest.
    if (isOlder && inOrder.length === news.length && !isLate(this.entries[0]!)) {
      this.entries = [...inOrder, ...this.entries];
      this.#changedFrom += inOrder.length;
      this.#prepended += inOrder.length;
      this.#origin += inOrder.length;
      return;
    }
    this.#changedFrom = 0;
    const all = [...news, ...this.entries];
    this.entries = all.filter((each) => !isLate(each)).sort((a, b) => a.seq - b.seq);
    for (const each of all) if (isLate(each)) this.entries.splice(this.#placeByTime(each), 0, each);
  }

  /** The entry with the reactions that came before it. */
  #know(entry: TimelineEntry): TimelineEntry {
    this.#seqs.add(entry.seq);
    this.#newestSeq = Math.max(this.#newestSeq, entry.seq);
    const whole = this.#withReactions(entry);
    if (whole.kind === "message" && whole.msgid) this.#byMsgid.set(whole.msgid, whole.seq);
    return whole;
  }

  #put(entry: TimelineEntry) {
    const whole = this.#know(entry);
    const at = isLate(whole) ? this.#placeByTime(whole) : this.#placeByNumber(whole);
    this.entries.splice(at, 0, whole);
    this.#changedFrom = Math.min(this.#changedFrom, at);
  }

  // The clocks of servers are not to be trusted with an order: what came first is first.
  #placeByNumber({ seq }: TimelineEntry) {
    let at = this.entries.length;
    while (at > 0 && (isLate(this.entries[at - 1]!) || this.entries[at - 1]!.seq > seq)) --at;
    // Late ones that are newer than what it follows stay before it.
    while (at < this.entries.length && isLate(this.entries[at]!)) ++at;
    return at;
  }

  /** What was fetched after a gap is older than its number. */
  #placeByTime({ time }: TimelineEntry) {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.entries[middle]!.time <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #withReactions(entry: TimelineEntry): TimelineEntry {
    if (entry.kind !== "message" || !entry.msgid) return entry;
    const reactions = this.#reactions.get(entry.msgid) ?? [];
    return reactions.reduce<MessageEntry>((with_, each) => reactedTo(with_, each), entry);
  }

  #react(message: Message) {
    const msgid = message.reply_to!;
    if (this.#seqs.has(message.seq)) return;
    this.#seqs.add(message.seq);
    const all = [...(this.#reactions.get(msgid) ?? []), message];
    this.#reactions.set(msgid, all.sort((a, b) => a.seq - b.seq));
    this.#replace(msgid, (entry) => reactedTo(entry, message));
  }

  #indexOf(msgid: string) {
    const seq = this.#byMsgid.get(msgid);
    if (seq === undefined) return -1;
    // Mostly one of the newest is meant.
    let at = this.entries.length - 1;
    while (at >= 0 && this.entries[at]!.seq !== seq) --at;
    return at;
  }

  #replace(msgid: string, change: (entry: MessageEntry) => MessageEntry) {
    const index = this.#indexOf(msgid);
    const entry = this.entries[index];
    if (entry?.kind !== "message") return;
    this.entries[index] = change(entry);
    this.#changedFrom = Math.min(this.#changedFrom, index);
    this.version.value++;
  }
}

const isReaction = ({ type, reply_to }: Message) => type === "reaction" && !!reply_to;

const isLate = (entry: TimelineEntry) => entry.kind === "message" && entry.late === true;

function redacted({ reactions: _, ...rest }: MessageEntry): MessageEntry {
  return { ...rest, text: "", redacted: true };
}

function reactedTo(entry: MessageEntry, { message, from }: Message): MessageEntry {
  const reactions = new Map(entry.reactions);
  const who = reactions.get(message) ?? [];
  if (entry.redacted || who.includes(from)) return entry;
  return { ...entry, reactions: reactions.set(message, [...who, from]) };
}
