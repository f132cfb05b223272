// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";

import { splitLinks } from "./links";

const links = (text: string) =>
  splitLinks(text)
    .filter((part) => part.href !== undefined)
    .map((part) => [part.text, part.href]);

const only = (text: string) => links(text).map(([words]) => words);

test("the parts are the text again", () => {
  for (const text of ["", "no link", "see https://a.example/x, or www.b.example!", "(http://c.example)"])
    expect(
      splitLinks(text)
        .map((part) => part.text)
        .join(""),
    ).toBe(text);
});

test("schemes that are harmless, and www.", () => {
  expect(links("http://a.example https://b.example/ irc://c.example/x ircs://d.example mailto:ann@e.example")).toEqual([
    ["http://a.example", "http://a.example/"],
    ["https://b.example/", "https://b.example/"],
    ["irc://c.example/x", "irc://c.example/x"],
    ["ircs://d.example", "ircs://d.example"],
    ["mailto:ann@e.example", "mailto:ann@e.example"],
  ]);
  expect(links("www.a.example/x")).toEqual([["www.a.example/x", "https://www.a.example/x"]]);
});

test("nothing else becomes one", () => {
  for (const text of [
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "vbscript:x",
    "xhttp://a.example",
    "http://",
    "https://[",
    "www.",
    "mailto:",
    "a://b",
  ])
    expect(only(text), text).toEqual([]);
});

test("punctuation of the sentence is not of the link", () => {
  expect(only("see https://a.example/x.")).toEqual(["https://a.example/x"]);
  expect(only("(see https://a.example/x)")).toEqual(["https://a.example/x"]);
  expect(only("https://a.example/x_(y)")).toEqual(["https://a.example/x_(y)"]);
  expect(only("\"https://a.example/x\", he said")).toEqual(["https://a.example/x"]);
  expect(only("https://a.example/?a=1&b=2!?")).toEqual(["https://a.example/?a=1&b=2"]);
  expect(only("<https://a.example/x>")).toEqual(["https://a.example/x"]);
});

test("several, with other scripts around them", () => {
  expect(only("انظر https://a.example/ب و https://b.example.")).toEqual(["https://a.example/ب", "https://b.example"]);
});

test("marks that turn the direction of text do not get into one", () => {
  expect(only("https://a.example/\u202egpj.exe")).toEqual(["https://a.example/"]);
});

test("a hostile text is cut in no time", () => {
  const text = "https://a.example/".repeat(2000) + ")".repeat(5000);
  const begin = performance.now();
  splitLinks(text);
  expect(performance.now() - begin).toBeLessThan(500);
});
