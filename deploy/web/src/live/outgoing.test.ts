// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";

import { idOf, nextNonce, triesOf, wordingOf } from "./outgoing";

test("a reply is typed as it is read, and told the node as it wants it", () => {
  const reply = { conversationId: "#a", replyTo: "m1" };
  expect(wordingOf({ ...reply, text: "yes" })).toBe("/reply m1 yes");
  expect(wordingOf({ ...reply, text: "/me nods" })).toBe("/me nods");
  expect(wordingOf({ conversationId: "#a", text: "yes" })).toBe("yes");
});

test("to a server one says lines of the protocol", () => {
  expect(wordingOf({ conversationId: "", text: "LUSERS" })).toBe("/quote LUSERS");
  expect(wordingOf({ conversationId: "", text: "/list" })).toBe("/list");
});

test("what is tried as something new is still the same thing", () => {
  const once = nextNonce("a-b");
  const twice = nextNonce(once);
  expect(new Set(["a-b", once, twice]).size).toBe(3);
  expect([once, twice].map(idOf)).toEqual(["a-b", "a-b"]);
  expect(["a-b", once, twice].map(triesOf)).toEqual([0, 1, 2]);
});
