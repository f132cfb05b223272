// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";

import type { Message } from "../api/types";
import { Timeline } from "./timeline";

const said = (seq: number, more: Partial<Message> = {}): Message => ({
  seq,
  ts: 1000 + seq,
  from: "ann",
  message: `number ${seq}`,
  type: "private",
  highlight: false,
  ...more,
});

function ready(...seqs: number[]) {
  const timeline = new Timeline();
  timeline.state.value = "ready";
  timeline.merge({ messages: seqs.map((each) => said(each)) });
  return timeline;
}

const seqs = (timeline: Timeline) => timeline.entries.map(({ seq }) => seq);

test("a page and what is live meet without a message twice", () => {
  const timeline = new Timeline();
  timeline.state.value = "loading";
  timeline.appendMessage(said(7));
  timeline.appendMessage(said(8));
  timeline.merge({ messages: [5, 6, 7].map((each) => said(each)) });
  expect(seqs(timeline)).toEqual([5, 6, 7, 8]);
});

test("what is fetched after a gap stands where it belongs", () => {
  const timeline = ready(1, 5);
  timeline.appendMessage(said(9, { ts: 1003, late: true }));
  expect(seqs(timeline)).toEqual([1, 9, 5]);
  timeline.merge({ messages: [said(0), said(8, { ts: 1002, late: true })] });
  expect(seqs(timeline)).toEqual([0, 1, 8, 9, 5]);
  timeline.appendMessage(said(10));
  expect(seqs(timeline)).toEqual([0, 1, 8, 9, 5, 10]);
});

test("a server with an odd clock changes no order", () => {
  const timeline = ready(1, 2);
  timeline.appendMessage(said(3, { ts: 900 }));
  timeline.merge({ messages: [said(0, { ts: 2000 })] });
  expect(seqs(timeline)).toEqual([0, 1, 2, 3]);
});

test("nothing is added behind a part of the past", () => {
  const timeline = ready(1, 2);
  timeline.newer.value = "more";
  timeline.appendMessage(said(9));
  expect(seqs(timeline)).toEqual([1, 2]);
});

test("reactions are with what they are to, whichever comes first", () => {
  const timeline = ready(3);
  const reaction = (seq: number, from: string) => said(seq, { type: "reaction", message: "👍", reply_to: "m", from });
  timeline.appendMessage(reaction(8, "bob"));
  timeline.merge({ messages: [said(2, { msgid: "m" })] });
  timeline.appendMessage(reaction(9, "eve"));
  timeline.appendMessage(reaction(9, "eve"));
  expect(seqs(timeline)).toEqual([2, 3]);
  expect(timeline.find("m")?.reactions?.get("👍")).toEqual(["bob", "eve"]);
});

test("what was taken back has no text", () => {
  const timeline = ready();
  timeline.appendMessage(said(1, { msgid: "m" }));
  const before = timeline.entries[0];
  timeline.redact("m");
  expect(timeline.find("m")).toMatchObject({ text: "", redacted: true });
  expect(timeline.entries[0]).not.toBe(before);
});

test("the oldest can be forgotten, and are asked for from there", () => {
  const timeline = ready(1, 2, 3, 4);
  timeline.older.value = "end";
  timeline.trim(2);
  expect(seqs(timeline)).toEqual([3, 4]);
  expect(timeline.older.value).toBe("more");
  expect(timeline.olderCursor).toBe(3);
});

test("reactions in one page with what they are to are there", () => {
  const timeline = new Timeline();
  timeline.merge({ messages: [said(1, { msgid: "m" }), said(2, { type: "reaction", message: "👍", reply_to: "m" })] });
  expect(timeline.find("m")?.reactions?.get("👍")).toEqual(["ann"]);
});

test("reactions are there again once their messages are", () => {
  const timeline = new Timeline();
  timeline.state.value = "ready";
  const reaction = (seq: number, to: string) => said(seq, { type: "reaction", message: "👍", reply_to: to, from: `n${seq}` });
  const old = [said(1, { msgid: "a" }), reaction(2, "a"), said(3, { msgid: "b" })];
  timeline.merge({ messages: [...old, reaction(5, "unknown"), said(6), said(7, { msgid: "c" })] });
  timeline.appendMessage(reaction(8, "a"));
  timeline.appendMessage(reaction(9, "c"));
  timeline.trim(2);
  // What is before number 6 is fetched again.
  timeline.merge({ messages: [...old, reaction(5, "unknown")] });
  timeline.merge({ messages: [said(0, { msgid: "unknown" })] });
  const who = (msgid: string) => timeline.find(msgid)?.reactions?.get("👍");
  expect(["a", "b", "c", "unknown"].map(who)).toEqual([["n2", "n8"], undefined, ["n9"], ["n5"]]);
  expect(seqs(timeline)).toEqual([0, 1, 3, 6, 7]);
});

test("what is kept does not begin with a hole, which no page of the history is before", () => {
  const timeline = ready(1, 2, 3);
  timeline.append({ kind: "hole", seq: 3.5, time: 1_004_000 });
  timeline.appendMessage(said(4));
  timeline.trim(2);
  expect(seqs(timeline)).toEqual([4]);
  expect(timeline.olderCursor).toBe(4);
});

test("it says from where on it has changed", () => {
  const timeline = ready(1, 2, 3);
  const from = () => timeline.takeChanges().from;
  expect(from()).toBe(0);
  timeline.appendMessage(said(4));
  expect(from()).toBe(3);
  timeline.appendMessage(said(9, { ts: 1001.5, late: true }));
  timeline.appendMessage(said(10));
  expect(from()).toBe(1);
  expect(from()).toBe(6);
});

test("it says how many have come at the begin", () => {
  const timeline = ready(11, 12, 13);
  timeline.takeChanges();
  timeline.merge({ messages: [said(8), said(9)] });
  timeline.appendMessage(said(14));
  expect(timeline.takeChanges()).toEqual({ from: 5, prepended: 2, origin: 2 });
  timeline.merge({ messages: [said(7)] });
  expect(timeline.takeChanges()).toEqual({ from: 7, prepended: 1, origin: 3 });
  // Between others: all may be another.
  timeline.merge({ messages: [said(10)] });
  expect(timeline.takeChanges()).toEqual({ from: 0, prepended: 0, origin: 3 });
});
