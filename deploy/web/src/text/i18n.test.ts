// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";

import { preferredLanguage, t, tx, withRegion } from "./i18n";

test("what is put in stands where the text has it, numbers as the language writes them", () => {
  expect(t("devices.on", { browser: "Firefox", system: "Linux" })).toBe("Firefox on Linux");
  expect(t("channels.about", { count: 12_345 })).toBe("12,345 channels are listed.");
});

test("what is put in is no pattern and has no places of its own", () => {
  expect(t("devices.on", { browser: "$& {system}", system: "$1" })).toBe("$& {system} on $1");
});

test("one, many, and nothing where that has its own words", () => {
  expect(t("channels.about", { count: 1 })).toBe("One channel is listed.");
  expect(t("channels.about", { count: 0 })).toBe("0 channels are listed.");
  expect(t("devices.ended", { count: 0 })).toBe("There was no other session.");
});

test("elements can be put in, too", () => {
  const element = { fake: true } as never;
  expect(tx("devices.on", { browser: element, system: "Linux" })).toEqual(["", element, " on ", "Linux", ""]);
});

test("the language that a browser asks for first, of those there are", () => {
  expect(preferredLanguage(["fr-FR", "ar-EG", "en"])).toBe("ar");
  expect(preferredLanguage(["fr"])).toBe("en");
  expect(preferredLanguage([])).toBe("en");
  expect(preferredLanguage(["__proto__", "toString"])).toBe("en");
});

test("the region is that of the browser's language, or of another that it asks for", () => {
  expect(withRegion("en", ["en-GB", "en"])).toBe("en-GB");
  expect(withRegion("en", ["en-Latn-GB"])).toBe("en-Latn-GB");
  expect(withRegion("en", ["ar-EG", "en-IE"])).toBe("en-IE");
  expect(withRegion("ar", ["en-GB"])).toBe("ar-GB");
  expect(withRegion("en", ["en", "de-CH"])).toBe("en-CH");
  expect(withRegion("en", ["fr"])).toBe("en");
  const date = new Intl.DateTimeFormat(withRegion("en", ["en-GB"]), { dateStyle: "short", timeStyle: "short", timeZone: "UTC" });
  expect(date.format(Date.UTC(2026, 10, 23, 15, 4))).toBe("23/11/2026, 15:04");
});
