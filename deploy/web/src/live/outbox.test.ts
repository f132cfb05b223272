// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { ApiError } from "../api/client";
import type { SentAnswer } from "./events";
import type { Hold } from "./holding";
import { LinkLost } from "./link";
import { mostWaiting, Outbox, othersTurn } from "./outbox";
import type { Outgoing } from "./outgoing";
import type { Shelf } from "./shelf";

// Node 18 has none of its own.
let nonces = 0;
vi.stubGlobal("crypto", { randomUUID: () => `nonce-${++nonces}` });

/** What the pages of one browser share. */
const kept = new Map<string, Outgoing>();
const watching = new Map<object, Parameters<Shelf["watch"]>[0]>();
/** What they have yet to hear of each other, where that takes its time. */
let unheard: (() => void)[] | undefined;
beforeEach(() => {
  unheard = undefined;
  kept.clear();
  watching.clear();
});
afterEach(() => void vi.useRealTimers());

/** That of one page: the others hear what it does. */
function shelf(): Shelf {
  const page = {};
  const tellOthers = (id: string) => {
    const item = kept.get(id);
    const tell = () => watching.forEach((listener, each) => each !== page && listener(id, item));
    if (unheard) unheard.push(tell);
    else tell();
  };
  return {
    all: () => [...kept.values()],
    put: (id, item) => (kept.set(id, item), tellOthers(id)),
    remove: (id) => (kept.delete(id), tellOthers(id)),
    watch: (listener) => (watching.set(page, listener), () => void watching.delete(page)),
  };
}

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
  outbox.restore(shelf());
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

test("what is said in a conversation that is renamed meanwhile stays in it", async () => {
  const { outbox, tries, holds } = desk();
  holds.set("#old", "channel");
  outbox.setOpen(true);
  void outbox.post("irc", "#old", "one");
  outbox.post("irc", "#b", "two")?.catch(() => undefined);
  outbox.move("irc", "#b", "#c");
  outbox.move("irc", "#old", "#new");
  expect(tries.map(({ what }) => what.conversationId)).toEqual(["#b", "#new"]);
  await tries[0]!.refuse(refused("No."));
  expect(outbox.items.value.map(({ conversationId }) => conversationId)).toEqual(["#new", "#c"]);
  expect([...kept.values()].map(({ conversationId }) => conversationId).sort()).toEqual(["#c", "#new"]);
});

/** What passes with nothing happening. */
const wait = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

test("two pages keep what waits beside each other", () => {
  const [one, other] = [desk(), desk()];
  void one.outbox.post("irc", "#a", "one");
  void other.outbox.post("irc", "#a", "two");
  expect([...kept.values()].map(({ text }) => text)).toEqual(["one", "two"]);
  expect(one.outbox.items.value.map(({ text }) => text)).toEqual(["one", "two"]);
  const third = desk();
  expect(third.outbox.items.value.map(({ text }) => text)).toEqual(["one", "two"]);
});

test("what was removed on one page is not sent from another", async () => {
  vi.useFakeTimers();
  void desk().outbox.post("irc", "#a", "one");
  const [one, other] = [desk(), desk()];
  one.outbox.drop(one.outbox.items.value[0]!.nonce);
  expect(other.states()).toEqual([]);
  other.outbox.setOpen(true);
  await wait(othersTurn);
  expect(other.tries).toHaveLength(0);
  expect(kept.size).toBe(0);
});

test("what one page sends the others do not, and do not show", async () => {
  const [one, other] = [desk(), desk()];
  one.outbox.setOpen(true);
  other.outbox.setOpen(true);
  void one.outbox.post("irc", "#a", "one");
  expect(other.states()).toEqual([]);
  await one.tries[0]!.answer();
  expect([one.states(), other.states(), other.texts()]).toEqual([[], [], []]);
});

test("what a page that is gone has left is sent from another, in its order and with its nonce", async () => {
  vi.useFakeTimers();
  const [one, other] = [desk(), desk()];
  one.outbox.setOpen(true);
  void one.outbox.post("irc", "#a", "on its way");
  one.outbox.setOpen(false);
  void one.outbox.post("irc", "#b", "later");
  // No page hears any more of that one.
  other.outbox.setOpen(true);
  void other.outbox.post("irc", "#b", "last");
  expect(other.tries).toHaveLength(0);
  await wait(othersTurn);
  expect(other.texts().sort()).toEqual(["last", "later", "on its way"]);
  expect(other.texts().indexOf("later")).toBeLessThan(other.texts().indexOf("last"));
  expect(other.tries.find(({ what }) => what.text === "on its way")!.what.nonce).toBe(one.tries[0]!.what.nonce);
});

test("a page that is there sends its own, however long it had to wait", async () => {
  vi.useFakeTimers();
  const [one, other] = [desk(), desk()];
  for (const each of [one, other]) {
    each.holds.set("irc", "network");
    each.outbox.setOpen(true);
  }
  const answer = one.outbox.post("irc", "#a", "one");
  await wait(3 * othersTurn);
  for (const each of [other, one]) {
    each.holds.clear();
    each.outbox.reconsider();
  }
  void one.tries[0]!.answer();
  await wait(othersTurn);
  await expect(answer).resolves.toMatchObject({ event: "sent" });
  expect([one.texts(), other.texts()]).toEqual([["one"], []]);
});

test("two pages that try the same again do it with the same nonce", async () => {
  void desk().outbox.post("irc", "#a", "one");
  watching.clear();
  const [one, other] = [desk(), desk()];
  const late: (() => void)[] = (unheard = []);
  one.outbox.setOpen(true);
  other.outbox.setOpen(true);
  unheard = undefined;
  late.forEach((tell) => tell());
  await one.tries[0]!.refuse(refused("Not connected."));
  await other.tries[0]!.refuse(refused("Not connected."));
  expect(new Set([one, other].map(({ outbox }) => outbox.items.value[0]!.nonce)).size).toBe(1);
  expect(kept.size).toBe(1);
  one.outbox.reconsider();
  await one.tries[1]!.answer();
  expect([one.states(), other.states(), kept.size]).toEqual([[], [], 0]);
});

test("the answer comes to the page that asked, whichever sends it", async () => {
  const one = desk();
  one.outbox.setOpen(true);
  const answer = one.outbox.post("irc", "#a", "/join #b");
  const other = desk();
  other.outbox.setOpen(true);
  await other.tries[0]!.answer();
  expect(one.states()).toEqual([]);
  await one.tries[0]!.answer();
  await expect(answer).resolves.toMatchObject({ event: "sent" });
});
