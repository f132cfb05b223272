// SPDX-License-Identifier: Apache-2.0
// Sizes and lengths of time in words.
import { regionalLanguage } from "./i18n";

const byteUnits = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

export function bytes(size: number): string {
  let rest = size;
  let unit = 0;
  while (rest >= 1000 && unit < byteUnits.length - 1) {
    rest /= 1000;
    ++unit;
  }
  return new Intl.NumberFormat(regionalLanguage.value, {
    style: "unit",
    unit: byteUnits[unit] ?? "byte",
    unitDisplay: unit === 0 ? "long" : "short",
    maximumFractionDigits: rest < 10 && unit > 0 ? 1 : 0,
  }).format(rest);
}

const lengths = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
] as const;

// The two greatest parts of a length of time: "2 days 5 hours".
export function duration(seconds: number): string {
  const parts: string[] = [];
  let rest = Math.max(0, Math.floor(seconds));
  for (const [unit, length] of lengths) {
    const many = Math.floor(rest / length);
    rest %= length;
    const isLast = unit === "second" && parts.length === 0;
    if (many === 0 && !isLast) continue;
    parts.push(
      new Intl.NumberFormat(regionalLanguage.value, { style: "unit", unit, unitDisplay: "long" }).format(many),
    );
    if (parts.length === 2) break;
  }
  return parts.join(" ");
}
