// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";

import { ago, day, isSameDay, shortMoment, toDate } from "./dates";

const now = new Date(2026, 4, 5, 12, 30);

test("a time is seconds, or ISO with a zone or without, which is UTC", () => {
  const wanted = Date.UTC(2026, 10, 22, 7, 1, 18);
  expect(toDate(wanted / 1000).getTime()).toBe(wanted);
  expect(toDate("2026-11-22T07:01:18Z").getTime()).toBe(wanted);
  expect(toDate("2026-11-22T07:01:18").getTime()).toBe(wanted);
  expect(toDate("2026-11-22T09:01:18+02:00").getTime()).toBe(wanted);
  expect(toDate("2026-11-22T07:01:18.25Z").getTime()).toBe(wanted + 250);
});

test("days are counted by midnights", () => {
  expect(day(new Date(2026, 4, 5, 0, 1), now)).toBe("Today");
  expect(day(new Date(2026, 4, 4, 23, 59), now)).toBe("Yesterday");
  expect(day(new Date(2026, 4, 1), now)).toMatch(/Friday/);
  expect(day(new Date(2020, 4, 1), now)).toMatch(/2020/);
  expect(isSameDay(new Date(2026, 4, 5, 0, 0), new Date(2026, 4, 5, 23, 59))).toBe(true);
  expect(isSameDay(new Date(2026, 4, 5, 23, 59), new Date(2026, 4, 6, 0, 0))).toBe(false);
});

test("how long ago it was", () => {
  const before = (milliseconds: number) => new Date(now.getTime() - milliseconds);
  expect(ago(before(10_000), now)).toBe("just now");
  expect(ago(before(5 * 60_000), now)).toBe("5 minutes ago");
  expect(ago(before(3 * 3_600_000), now)).toBe("3 hours ago");
  expect(ago(before(2 * 86_400_000), now)).toBe("2 days ago");
  expect(ago(before(-2 * 3_600_000), now)).toBe("in 2 hours");
  expect(ago("nonsense", now)).toBe("");
});

test("a moment of today is a clock only", () => {
  expect(shortMoment(new Date(2026, 4, 5, 9, 5), now)).not.toMatch(/May/);
  expect(shortMoment(new Date(2026, 4, 3, 9, 5), now)).toMatch(/May/);
});
