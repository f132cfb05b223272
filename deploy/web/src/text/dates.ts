// SPDX-License-Identifier: Apache-2.0
// Times in words, in the language of the page, as they are written where the browser is, and
// in its time zone.
import { computed } from "@preact/signals";

import { millisecondsOf } from "../api/time";
import type { Time } from "../api/types";
import { regionalLanguage, t } from "./i18n";

export type Moment = Time | Date;

export const toDate = (moment: Moment): Date => (moment instanceof Date ? moment : new Date(millisecondsOf(moment)));

const format = (options: Intl.DateTimeFormatOptions) =>
  computed(() => new Intl.DateTimeFormat(regionalLanguage.value, options));

const clockFormat = format({ hour: "2-digit", minute: "2-digit" });
const dayFormat = format({ weekday: "long", day: "numeric", month: "long" });
const dayOfYearFormat = format({ day: "numeric", month: "long", year: "numeric" });
const shortFormat = format({ day: "numeric", month: "short" });
const fullFormat = format({ dateStyle: "full", timeStyle: "medium" });
const mediumFormat = format({ dateStyle: "medium", timeStyle: "short" });
const relative = computed(() => new Intl.RelativeTimeFormat(regionalLanguage.value, { numeric: "auto" }));

const isValid = (date: Date): boolean => !Number.isNaN(date.getTime());

const written = (from: { value: Intl.DateTimeFormat }, moment: Moment): string => {
  const date = toDate(moment);
  return isValid(date) ? from.value.format(date) : "";
};

export const clock = (moment: Moment): string => written(clockFormat, moment);
export const fullDate = (moment: Moment): string => written(fullFormat, moment);
export const mediumDate = (moment: Moment): string => written(mediumFormat, moment);

const startOfDay = (date: Date): number =>
  new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

const dayLength = 86_400_000;

// How many midnights lie between two times.
const daysBetween = (from: Date, to: Date): number =>
  Math.round((startOfDay(to) - startOfDay(from)) / dayLength);

export const isSameDay = (one: Moment, other: Moment): boolean =>
  daysBetween(toDate(one), toDate(other)) === 0;

// The title of a day: today, yesterday, its name, or its date.
export function day(moment: Moment, now: Date = new Date()): string {
  const date = toDate(moment);
  const age = daysBetween(date, now);
  if (age === 0) return t("date.today");
  if (age === 1) return t("date.yesterday");
  const isRecent = age > 0 && age < 180;
  return written(isRecent ? dayFormat : dayOfYearFormat, date);
}

// As short as possible: a clock for today, else a date.
export function shortDate(moment: Moment, now: Date = new Date()): string {
  const date = toDate(moment);
  const age = daysBetween(date, now);
  if (age === 0) return clock(date);
  return written(Math.abs(age) < 180 ? shortFormat : dayOfYearFormat, date);
}

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 365 * dayLength],
  ["month", 30 * dayLength],
  ["day", dayLength],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** A clock for today, else a date and a clock. */
export const shortMoment = (moment: Moment, now: Date = new Date()): string =>
  isSameDay(moment, now) ? clock(moment) : `${shortDate(moment, now)}, ${clock(moment)}`;

// "five minutes ago", "in two days".
export function ago(moment: Moment, now: Date = new Date()): string {
  const date = toDate(moment);
  if (!isValid(date)) return "";
  const distance = date.getTime() - now.getTime();
  for (const [unit, length] of units)
    if (Math.abs(distance) >= length)
      return relative.value.format(Math.trunc(distance / length), unit);
  return t("date.now");
}
