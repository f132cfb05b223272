// SPDX-License-Identifier: Apache-2.0
import { beforeEach, expect, test, vi } from "vitest";

import { messages, type PageWish } from "../api/history";
import type { Message, MessagePage } from "../api/types";
import { openHistory } from "./histories";
import { Conversation } from "./models";
import { firstUnread, loadUnread } from "./unread";

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

/** A history of so many messages; every tenth is a notice, which nobody has to read. */
function history(count: number) {
  const all = Array.from({ length: count }, (_, at) => said(at + 1, at % 10 === 9 ? { type: "notice" } : {}));
  asked.mockImplementation(async (_, __, { before_seq, after_seq, limit = 60 }: PageWish): Promise<MessagePage> => {
    if (after_seq !== undefined) {
      const found = all.slice(after_seq, after_seq + limit);
      return { messages: found, ...(found.at(-1)!.seq < count ? { after_seq: found.at(-1)!.seq } : {}) };
    }
    const end = (before_seq ?? count + 1) - 1;
    const found = all.slice(Math.max(0, end - limit), end);
    return { messages: found, ...(end > limit ? { before_seq: found[0]!.seq } : {}) };
  });
}

let conversation: Conversation;
beforeEach(() => {
  vi.resetAllMocks();
  conversation = new Conversation("irc", "#a", "#a");
});

const unread = (count: number, until = 1e9) => ({ count, until, isOwn: (nick: string) => nick === "ann" });

test("what is not too far away is loaded, up to what is live", async () => {
  history(1000);
  await openHistory(conversation);
  expect(await loadUnread(conversation, unread(450))).toBe(501);
  expect(conversation.timeline.isLive).toBe(true);
});

test("what is far away is jumped to, and nothing in between is kept", async () => {
  history(9000);
  await openHistory(conversation);
  expect(await loadUnread(conversation, unread(7200))).toBe(1001);
  const { entries, isLive } = conversation.timeline;
  expect(isLive).toBe(false);
  expect(entries.length).toBeLessThan(500);
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, at) => entries[0]!.seq + at));
  expect(entries[0]!.seq).toBeLessThan(1001);
  expect(entries.at(-1)!.seq).toBeGreaterThan(1001);
});

test("where the node has said what is read nothing is counted", async () => {
  history(9000);
  await openHistory(conversation);
  conversation.readSeq = 1009;
  asked.mockClear();
  // Number 1010 is a notice.
  expect(await loadUnread(conversation, unread(7191))).toBe(1011);
  expect(asked).toHaveBeenCalledTimes(2);
});

test("when less is there than was counted it is the oldest", async () => {
  history(300);
  await openHistory(conversation);
  expect(await loadUnread(conversation, unread(1500))).toBe(1);
  expect(conversation.timeline.isLive).toBe(true);
  history(3000);
  conversation.timeline.clear();
  await openHistory(conversation);
  expect(await loadUnread(conversation, unread(5000))).toBe(1);
});

test("what cannot be fetched is not found", async () => {
  history(9000);
  await openHistory(conversation);
  asked.mockRejectedValue(new Error("away"));
  expect(await loadUnread(conversation, unread(100))).toBeUndefined();
  expect(await loadUnread(conversation, unread(7000))).toBeUndefined();
  expect(conversation.timeline.isLive).toBe(true);
});

test("the first unread is found by counting what counts", async () => {
  asked.mockResolvedValueOnce({
    messages: [said(1), said(2), said(3, { type: "notice" }), said(4, { from: "ann" }), said(5)],
  });
  await openHistory(conversation);
  const { entries } = conversation.timeline;
  expect(firstUnread(entries, unread(2))).toMatchObject({ entry: { seq: 2 }, isWhole: true });
  expect(firstUnread(entries, unread(1, 4))).toMatchObject({ entry: { seq: 2 }, isWhole: true });
  expect(firstUnread(entries, unread(9))).toMatchObject({ entry: { seq: 1 }, isWhole: false });
  expect(firstUnread(entries, unread(0))).toMatchObject({ entry: undefined, isWhole: true });
});
