// SPDX-License-Identifier: Apache-2.0
// The modes of a channel that have a switch, and the command that makes them so.

/** Switches without a word of their own, in the order in which they are shown. */
export const switches = ["i", "m", "n", "t", "s"] as const;
export type Switch = (typeof switches)[number];

export interface Modes {
  readonly on: ReadonlySet<string>;
  readonly key: string;
  readonly limit: string;
}

/** Of what the server says: `+ntk word` or `+ntl 5`. */
export function parseModes(mode: string, params: readonly string[] = []): Modes {
  const [letters = "", ...words] = mode.split(" ");
  const left = [...words, ...params];
  const on = new Set<string>();
  let key = "";
  let limit = "";
  for (const each of letters) {
    if (each === "+" || each === "-") continue;
    on.add(each);
    if (each === "k") key = left.shift() ?? "";
    else if (each === "l") limit = left.shift() ?? "";
  }
  return { on, key, limit };
}

/** What is to be sent so that `before` becomes `after`; nothing when it is so. */
export function modeCommand(before: Modes, after: Modes): string | undefined {
  let plus = "";
  let minus = "";
  const words: string[] = [];
  for (const each of switches) {
    if (after.on.has(each) && !before.on.has(each)) plus += each;
    if (!after.on.has(each) && before.on.has(each)) minus += each;
  }
  if (after.key !== "" && after.key !== before.key) {
    plus += "k";
    words.push(after.key);
  }
  if (after.limit !== "" && after.limit !== before.limit) {
    plus += "l";
    words.push(after.limit);
  }
  // Only what was seen can have been taken away: not everybody is told the key or the limit. A key
  // that is taken away must be named, though servers do not look at it.
  if (after.key === "" && before.key !== "") {
    minus += "k";
    words.push(before.key);
  }
  if (after.limit === "" && before.limit !== "") minus += "l";
  const change = (plus && `+${plus}`) + (minus && `-${minus}`);
  return change === "" ? undefined : ["/mode", change, ...words].join(" ");
}
