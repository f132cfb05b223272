// SPDX-License-Identifier: Apache-2.0
import { beforeEach, expect, test, vi } from "vitest";

import type { Outgoing } from "./outgoing";
import { browserShelf } from "./shelf";

const kept = new Map<string, string>();
vi.stubGlobal("localStorage", {
  get length() {
    return kept.size;
  },
  key: (at: number) => [...kept.keys()][at] ?? null,
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
});
const hearing: ((event: { key: string | null; newValue: string | null }) => void)[] = [];
vi.stubGlobal("addEventListener", (_: string, listener: (typeof hearing)[0]) => hearing.push(listener));
beforeEach(() => kept.clear());

const item = (nonce: string): Outgoing => ({
  nonce,
  connectionId: "irc",
  conversationId: "#a",
  text: "one",
  time: 1,
  state: "waiting",
});

test("each thing is kept by itself", () => {
  browserShelf("box").put("a", item("a.1"));
  browserShelf("box").put("b", item("b"));
  browserShelf("boxes").put("c", item("c"));
  expect(browserShelf("box").all().map(({ nonce }) => nonce)).toEqual(["a.1", "b"]);
  browserShelf("box").remove("a");
  expect([...kept.keys()]).toEqual(["box.b", "boxes.c"]);
});

test("what was kept as a list is still there", () => {
  kept.set("box", JSON.stringify([item("a"), item("b")]));
  expect(browserShelf("box").all()).toHaveLength(2);
  expect([...kept.keys()]).toEqual(["box.a", "box.b"]);
});

test("it tells what other pages do", () => {
  const heard = vi.fn();
  browserShelf("box").watch(heard);
  for (const [key, newValue] of [["box.a", JSON.stringify(item("a"))], ["box.a", null], ["other", "1"], [null, null]] as const)
    hearing.forEach((each) => each({ key, newValue }));
  expect(heard.mock.calls).toEqual([["a", item("a")], ["a", undefined]]);
});
