// SPDX-License-Identifier: Apache-2.0
import { beforeEach, expect, test, vi } from "vitest";

import { ApiError } from "../api/client";
import type { SentAnswer } from "./events";
import type { Hold } from "./holding";
import { LinkLost } from "./link";
import { mostWaiting, Outbox, type Outgoing } from "./outbox";

const kept = new Map<string, string>();
vi.stubGlobal("localStorage", {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
});
// Node 18 has none of its own.
let nonces = 0;
vi.stubGlobal("crypto", { randomUUID: () => `nonce-${++nonces}` });
beforeEach(() => kept.clear());

interface Try {
  readonly what: Outgoing;
  answer(): Promise<void>;
  refuse(why: unknown): Promise<void>;
}

const settled = () => new Promise<void>((done) => setTimeout(done));

/** An outbox, and what it tried to send. */
function desk() {
  const tries: Try[] = [];
  const holds = new Map<string, Hold>();
  const unwanted = new Set<string>();
  const outbox = new Outbox(
    (what) =>
      new Promise<SentAnswer>((resolve, reject) =>
        tries.push({
          what,
          answer: () => (resolve({ event: "sent", id: "1" }), settled()),
          refuse: (why) => (reject(why), settled()),
        }),
      ),
    {
      holdOf: ({ connectionId, conversationId }) => holds.get(connectionId) ?? holds.get(conversationId),
      isWanted: (connectionId) => !unwanted.has(connectionId),
    },
  );
  outbox.restore("box");
  return {
    outbox,
    tries,
    holds,
    unwanted,
    texts: () => tries.map(({ what }) => what.text),
    states: () => outbox.items.value.map(({ state }) => state),
  };
}

const refused = (message: string, code?: string) => new ApiError(0, [{ message, ...(code ? { code } : {}) }]);

test("what is said without a link waits, and is sent in its order", async () => {
  const { outbox, tries, texts, states } = desk();
  void outbox.post("irc", "#a", "one");
  void outbox.post("irc", "#b", "two");
  expect(tries).toHaveLength(0);
  expect(states()).toEqual(["waiting", "waiting"]);
  outbox.setOpen(true);
  expect(texts()).toEqual(["one", "two"]);
  await tries[0]!.answer();
  expect(states()).toEqual(["sending"]);
});

test("what was sent into a lost link is sent again with its nonce", async () => {
  const { outbox, tries, states } = desk();
  outbox.setOpen(true);
  const answer = outbox.post("irc", "#a", "one");
  outbox.setOpen(false);
  await tries[0]!.refuse(new LinkLost());
  expect(states()).toEqual(["waiting"]);
  outbox.setOpen(true);
  expect(tries[1]!.what.nonce).toBe(tries[0]!.what.nonce);
  await tries[1]!.answer();
  await expect(answer).resolves.toMatchObject({ event: "sent" });
  expect(states()).toEqual([]);
});

test("it outlives the page", () => {
  const first = desk();
  first.outbox.setOpen(true);
  void first.outbox.post("irc", "#a", "on its way");
  first.outbox.setOpen(false);
  void first.outbox.post("irc", "#a", "later");
  const second = desk();
  expect(second.states()).toEqual(["waiting", "waiting"]);
  second.outbox.setOpen(true);
  expect(second.texts()).toEqual(["on its way", "later"]);
  expect(second.tries[0]!.what.nonce).toBe(first.tries[0]!.what.nonce);
});

test("what is refused says why, and is tried again as something new", async () => {
  const { outbox, tries, states } = desk();
  outbox.setOpen(true);
  const answer = outbox.post("irc", "#a", "one")!;
  answer.catch(() => undefined);
  await tries[0]!.refuse(refused("Cannot send to channel."));
  await expect(answer).rejects.toThrow("Cannot send to channel.");
  expect(outbox.items.value[0]).toMatchObject({ state: "refused", reason: "Cannot send to channel." });
  outbox.retry(tries[0]!.what.nonce);
  expect(tries[1]!.what.nonce).not.toBe(tries[0]!.what.nonce);
  expect(states()).toEqual(["sending"]);
});

test("what nobody knows of is tried again as the same", async () => {
  const { outbox, tries, states } = desk();
  outbox.setOpen(true);
  outbox.post("irc", "#a", "one")?.catch(() => undefined);
  await tries[0]!.refuse(refused("It is not known.", "unknown"));
  expect(states()).toEqual(["unknown"]);
  outbox.retry(tries[0]!.what.nonce);
  expect(tries[1]!.what.nonce).toBe(tries[0]!.what.nonce);
});

test("what the network or a channel holds back waits for it, in its order", () => {
  const { outbox, holds, texts, states } = desk();
  outbox.setOpen(true);
  holds.set("irc", "network");
  void outbox.post("irc", "#a", "one");
  void outbox.post("irc", "#b", "two");
  void outbox.post("other", "#a", "elsewhere");
  expect(texts()).toEqual(["elsewhere"]);
  holds.clear();
  holds.set("#a", "channel");
  outbox.reconsider();
  expect(texts()).toEqual(["elsewhere", "two"]);
  void outbox.post("irc", "#a", "three");
  expect(states()).toEqual(["waiting", "sending", "sending", "waiting"]);
  holds.clear();
  outbox.reconsider();
  expect(texts()).toEqual(["elsewhere", "two", "one", "three"]);
});

test("what has nothing to wait for stays behind what waits in its conversation", () => {
  const texts: string[] = [];
  const outbox = new Outbox(({ text }) => (texts.push(text), new Promise(() => undefined)), {
    holdOf: ({ text }) => (text === "one" ? "channel" : undefined),
    isWanted: () => true,
  });
  outbox.setOpen(true);
  void outbox.post("irc", "#a", "one");
  void outbox.post("irc", "#a", "/msg bob two");
  void outbox.post("irc", "#b", "three");
  expect(texts).toEqual(["three"]);
});

test("what the node does without IRC is sent at once", () => {
  const { outbox, holds, texts } = desk();
  outbox.setOpen(true);
  holds.set("irc", "network");
  void outbox.post("irc", "#a", "one");
  for (const each of ["/reconnect", "/connect", "/nick anna"]) void outbox.post("irc", "#a", each);
  expect(texts()).toEqual(["/reconnect", "/connect", "/nick anna"]);
});

test("what came before the network could speak waits until something changes", async () => {
  const { outbox, tries, texts, states } = desk();
  outbox.setOpen(true);
  const answer = outbox.post("irc", "bob", "one");
  void outbox.post("irc", "bob", "two");
  await tries[0]!.refuse(refused("Not connected."));
  await tries[1]!.refuse(refused("Not connected."));
  expect(states()).toEqual(["waiting", "waiting"]);
  void outbox.post("irc", "bob", "three");
  expect(tries).toHaveLength(2);
  outbox.reconsider();
  expect(texts().slice(2)).toEqual(["one", "two", "three"]);
  expect(tries[2]!.what.nonce).not.toBe(tries[0]!.what.nonce);
  await tries[2]!.answer();
  await expect(answer).resolves.toMatchObject({ event: "sent" });
});

test("where something has changed meanwhile it is tried again at once", async () => {
  const { outbox, tries, texts } = desk();
  outbox.setOpen(true);
  void outbox.post("irc", "bob", "one");
  outbox.reconsider();
  await tries[0]!.refuse(refused("Not connected."));
  expect(texts()).toEqual(["one", "one"]);
});

test("a network that one does not want to be on refuses at once", async () => {
  const { outbox, tries, unwanted, states } = desk();
  outbox.setOpen(true);
  unwanted.add("irc");
  outbox.post("irc", "#a", "one")?.catch(() => undefined);
  await tries[0]!.refuse(refused("Not connected."));
  expect(states()).toEqual(["refused"]);
});

test("only so many wait", () => {
  const { outbox, texts } = desk();
  for (let at = 0; at < mostWaiting; ++at) expect(outbox.post("irc", "#a", `${at}`)).toBeDefined();
  expect(outbox.post("irc", "#a", "too much")).toBeUndefined();
  expect(outbox.post("irc", "#a", "/connect")).toBeDefined();
  outbox.setOpen(true);
  expect(texts()).toHaveLength(mostWaiting + 1);
  expect(outbox.post("irc", "#a", "now there is room")).toBeDefined();
});
