// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";

import { ar } from "./ar";
import type { Dictionary, Text } from "./dictionary";
import { en } from "./en";

const entries = (of: Dictionary) => Object.entries(of) as [keyof Dictionary, Text][];

const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

const wordings = (text: Text): [string, string][] =>
  typeof text === "string" ? [["other", text]] : (Object.entries(text) as [string, string][]);

test("every text says something", () => {
  for (const dictionary of [en, ar])
    for (const [key, text] of entries(dictionary))
      for (const [category, words] of wordings(text)) expect(words.trim(), `${key} ${category}`).not.toBe("");
});

test("every language has the same keys and puts the same things in", () => {
  expect(Object.keys(ar).sort()).toEqual(Object.keys(en).sort());
  const english = en as Dictionary;
  for (const [key, text] of entries(ar)) {
    const wanted = placeholders(wordings(english[key] as Text).find(([category]) => category === "other")?.[1] ?? "");
    const other = wordings(text).find(([category]) => category === "other")?.[1] ?? "";
    expect(placeholders(other), key).toEqual(wanted);
    // The other wordings may name the number in words, and nothing that there is not.
    for (const [category, words] of wordings(text))
      for (const each of placeholders(words)) expect(wanted, `${key} ${category}`).toContain(each);
  }
});

test("a text that depends on a number has wordings of its language only, one and other among them", () => {
  const check = (dictionary: Dictionary, language: string) => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    for (const [key, text] of entries(dictionary)) {
      if (typeof text === "string") continue;
      const given = wordings(text).map(([category]) => category);
      expect(given, `${language} ${key}`).toEqual(expect.arrayContaining(["one", "other"]));
      for (const category of given) expect([...pluralCategories, "zero"], `${language} ${key}`).toContain(category);
    }
  };
  check(en, "en");
  check(ar, "ar");
});

test("nothing was left in English", () => {
  const words = (text: Text) => (typeof text === "string" ? text.replace(/\{\w+\}/g, "") : "");
  const same = entries(ar).filter(([key, text]) => text === en[key] && /[a-z]{4}/i.test(words(text)));
  // What is written on keys is the same everywhere.
  expect(same.map(([key]) => key).filter((key) => !key.startsWith("keys."))).toEqual([]);
});
