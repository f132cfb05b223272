// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";

import { parseFormat, stripFormat, type Look } from "./irc_format";

const plain: Look = { bold: false, italic: false, underline: false, strike: false, mono: false };

const looks = (text: string) => parseFormat(text).map(({ text: words, ...look }) => [words, look]);

test("a text without codes is one plain span, an empty one is none", () => {
  expect(looks("hello")).toEqual([["hello", plain]]);
  expect(parseFormat("")).toEqual([]);
});

test("a code turns its look on, the same one turns it off", () => {
  expect(looks("a\x02b\x02c")).toEqual([
    ["a", plain],
    ["b", { ...plain, bold: true }],
    ["c", plain],
  ]);
  expect(looks("\x1d\x1f\x1e\x11x")).toEqual([
    ["x", { bold: false, italic: true, underline: true, strike: true, mono: true }],
  ]);
});

test("colours have one or two digits, and a ground behind a comma", () => {
  expect(looks("\x034red")).toEqual([["red", { ...plain, foreground: 4 }]]);
  expect(looks("\x0304,12x")).toEqual([["x", { ...plain, foreground: 4, background: 12 }]]);
  expect(looks("\x03123")).toEqual([["3", { ...plain, foreground: 12 }]]);
  expect(looks("\x034,x")).toEqual([[",x", { ...plain, foreground: 4 }]]);
  expect(looks("\x034,5a\x036b")).toEqual([
    ["a", { ...plain, foreground: 4, background: 5 }],
    ["b", { ...plain, foreground: 6, background: 5 }],
  ]);
});

test("a colour code without a colour ends both, 99 is that of the page", () => {
  expect(looks("\x034,5a\x03b")[1]).toEqual(["b", plain]);
  expect(looks("\x0399,99a")).toEqual([["a", plain]]);
});

test("colours in hex", () => {
  expect(looks("\x04FF8800,001122x")).toEqual([["x", { ...plain, foreground: "#ff8800", background: "#001122" }]]);
  expect(looks("\x04ff88zz")).toEqual([["ff88zz", plain]]);
});

test("reversed, the colours change places", () => {
  expect(looks("\x034,5\x16x")).toEqual([["x", { ...plain, foreground: 5, background: 4 }]]);
  expect(looks("\x16x")).toEqual([["x", { ...plain, foreground: 0, background: 1 }]]);
});

test("a reset ends it all", () => {
  expect(looks("\x02\x1d\x034,5\x16a\x0fb")[1]).toEqual(["b", plain]);
});

test("what nobody can see is left out, line ends and tabs stay", () => {
  expect(stripFormat("a\x01b\x07c\x7fd\te\nf")).toBe("abcd\te\nf");
  expect(stripFormat("\x02\x0304,05bold\x0f and \x1dso on\x1d")).toBe("bold and so on");
});

test("codes at the end and one behind the other make no empty spans", () => {
  expect(looks("a\x02\x02\x03\x0f")).toEqual([["a", plain]]);
});
