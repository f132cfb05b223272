// SPDX-License-Identifier: Apache-2.0
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";

import type { Conversation } from "../live/models";
import { joins } from "../ui/preferences";
import { foldRows, type Row } from "./rows";

/** The rows; where only the newest or the oldest entries are others, the rest is kept. */
export function useRows(conversation: Conversation, unreadSeq: number | undefined): readonly Row[] {
  const { timeline } = conversation;
  const before = useRef<{ rows: Row[]; key: string }>({ rows: [], key: "" });
  const version = timeline.version.value;
  const key = `${joins.value} ${unreadSeq ?? ""}`;
  return useMemo(() => {
    const changes = timeline.takeChanges();
    const { from, ...rest } = changes;
    const known = { ...rest, from: before.current.key === key ? from : 0, rows: before.current.rows };
    const rows = foldRows(timeline.entries, { joins: joins.peek(), unreadSeq }, known);
    before.current = { rows, key };
    return rows;
  }, [version, key]);
}

/** Whether rows have only come, or gone, at the begin. */
export function useShift(rows: readonly Row[]): boolean {
  const before = useRef<readonly Row[]>([]);
  const last = before.current;
  const isSameEnd = last.length > 0 && rows.at(-1)?.key === last.at(-1)?.key;
  useLayoutEffect(() => {
    before.current = rows;
  });
  return isSameEnd && rows[0]?.key !== last[0]?.key && rows.length !== last.length;
}
