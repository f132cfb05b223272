// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";

import type { HappeningEntry, MessageEntry, TimelineEntry } from "../live/entries";
import { foldRows, summarize, type FoldOptions, type Row } from "./rows";

const noon = new Date(2026, 4, 5, 12).getTime();
const options: FoldOptions = { joins: "fold", unreadSeq: undefined };

const said = (seq: number, from: string, minutes = 0): MessageEntry => ({
  kind: "message",
  type: "private",
  seq,
  from,
  text: "hello",
  highlight: false,
  time: noon + minutes * 60_000,
});

const happened = (seq: number, what: HappeningEntry["what"], nick: string, other?: string): HappeningEntry => ({
  kind: "happening",
  seq,
  what,
  nick,
  text: "",
  time: noon,
  ...(other === undefined ? {} : { other }),
});

const kinds = (entries: readonly TimelineEntry[], wish = options) => foldRows(entries, wish).map(({ kind }) => kind);

test("each day begins with a row of its own", () => {
  expect(kinds([said(1, "ann"), said(2, "ann", 1), said(3, "ann", 24 * 60)])).toEqual([
    "day",
    "message",
    "message",
    "day",
    "message",
  ]);
});

test("what one person says within five minutes is together", () => {
  const rows = foldRows([said(1, "ann"), said(2, "ann", 4), said(3, "bob", 4), said(4, "bob", 10)], options);
  expect(rows.flatMap((row) => (row.kind === "message" ? [row.isFollowUp] : []))).toEqual([false, true, false, false]);
});

test("who comes and goes is one row, and none for whom they do not matter", () => {
  const entries = [happened(1, "join", "ann"), happened(2, "quit", "bob"), said(3, "ann")];
  expect(kinds(entries)).toEqual(["day", "happenings", "message"]);
  expect(kinds(entries, { ...options, joins: "show" })).toEqual(["day", "happenings", "happenings", "message"]);
  expect(kinds(entries, { ...options, joins: "hide" })).toEqual(["day", "message"]);
});

test("what is more than that is told by itself", () => {
  const entries = [happened(1, "join", "ann"), happened(2, "mode", "bob"), happened(3, "kick", "ann"), happened(4, "quit", "eve")];
  expect(kinds(entries)).toEqual(["day", "happenings", "happenings", "happenings", "happenings"]);
});

test("the first unread message has a line before it", () => {
  const rows = foldRows([said(1, "ann"), said(2, "ann", 1)], { ...options, unreadSeq: 2 });
  expect(rows.map(({ kind }) => kind)).toEqual(["day", "message", "unread", "message"]);
  expect(rows[3]).toMatchObject({ isFollowUp: false });
});

test("what is folded after a change is what is folded anew", () => {
  const entries: TimelineEntry[] = [said(1, "ann"), happened(2, "join", "bob"), happened(3, "join", "eve"), said(4, "bob", 1)];
  let rows = foldRows(entries.slice(0, 2), options);
  for (let count = 3; count <= entries.length; ++count) {
    const some = entries.slice(0, count);
    rows = foldRows(some, options, { rows, from: count - 1, prepended: 0, origin: 0 });
    expect(rows).toEqual(foldRows(some, options));
  }
  entries[0] = { ...said(1, "ann"), redacted: true };
  rows = foldRows(entries, options, { rows, from: 0, prepended: 0, origin: 0 });
  expect(rows).toEqual(foldRows(entries, options));
  entries.push(said(5, "bob", 2));
  entries[3] = { ...said(4, "bob", 1), redacted: true };
  expect(foldRows(entries, options, { rows, from: 3, prepended: 0, origin: 0 })).toEqual(foldRows(entries, options));
});

test("what is folded after older ones came is what is folded anew, and the rest is kept", () => {
  const all: TimelineEntry[] = [
    said(1, "ann", -3000),
    said(2, "ann", -2),
    happened(3, "join", "bob"),
    happened(4, "join", "eve"),
    said(5, "bob", 1),
    said(6, "bob", 2),
    happened(7, "quit", "bob"),
    said(8, "eve", 3),
    said(9, "eve", 24 * 60),
    said(10, "eve", 24 * 60 + 1),
  ];
  // Where a row begins is told from where it was folded: all else has to be the same.
  const contents = (rows: readonly Row[]) => rows.map(({ at: _, ...rest }) => rest);
  for (let begin = all.length - 1; begin > 0; --begin)
    for (const wish of [options, { ...options, unreadSeq: 6 }]) {
      const before = foldRows(all.slice(begin), wish);
      const known = { rows: before, from: all.length, prepended: begin, origin: begin };
      const rows = foldRows(all, wish, known);
      expect(contents(rows), `${begin}`).toEqual(contents(foldRows(all, wish)));
      const changed = [...all, said(11, "bob", 24 * 60 + 2)];
      const next = foldRows(changed, wish, { rows, from: all.length, prepended: 0, origin: begin });
      expect(contents(next), `${begin}, and one more`).toEqual(contents(foldRows(changed, wish)));
    }
});

test("rows that older ones do not touch stay the same objects", () => {
  const all = Array.from({ length: 20 }, (_, at) => said(at + 1, at % 2 ? "ann" : "bob", at));
  const before = foldRows(all.slice(10), options);
  const kept = [...before];
  const rows = foldRows(all, options, { rows: before, from: 20, prepended: 10, origin: 10 });
  expect(kept.filter((each) => rows.includes(each)).length).toBeGreaterThanOrEqual(kept.length - 4);
});

test("a summary says what became of each", () => {
  const summary = summarize([
    happened(1, "join", "ann"),
    happened(2, "join", "bob"),
    happened(3, "part", "Bob"),
    happened(4, "quit", "eve"),
    happened(5, "nick", "dan", "daniel"),
  ]);
  expect(summary.came).toEqual(["ann"]);
  expect(summary.left).toEqual(["eve"]);
  expect(summary.passed).toEqual(["Bob"]);
  expect(summary.renamed).toEqual([{ before: "dan", after: "daniel" }]);
});
