// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";

import { cutSnippet } from "./snippet";

const marked = (text: string, matches: [number, number][]) =>
  cutSnippet(text, matches)
    .map((piece) => (piece.isFound ? `[${piece.text}]` : piece.text))
    .join("");

test("what was found is cut out", () => {
  expect(marked("one two three", [[4, 3]])).toBe("one [two] three");
  expect(marked("one two", [[0, 3], [4, 3]])).toBe("[one] [two]");
  expect(marked("nothing", [])).toBe("nothing");
});

test("places that overlap or lie outside do no harm", () => {
  expect(marked("abcdef", [[1, 3], [2, 3]])).toBe("a[bcd][e]f");
  expect(marked("abc", [[2, 99]])).toBe("ab[c]");
  expect(marked("abc", [[99, 1]])).toBe("abc");
});

test("formatting codes are not shown, and do not move what was found", () => {
  expect(marked("is \x02both\x02 \x0304red\x03?", [[4, 4], [13, 3]])).toBe("is [both] [red]?");
});
