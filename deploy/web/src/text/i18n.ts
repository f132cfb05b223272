// SPDX-License-Identifier: Apache-2.0
// The texts of the page in the language that is in force. Reading one in a component
// subscribes it to the language, so that it is drawn anew when another is chosen.
import { batch, computed, signal } from "@preact/signals";
import type { ComponentChildren } from "preact";

import { en } from "./en";
import type { Dictionary, Key, Language, Text } from "./dictionary";

export type { Key, Language } from "./dictionary";

type Value = string | number;

export const languages: Readonly<Record<Language, { name: string; direction: "ltr" | "rtl" }>> = {
  en: { name: "English", direction: "ltr" },
  ar: { name: "العربية", direction: "rtl" },
};

// English comes with the script; every other language is a file of its own.
const loaders: Readonly<Record<Language, () => Promise<Dictionary>>> = {
  en: () => Promise.resolve(en),
  ar: () => import("./ar").then((module) => module.ar),
};

const dictionary = signal<Dictionary>(en);
const current = signal<Language>("en");

export const language = computed(() => current.value);
export const direction = computed(() => languages[current.value].direction);

// Some systems put something behind it that is no part of a language.
const isTag = (text: string) => /^[a-z\d]+(?:-[a-z\d]+)*$/i.test(text);
const asked = (globalThis.navigator?.languages ?? []).filter(isTag);

/** The language with the region of the browser: dates of English are others in other places. */
export const regionalLanguage = computed(() => withRegion(current.value, asked));

export function withRegion(code: Language, tags: readonly string[]): string {
  const same = tags.find((each) => new RegExp(`^${code}(?:-|$)`, "i").test(each));
  if (same?.includes("-")) return same;
  const region = tags.map((each) => /-([a-z]{2}|\d{3})(?:-|$)/i.exec(each)?.[1]).find(Boolean);
  return region === undefined ? code : `${code}-${region}`;
}

const plurals = computed(() => new Intl.PluralRules(current.value));
const numbers = computed(() => new Intl.NumberFormat(regionalLanguage.value));

export const isLanguage = (code: string): code is Language => Object.hasOwn(languages, code);

// The first language that a browser asks for and that there is.
export function preferredLanguage(asked: readonly string[]): Language {
  for (const each of asked) {
    const code = each.toLowerCase().split("-")[0] ?? "";
    if (isLanguage(code)) return code;
  }
  return "en";
}

// Puts a language into force as soon as its texts are there.
export async function setLanguage(code: Language): Promise<void> {
  const texts = await loaders[code]();
  batch(() => {
    dictionary.value = texts;
    current.value = code;
  });
  document.documentElement.lang = code;
  document.documentElement.dir = languages[code].direction;
}

export const formatNumber = (value: number): string => numbers.value.format(value);

function wording(key: Key, count: number | undefined): string {
  const text = dictionary.value[key] as Text;
  if (typeof text === "string") return text;
  // Nothing may have words of its own also where the language treats it as any number.
  if (count === 0 && text.zero !== undefined) return text.zero;
  return text[plurals.value.select(count ?? 0)] ?? text.other;
}

const countOf = (values: Readonly<Record<string, unknown>> | undefined): number | undefined => {
  const count = values?.["count"];
  return typeof count === "number" ? count : undefined;
};

const placeholder = /\{(\w+)\}/;

// The text of `key`, with `{name}` replaced by what `values` has for it.
export function t(key: Key, values?: Readonly<Record<string, Value>>): string {
  return wording(key, countOf(values)).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values?.[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? formatNumber(value) : value;
  });
}

// The same for a component: what is put in may be elements.
export function tx(
  key: Key,
  values: Readonly<Record<string, ComponentChildren>>,
): ComponentChildren[] {
  return wording(key, countOf(values))
    .split(placeholder)
    .map((piece, at) => {
      if (at % 2 === 0) return piece;
      const value = values[piece];
      return typeof value === "number" ? formatNumber(value) : value;
    });
}
