// SPDX-License-Identifier: Apache-2.0
// Finds the links in a text. Only what begins with a scheme that is harmless becomes one.

export interface Part {
  text: string;
  href?: string;
}

const candidate =
  /(?:\b(?:https?|ircs?|irc6):\/\/|\bwww\.(?=[\p{L}\d-]+\.)|\bmailto:(?=[^\s@]+@))[^\s<>"\u0000-\u0020\u007f-\u00a0\u202a-\u202e\u2066-\u2069]+/giu;

const schemes: ReadonlySet<string> = new Set(["http:", "https:", "irc:", "ircs:", "irc6:", "mailto:"]);

const openers: ReadonlyMap<string, string> = new Map([
  [")", "("],
  ["]", "["],
  ["}", "{"],
  ["»", "«"],
]);

function countLetters(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return counts;
}

// Punctuation behind a link belongs to the sentence, and so does a bracket that the link did
// not open.
function trimmedEnd(text: string): string {
  const counts = countLetters(text);
  const many = (letter: string): number => counts.get(letter) ?? 0;
  let end = text.length;
  for (;;) {
    const last = text[end - 1] ?? "";
    const opener = openers.get(last);
    const isLoose = opener !== undefined && many(last) > many(opener);
    if (!isLoose && !/[.,;:!?'"*_~…]/.test(last)) return text.slice(0, end);
    counts.set(last, many(last) - 1);
    --end;
  }
}

// Where a link leads to; nothing for what is no address after all.
function target(text: string): string | undefined {
  const address = /^www\./i.test(text) ? `https://${text}` : text;
  try {
    const url = new URL(address);
    if (!schemes.has(url.protocol)) return undefined;
    return url.protocol === "mailto:" || url.hostname !== "" ? url.href : undefined;
  } catch {
    return undefined;
  }
}

export function splitLinks(text: string): Part[] {
  const parts: Part[] = [];
  let done = 0;
  const plain = (end: number): void => {
    if (end > done) parts.push({ text: text.slice(done, end) });
  };
  for (const match of text.matchAll(candidate)) {
    const link = trimmedEnd(match[0]);
    const href = target(link);
    if (href === undefined) continue;
    plain(match.index);
    parts.push({ text: link, href });
    done = match.index + link.length;
  }
  plain(text.length);
  return parts;
}
