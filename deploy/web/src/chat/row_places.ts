// SPDX-License-Identifier: Apache-2.0
// Which row is meant: by a moment, or by the arrow keys.
import type { VirtualizerHandle } from "virtua";

import type { Row } from "./rows";

/** The message that is nearest to a moment. */
export function indexAt(rows: readonly Row[], moment: number): number {
  let best = -1;
  let distance = Infinity;
  rows.forEach((row, index) => {
    if (row.kind !== "message") return;
    const away = Math.abs(row.entry.time - moment);
    if (away >= distance) return;
    distance = away;
    best = index;
  });
  return best;
}

/** Arrows go from message to message. */
export function moveActive(event: KeyboardEvent, rows: readonly Row[], active: { value: string }, list: VirtualizerHandle | null) {
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const isLine = event.target instanceof HTMLElement && (event.target.role === "log" || event.target.dataset["row"] !== undefined);
  if (by === undefined || !isLine || event.altKey || event.ctrlKey) return;
  event.preventDefault();
  const at = rows.findIndex(({ key }) => key === active.value);
  let next = at < 0 ? rows.length - 1 : at + by;
  while (rows[next] && rows[next]!.kind !== "message") next += by;
  const row = rows[next];
  if (!row) return;
  active.value = row.key;
  list?.scrollToIndex(next, { align: "nearest" });
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-row="${CSS.escape(row.key)}"]`)?.focus());
}
