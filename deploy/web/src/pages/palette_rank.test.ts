// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";

import { fit, rank } from "./palette_rank";

const item = (name: string, unread = 0, isCalled = false) => ({ name, unread, isCalled });
const names = (found: ReturnType<typeof item>[], text: string) =>
  rank({ found, made: [item("search")] }, text).map((each) => each.name);

test("a name fits at its begin, at a word, inside, or by its letters", () => {
  expect(fit("convoy", "con")).toBe(4);
  expect(fit("#convoy", "con")).toBe(3);
  expect(fit("reconvoy", "con")).toBe(2);
  expect(fit("c-o-n", "con")).toBe(1);
  expect(fit("convoy", "noc")).toBe(0);
});

test("the best come first, and the text itself last", () => {
  expect(names([item("xab"), item("#ab"), item("ab"), item("cd")], "AB")).toEqual(["ab", "#ab", "xab", "search"]);
});

test("of equals, what calls comes before what is unread, and that before the rest", () => {
  expect(names([item("a1"), item("a2", 3), item("a3", 1, true)], "a")).toEqual(["a3", "a2", "a1", "search"]);
  expect(names([item("a"), item("b", 1)], "")).toEqual(["b", "a", "search"]);
});

test("another word for a thing finds it, after those that are called so", () => {
  const other = { ...item("Appearance"), also: "looks" };
  expect(names([other, item("looks")], "look")).toEqual(["looks", "Appearance", "search"]);
});
