// SPDX-License-Identifier: Apache-2.0
import type { VNode } from "preact";
import { memo } from "preact/compat";

import type { Connection, Conversation } from "../live/models";
import { clock, day, mediumDate } from "../text/dates";
import { t } from "../text/i18n";
import { HappeningsLine } from "./happenings_line";
import { MessageLine } from "./message_line";
import type { Row } from "./rows";

interface Props {
  row: Row;
  connection: Connection;
  conversation: Conversation;
  isActive: boolean;
  onActivate: () => void;
}

// A row that is the same is not drawn anew; what it does when it is pressed never changes.
export const RowView = memo(
  Whole,
  (before, after) =>
    before.row === after.row && before.isActive === after.isActive && before.conversation === after.conversation,
);

function Whole(props: Props): VNode {
  const { row } = props;
  switch (row.kind) {
    case "day":
      return (
        <div class="row-day">
          <time dateTime={new Date(row.time).toISOString()}>{day(new Date(row.time))}</time>
        </div>
      );
    case "unread":
      return (
        <div class="row-unread" role="separator" aria-label={t("chat.new_messages")}>
          <span>{t("chat.new_messages")}</span>
        </div>
      );
    case "hole":
      return <HoleLine text={t("chat.hole", { time: clock(new Date(row.entry.time)) })} />;
    case "happenings":
      return <HappeningsLine entries={row.entries} />;
    case "message": {
      const { gap } = row.entry;
      if (!gap) return <MessageLine {...props} row={row} />;
      const moments = { from: mediumDate(new Date(gap.from)), to: mediumDate(new Date(gap.to)) };
      return <HoleLine text={t("chat.gap", moments)} />;
    }
  }
}

function HoleLine({ text }: { text: string }): VNode {
  return <div class="row-hole">{text}</div>;
}
