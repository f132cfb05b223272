// SPDX-License-Identifier: Apache-2.0
// What a dictionary is: texts by key, in the same keys for every language.
import type { en } from "./en";

export type Language = "en" | "ar";

// A text whose wording depends on a number; the categories are those of Intl.PluralRules.
export type Plural = { readonly other: string } & {
  readonly [Category in Exclude<Intl.LDMLPluralRule, "other">]?: string;
};

export type Text = string | Plural;

export type Key = keyof typeof en;

// What another language says for the keys of a part of the English dictionary.
export type Translation<Part> = {
  readonly [K in keyof Part]: Part[K] extends string ? string : Plural;
};

export type Dictionary = Translation<typeof en>;
