// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";

import { changesOf } from "./changes";

test("only what has changed", () => {
  const before = { name: "a", open: false, nicks: ["x"], burst: null as number | null };
  expect(changesOf(before, { ...before })).toEqual({});
  expect(changesOf(before, { ...before, open: true, nicks: ["x", "y"] })).toEqual({ open: true, nicks: ["x", "y"] });
  expect(changesOf(before, { ...before, nicks: ["x"], burst: 5 })).toEqual({ burst: 5 });
});
