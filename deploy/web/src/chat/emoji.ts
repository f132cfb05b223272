// SPDX-License-Identifier: Apache-2.0
// The emoji with their names: a file of its own, fetched when the first one is looked for.
import { gemoji } from "gemoji";

import { matching, type Candidate } from "./completion";

export interface Emoji {
  readonly emoji: string;
  readonly name: string;
  readonly about: string;
}

const allEmoji: readonly Emoji[] = gemoji.map(({ emoji, names, tags, description }) => ({
  emoji,
  name: names[0] ?? description,
  about: [...names, ...tags, description].join(" "),
}));

export const findEmoji = (text: string, most: number) => {
  const named = matching(allEmoji, text, ({ name }) => name, most);
  const tagged = matching(allEmoji, text, ({ about }) => about, most);
  return [...new Set([...named, ...tagged])].slice(0, most);
};

export const emojiCandidates = (text: string): Candidate[] =>
  findEmoji(text, 8).map(({ emoji, name }) => ({ kind: "emoji", text: `${emoji} `, label: `${emoji} :${name}:` }));
