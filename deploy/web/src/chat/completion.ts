// SPDX-License-Identifier: Apache-2.0
// What could be meant by the word before the cursor.
import { commands } from "./commands";

export interface Candidate {
  /** What the word becomes. */
  readonly text: string;
  /** What is shown of it. */
  readonly label: string;
  readonly kind: "command" | "nick" | "channel" | "emoji";
  readonly about?: string;
}

export interface Word {
  readonly kind: Candidate["kind"];
  readonly begin: number;
  readonly end: number;
  /** Without the sign that makes it what it is. */
  readonly text: string;
}

/**
 * The word before the cursor, when it is one that can be completed. That of a nick has no
 * sign: it is completed only where that is asked for.
 */
export function wordAt(text: string, cursor: number, isAskedFor: boolean): Word | undefined {
  const before = text.slice(0, cursor);
  const word = /\S*$/.exec(before)?.[0] ?? "";
  const begin = cursor - word.length;
  const at = { begin, end: cursor };
  if (begin === 0 && /^\/[a-z]*$/i.test(word)) return { ...at, kind: "command", text: word.slice(1) };
  if (/^[#&]/.test(word)) return { ...at, kind: "channel", text: word };
  if (/^:[\p{L}\d_+-]{2,}$/u.test(word)) return { ...at, kind: "emoji", text: word.slice(1) };
  if (/^@\S/.test(word)) return { ...at, kind: "nick", text: word.slice(1) };
  return isAskedFor && word !== "" ? { ...at, kind: "nick", text: word } : undefined;
}

const mostShown = 8;

/** Those that begin so, then those that have it somewhere. */
export function matching<T>(all: readonly T[], text: string, nameOf: (each: T) => string, most = mostShown): T[] {
  const wanted = text.toLowerCase();
  const first: T[] = [];
  const second: T[] = [];
  for (const each of all) {
    const name = nameOf(each).toLowerCase();
    if (name.startsWith(wanted)) first.push(each);
    else if (wanted.length > 1 && name.includes(wanted)) second.push(each);
  }
  return [...first, ...second].slice(0, most);
}

export function commandCandidates(text: string): Candidate[] {
  return matching(commands, text, ({ name }) => name).map(({ name, usage }) => ({
    kind: "command",
    text: `/${name} `,
    label: `/${name}${usage ? ` ${usage}` : ""}`,
    about: name,
  }));
}

/** A nick at the begin of a message is whom it is for. */
export function nickCandidates(nicks: readonly string[], word: Word): Candidate[] {
  return matching(nicks, word.text, (nick) => nick).map((nick) => ({
    kind: "nick",
    text: word.begin === 0 ? `${nick}: ` : `${nick} `,
    label: nick,
  }));
}

export const channelCandidates = (names: readonly string[], word: Word): Candidate[] =>
  matching(names, word.text, (name) => name).map((name) => ({ kind: "channel", text: `${name} `, label: name }));

/** The text with the word replaced, and where the cursor is then. */
export function complete(text: string, { begin, end }: Word, candidate: Candidate): { text: string; cursor: number } {
  const rest = text.slice(end);
  const filling = candidate.text.endsWith(" ") && rest.startsWith(" ") ? candidate.text.slice(0, -1) : candidate.text;
  return { text: text.slice(0, begin) + filling + rest, cursor: begin + filling.length };
}

