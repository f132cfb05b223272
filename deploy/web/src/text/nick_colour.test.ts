// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";

import { nickColour } from "./nick_colour";

test("a nick has its colour whatever is put around it", () => {
  for (const each of ["Ann", "ann_", "ann|away", "ann[work]", "ann`"]) expect(nickColour(each)).toBe(nickColour("ann"));
});

test("nicks that are only such signs have one too", () => {
  for (const each of ["_", "|x", "[]", ""]) expect(nickColour(each)).toMatch(/^nick-(?:\d|1[0-5])$/);
});

test("many nicks have all the colours, each about as often", () => {
  const counts = new Map<string, number>();
  for (let at = 0; at < 3200; ++at) {
    const colour = nickColour(`person${at}`);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  expect(counts.size).toBe(16);
  for (const count of counts.values()) expect(count).toBeGreaterThan(100);
});
