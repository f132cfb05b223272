// SPDX-License-Identifier: Apache-2.0
// Which of many names fit what was typed, and in which order.

export interface Ranked {
  name: string;
  /** Another word for it. */
  also?: string;
  unread: number;
  isCalled: boolean;
}

/** How well a name fits: 0 does not; all letters in order, better at the begin of it or a word. */
export function fit(name: string, text: string): number {
  const where = name.toLowerCase();
  const what = text.toLowerCase();
  const at = where.indexOf(what);
  if (at === 0) return 4;
  if (at > 0) return /[\p{L}\d]/u.test(where[at - 1] ?? "") ? 2 : 3;
  let from = 0;
  for (const letter of what) {
    const next = where.indexOf(letter, from);
    if (next < 0) return 0;
    from = next + 1;
  }
  return 1;
}

/** Another word counts as the letters of the name do. */
const score = ({ name, also }: Ranked, text: string): number =>
  Math.max(fit(name, text), also !== undefined && also.includes(text.toLowerCase()) ? 1 : 0);

/** The best first, and behind them all what is made of the text itself. Without a text, what is
    unread comes first. */
export function rank<Item extends Ranked>(items: { found: Item[]; made: Item[] }, text: string): Item[] {
  const news = (item: Item): number => (item.isCalled ? 2 : item.unread > 0 ? 1 : 0);
  const fitting = items.found
    .map((item, order) => ({ item, order, points: text === "" ? 1 : score(item, text) }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points || news(b.item) - news(a.item) || a.order - b.order);
  return [...fitting.map(({ item }) => item), ...items.made];
}
