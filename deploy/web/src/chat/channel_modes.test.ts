// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";

import { modeCommand, parseModes } from "./channel_modes";

test("the modes that a server tells are taken apart", () => {
  const modes = parseModes("+ntkl word 5");
  expect([...modes.on].sort()).toEqual(["k", "l", "n", "t"]);
  expect(modes.key).toBe("word");
  expect(modes.limit).toBe("5");
  expect(parseModes("+kn", ["secret"]).key).toBe("secret");
});

test("a command changes what is another one, and nothing else", () => {
  const before = parseModes("+nt");
  expect(modeCommand(before, parseModes("+nt"))).toBeUndefined();
  expect(modeCommand(before, parseModes("+ni"))).toBe("/mode +i-t");
  expect(modeCommand(before, parseModes("+ntkl word 5"))).toBe("/mode +kl word 5");
  expect(modeCommand(parseModes("+ntkl word 5"), before)).toBe("/mode -kl word");
});

test("a key and a limit that were not told stay", () => {
  const untold = parseModes("+ntkl");
  expect(modeCommand(untold, untold)).toBeUndefined();
  expect(modeCommand(untold, { ...untold, on: new Set([...untold.on, "m"]) })).toBe("/mode +m");
});
