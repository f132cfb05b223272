// SPDX-License-Identifier: Apache-2.0
// The lines of a conversation. An entry is never changed, only replaced, so a line
// that is shown is drawn anew exactly when its entry is another one.
import { millisecondsOf } from "../api/time";
import type { Message, MessageType } from "../api/types";

interface Entry {
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly time: number;
}

export interface MessageEntry extends Entry {
  readonly kind: "message";
  readonly type: MessageType;
  readonly from: string;
  readonly text: string;
  readonly highlight: boolean;
  readonly msgid?: string;
  readonly account?: string;
  readonly replyTo?: string;
  readonly bot?: boolean;
  readonly late?: boolean;
  readonly gap?: { from: number; to: number };
  readonly redacted?: boolean;
  /** Who reacted with what. */
  readonly reactions?: ReadonlyMap<string, readonly string[]>;
}

export type Happening = "join" | "part" | "kick" | "quit" | "nick" | "mode" | "invite" | "topic";

/** Something that somebody did without saying anything. */
export interface HappeningEntry extends Entry {
  readonly kind: "happening";
  readonly what: Happening;
  readonly nick: string;
  /** The other one: who kicked, was invited, or what the nick is now. */
  readonly other?: string;
  readonly text: string;
}

/** Where the page was cut off and cannot say that nothing is missing. */
export interface HoleEntry extends Entry {
  readonly kind: "hole";
}

export type TimelineEntry = MessageEntry | HappeningEntry | HoleEntry;

export function messageEntry(from: Message): MessageEntry {
  return {
    kind: "message",
    seq: from.seq,
    time: millisecondsOf(from.ts),
    type: from.type,
    from: from.from,
    text: from.message,
    highlight: from.highlight,
    ...(from.msgid ? { msgid: from.msgid } : {}),
    ...(from.account ? { account: from.account } : {}),
    ...(from.reply_to ? { replyTo: from.reply_to } : {}),
    ...(from.bot ? { bot: true } : {}),
    ...(from.late ? { late: true } : {}),
    ...(from.gap ? { gap: { from: Date.parse(from.gap.from), to: Date.parse(from.gap.to) } } : {}),
    ...(from.redacted ? { redacted: true } : {}),
  };
}

/** Whether somebody says or does something. */
export const isTalk = ({ type }: MessageEntry) => type === "private" || type === "action";

/** Whether it counts as something to read. */
export const countsAsUnread = (type: MessageType) => type === "private" || type === "action" || type === "error";
