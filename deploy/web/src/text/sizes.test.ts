// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";

import { bytes, duration } from "./sizes";

test("sizes", () => {
  expect(bytes(0)).toBe("0 bytes");
  expect(bytes(999)).toBe("999 bytes");
  expect(bytes(1500)).toBe("1.5 kB");
  expect(bytes(32_000_000)).toBe("32 MB");
  expect(bytes(7_000_000_000_000_000)).toBe("7,000 TB");
});

test("lengths of time, in their two greatest parts", () => {
  expect(duration(0)).toBe("0 seconds");
  expect(duration(59.9)).toBe("59 seconds");
  expect(duration(3600)).toBe("1 hour");
  expect(duration(3725)).toBe("1 hour 2 minutes");
  expect(duration(2 * 86_400 + 5 * 3600 + 59)).toBe("2 days 5 hours");
  expect(duration(-5)).toBe("0 seconds");
});
