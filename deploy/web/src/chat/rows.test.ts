// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";

import type { HappeningEntry, MessageEntry, TimelineEntry } from "../live/entries";
import { foldRows, summarize, type FoldOptions } from "./rows";

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
    rows = foldRows(some, options, rows, count - 1);
    expect(rows).toEqual(foldRows(some, options));
  }
  entries[0] = { ...said(1, "ann"), redacted: true };
  rows = foldRows(entries, options, rows, 0);
  expect(rows).toEqual(foldRows(entries, options));
  entries.push(said(5, "bob", 2));
  entries[3] = { ...said(4, "bob", 1), redacted: true };
  expect(foldRows(entries, options, rows, 3)).toEqual(foldRows(entries, options));
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
