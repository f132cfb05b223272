// SPDX-License-Identifier: Apache-2.0
import { beforeEach, expect, test, vi } from "vitest";

import { ApiError } from "../api/client";
import type { SentAnswer } from "./events";
import { LinkLost } from "./link";
import { Outbox, type Outgoing } from "./outbox";

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
  const outbox = new Outbox(
    (what) =>
      new Promise<SentAnswer>((resolve, reject) =>
        tries.push({
          what,
          answer: () => (resolve({ event: "sent", id: "1" }), settled()),
          refuse: (why) => (reject(why), settled()),
        }),
      ),
  );
  outbox.restore("box");
  return { outbox, tries, texts: () => tries.map(({ what }) => what.text), states: () => outbox.items.value.map(({ state }) => state) };
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
  const answer = outbox.post("irc", "#a", "one");
  void answer.catch(() => undefined);
  await tries[0]!.refuse(refused("Not connected."));
  await expect(answer).rejects.toThrow("Not connected.");
  expect(outbox.items.value[0]).toMatchObject({ state: "refused", reason: "Not connected." });
  outbox.retry(tries[0]!.what.nonce);
  expect(tries[1]!.what.nonce).not.toBe(tries[0]!.what.nonce);
  expect(states()).toEqual(["sending"]);
});

test("what nobody knows of is tried again as the same", async () => {
  const { outbox, tries, states } = desk();
  outbox.setOpen(true);
  outbox.post("irc", "#a", "one").catch(() => undefined);
  await tries[0]!.refuse(refused("It is not known.", "unknown"));
  expect(states()).toEqual(["unknown"]);
  outbox.retry(tries[0]!.what.nonce);
  expect(tries[1]!.what.nonce).toBe(tries[0]!.what.nonce);
});
