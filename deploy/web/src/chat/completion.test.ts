// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";

import { findCommand } from "./commands";
import { commandCandidates, complete, nickCandidates, wordAt } from "./completion";

test("a slash at the begin is a command", () => {
  expect(wordAt("/jo", 3, false)).toEqual({ kind: "command", begin: 0, end: 3, text: "jo" });
  expect(wordAt("see /jo", 7, false)).toBeUndefined();
  expect(wordAt("/usr/bin", 8, false)).toBeUndefined();
  expect(commandCandidates("jo")[0]?.text).toBe("/join ");
});

test("a nick is completed where it is asked for, or behind its sign", () => {
  expect(wordAt("hello an", 8, false)).toBeUndefined();
  expect(wordAt("hello an", 8, true)).toEqual({ kind: "nick", begin: 6, end: 8, text: "an" });
  expect(wordAt("hello @an", 9, false)).toEqual({ kind: "nick", begin: 6, end: 9, text: "an" });
});

test("a nick at the begin is whom it is for", () => {
  const nicks = ["dan", "ann", "Anna"];
  const first = wordAt("an", 2, true)!;
  expect(nickCandidates(nicks, first).map(({ text }) => text)).toEqual(["ann: ", "Anna: ", "dan: "]);
  const later = wordAt("to an", 5, true)!;
  expect(nickCandidates(nicks, later)[0]?.text).toBe("ann ");
});

test("what is completed leaves the rest as it is", () => {
  const word = wordAt("hi an there", 5, true)!;
  const [ann] = nickCandidates(["ann"], word);
  expect(complete("hi an there", word, ann!)).toEqual({ text: "hi ann there", cursor: 6 });
});

test("emoji and channels have their signs", () => {
  expect(wordAt("ha :sm", 6, false)).toMatchObject({ kind: "emoji", text: "sm" });
  expect(wordAt("ha :)", 5, false)).toBeUndefined();
  expect(wordAt("see #con", 8, false)).toMatchObject({ kind: "channel", text: "#con" });
});

test("a command is known by its other names", () => {
  expect(findCommand("/j #a")?.name).toBe("join");
  expect(findCommand("/nothing")).toBeUndefined();
  expect(findCommand("plain")).toBeUndefined();
});
