// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";

import { inOrderOf } from "./held_order";

const held = (keys: string, items: string) => inOrderOf([...keys], [...items], (each) => each).join("");

test("what was there stays where it was", () => {
  expect(held("cab", "abc")).toBe("cab");
});

test("what is new follows, in its own order", () => {
  expect(held("ca", "abcd")).toBe("cabd");
});

test("what is gone leaves no hole", () => {
  expect(held("cab", "bc")).toBe("cb");
});
