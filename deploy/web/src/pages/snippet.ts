// SPDX-License-Identifier: Apache-2.0
// A text cut at what a search has found in it, without its formatting codes.
import { stripFormat } from "../text/irc_format";

export interface Piece {
  text: string;
  isFound: boolean;
}

/** `matches`: begin and length of each, in UTF-16 units, in order. */
export function cutSnippet(text: string, matches: readonly (readonly [number, number])[]): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  const take = (end: number, isFound: boolean): void => {
    const piece = stripFormat(text.slice(done, end));
    if (piece !== "") pieces.push({ text: piece, isFound });
    done = Math.max(done, end);
  };
  for (const [begin, length] of matches) {
    take(Math.min(begin, text.length), false);
    take(Math.min(begin + length, text.length), true);
  }
  take(text.length, false);
  return pieces;
}
