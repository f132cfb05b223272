// SPDX-License-Identifier: Apache-2.0
import { beforeEach, expect, test, vi } from "vitest";

import { messages } from "../api/history";
import type { Message, MessagePage } from "../api/types";
import { loadNewer, loadOlder, mendHistories, noteStream, openHistory, openHistoryAt, tearHistories } from "./histories";
import { Conversation } from "./models";

vi.mock("../api/history", () => ({ messages: vi.fn() }));
const asked = vi.mocked(messages);

const said = (seq: number, more: Partial<Message> = {}): Message => ({
  seq,
  ts: 1000 + seq,
  from: "bob",
  message: `number ${seq}`,
  type: "private",
  highlight: false,
  ...more,
});

const page = (seqs: readonly number[], more: Partial<MessagePage> = {}): MessagePage => ({
  messages: seqs.map((each) => said(each)),
  ...more,
});

const wishes = () => asked.mock.calls.map(([, , wish]) => wish);
const seqs = ({ timeline }: Conversation) => timeline.entries.map(({ seq }) => seq);

/** The next answer comes when that is called. */
function answerLater() {
  let answer: (page: MessagePage) => void = () => undefined;
  asked.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
  return answer;
}

let conversation: Conversation;
beforeEach(() => {
  vi.resetAllMocks();
  conversation = new Conversation("irc", "#a", "#a");
});

test("the newest comes first, then what is older, until there is nothing", async () => {
  asked.mockResolvedValueOnce(page([5, 6], { before: "", before_seq: 5 }));
  await openHistory(conversation);
  expect(conversation.timeline.older.value).toBe("more");
  asked.mockResolvedValueOnce(page([3, 4]));
  await loadOlder(conversation);
  expect(wishes()[1]).toMatchObject({ before_seq: 5 });
  expect(seqs(conversation)).toEqual([3, 4, 5, 6]);
  expect(conversation.timeline.older.value).toBe("end");
  await loadOlder(conversation);
  expect(asked).toHaveBeenCalledTimes(2);
});

test("from a part of the past one comes back to what is live", async () => {
  asked.mockResolvedValueOnce(page([3, 4], { before_seq: 3, after_seq: 4 }));
  await openHistoryAt(conversation, new Date(1_003_000).toISOString());
  expect(wishes()[0]).toMatchObject({ around: "1970-01-01T00:16:43.000Z" });
  conversation.timeline.appendMessage(said(9));
  expect(seqs(conversation)).toEqual([3, 4]);
  asked.mockResolvedValueOnce(page([5, 9]));
  await loadNewer(conversation);
  expect(conversation.timeline.isLive).toBe(true);
  conversation.timeline.appendMessage(said(10));
  expect(seqs(conversation)).toEqual([3, 4, 5, 9, 10]);
});

test("an answer for what is not shown any more is dropped", async () => {
  const answer = answerLater();
  const first = openHistory(conversation);
  asked.mockResolvedValueOnce(page([2], { after_seq: 2 }));
  await openHistoryAt(conversation, new Date(1_002_000).toISOString());
  answer(page([8, 9]));
  await first;
  expect(seqs(conversation)).toEqual([2]);
});

test("what cannot be fetched can be tried again", async () => {
  asked.mockRejectedValueOnce(new Error("away"));
  await openHistory(conversation);
  expect(conversation.timeline.state.value).toBe("failed");
  asked.mockResolvedValueOnce(page([1]));
  await openHistory(conversation);
  expect(seqs(conversation)).toEqual([1]);
});

test("after events are gone there is a line, and behind it what was said", async () => {
  asked.mockResolvedValueOnce(page([1, 2]));
  await openHistory(conversation);
  noteStream("stream");
  tearHistories([conversation], "stream");
  asked.mockResolvedValueOnce(page([3, 4], { after_seq: 4 })).mockResolvedValueOnce(page([5]));
  await mendHistories([conversation]);
  expect(wishes().slice(1)).toMatchObject([{ after_seq: 2 }, { after_seq: 4 }]);
  expect(conversation.timeline.entries.map(({ kind }) => kind)).toEqual([
    "message",
    "message",
    "hole",
    "message",
    "message",
    "message",
  ]);
  expect(conversation.timeline.isLive).toBe(true);
});

test("in another numbering nothing of the old one is kept", async () => {
  asked.mockResolvedValueOnce(page([70, 71]));
  await openHistory(conversation);
  asked.mockResolvedValueOnce(page([1, 2]));
  tearHistories([conversation], "another stream");
  // It is told before the page has loaded.
  conversation.timeline.appendMessage(said(2));
  await mendHistories([conversation]);
  expect(seqs(conversation)).toEqual([1, 2]);
});

test("what is said while the last page of the past is fetched comes behind it", async () => {
  asked.mockResolvedValueOnce(page([3], { after_seq: 3 }));
  await openHistoryAt(conversation, new Date(1_003_000).toISOString());
  const answer = answerLater();
  const done = loadNewer(conversation);
  conversation.timeline.appendMessage(said(5, { msgid: "five" }));
  conversation.timeline.appendMessage(said(6));
  conversation.timeline.redact("five");
  // The node had read it before the last one was said.
  answer(page([4, 5]));
  await done;
  expect(seqs(conversation)).toEqual([3, 4, 5, 6]);
  conversation.timeline.appendMessage(said(7));
  expect(seqs(conversation)).toEqual([3, 4, 5, 6, 7]);
});

test("what is said while a part of the past is opened comes behind it", async () => {
  const answer = answerLater();
  const done = openHistoryAt(conversation, new Date(1_003_000).toISOString());
  conversation.timeline.appendMessage(said(5));
  answer(page([3, 4]));
  await done;
  expect(seqs(conversation)).toEqual([3, 4, 5]);
});

test("what is told before what was missed is fetched comes behind it", async () => {
  asked.mockResolvedValueOnce(page([1, 2]));
  await openHistory(conversation);
  noteStream("a");
  tearHistories([conversation], "a");
  conversation.timeline.appendMessage(said(91));
  expect(seqs(conversation)).toEqual([1, 2, 2.5]);
  // Again, before anything was fetched.
  tearHistories([conversation], "a");
  conversation.timeline.appendMessage(said(95));
  asked.mockResolvedValueOnce(page([3, 90], { after_seq: 90 })).mockResolvedValueOnce(page([91, 93]));
  await mendHistories([conversation]);
  expect(wishes().slice(1)).toMatchObject([{ after_seq: 2 }, { after_seq: 90 }]);
  expect(seqs(conversation)).toEqual([1, 2, 2.5, 3, 90, 91, 91.5, 93, 95]);
  expect(conversation.timeline.isLive).toBe(true);
  expect(conversation.timeline.isTorn).toBe(false);
});

test("a page that was asked for before events were missed is not taken for the newest", async () => {
  asked.mockResolvedValueOnce(page([3], { after_seq: 3 }));
  const moment = new Date(1_003_000).toISOString();
  await openHistoryAt(conversation, moment);
  noteStream("a");
  const answer = answerLater();
  const done = loadNewer(conversation);
  tearHistories([conversation], "a");
  answer(page([4]));
  await Promise.all([done, mendHistories([conversation])]);
  expect(seqs(conversation)).toEqual([3]);
  asked.mockResolvedValueOnce(page([4, 80]));
  await loadNewer(conversation);
  expect(seqs(conversation)).toEqual([3, 4, 80]);
  // In another numbering one still looks at the same moment.
  tearHistories([conversation], "b");
  asked.mockResolvedValueOnce(page([1], { after_seq: 1 }));
  await mendHistories([conversation]);
  expect(conversation.timeline.moment.value).toBe(moment);
  expect(seqs(conversation)).toEqual([1]);
});
