// SPDX-License-Identifier: Apache-2.0
import type { VNode } from "preact";

import { isTalk, type MessageEntry } from "../live/entries";
import type { Connection, Conversation } from "../live/models";
import { clock, fullDate } from "../text/dates";
import { Formatted } from "../text/formatted";
import { t } from "../text/i18n";
import { stripFormat } from "../text/irc_format";
import { nickColour } from "../text/nick_colour";
import { MessageActions, react } from "./message_actions";
import type { Row } from "./rows";
import { cardOf } from "./view";

interface Props {
  row: Extract<Row, { kind: "message" }>;
  connection: Connection;
  conversation: Conversation;
  isActive: boolean;
  onActivate: () => void;
}

function looksOf({ row: { entry, isFollowUp }, connection, isActive }: Props): string {
  const looks = ["line", `line-${entry.type}`];
  if (isFollowUp) looks.push("line-follow-up");
  if (entry.highlight) looks.push("line-call");
  if (connection.isOwn(entry.from)) looks.push("line-own");
  if (isActive) looks.push("line-active");
  return looks.join(" ");
}

export function Nick({ nick, connectionId, conversation }: { nick: string; connectionId: string; conversation?: Conversation }): VNode {
  return (
    <button
      type="button"
      class={`nick ${nickColour(nick)}`}
      onClick={() => (cardOf.value = { connectionId, nick, ...(conversation ? { conversation } : {}) })}
    >
      <bdi>{nick}</bdi>
    </button>
  );
}

function Time({ entry }: { entry: MessageEntry }): VNode {
  const date = new Date(entry.time);
  return (
    <time class="line-time" dateTime={date.toISOString()} title={fullDate(date)}>
      {clock(date)}
    </time>
  );
}

export function MessageLine(props: Props): VNode {
  const { row, connection, conversation, isActive, onActivate } = props;
  const { entry, isFollowUp } = row;
  // No nick has a dot in it.
  const isServer = entry.from === connection.id || entry.from.includes(".") || entry.type === "server";
  return (
    <article
      class={looksOf(props)}
      data-row={row.key}
      tabIndex={-1}
      aria-label={t("chat.said_by", { nick: entry.from, time: clock(new Date(entry.time)) })}
      onPointerEnter={onActivate}
      onFocusCapture={onActivate}
      onClick={onActivate}
    >
      {entry.replyTo !== undefined && <Quote conversation={conversation} msgid={entry.replyTo} />}
      <Time entry={entry} />
      {!isFollowUp && (
        <span class="line-from">
          {isServer ? (
            <bdi class="line-host">{entry.from === connection.id ? connection.name.value : entry.from}</bdi>
          ) : (
            <Nick nick={entry.from} connectionId={connection.id} conversation={conversation} />
          )}
          {entry.bot && <span class="badge">{t("chat.bot")}</span>}
          {entry.type === "notice" && !isServer && <span class="badge">{t("chat.notice")}</span>}
          {entry.late && <span class="badge">{t("chat.late")}</span>}
        </span>
      )}
      <div class="line-text">
        <bdi>
          <Text entry={entry} />
        </bdi>
      </div>
      {entry.reactions && entry.reactions.size > 0 && <Reactions {...props} />}
      {isActive && isTalk(entry) && !entry.redacted && (
        <MessageActions connection={connection} conversation={conversation} entry={entry} />
      )}
    </article>
  );
}

function Text({ entry }: { entry: MessageEntry }): VNode {
  if (entry.redacted) return <em class="line-redacted">{t("message.redacted")}</em>;
  if (entry.type === "action")
    return (
      <>
        <span class="line-action-mark" aria-hidden="true">
          *
        </span>{" "}
        <bdi class={nickColour(entry.from)}>{entry.from}</bdi> <Formatted text={entry.text} />
      </>
    );
  return <Formatted text={entry.text} />;
}

/** What it answers to, as far as that is loaded. */
export function Quote({ conversation, msgid }: { conversation: Conversation; msgid: string }): VNode {
  const to = conversation.timeline.find(msgid);
  if (!to) return <div class="line-quote line-quote-unknown">{t("chat.reply_to_unknown")}</div>;
  return (
    <div class="line-quote">
      <bdi class={nickColour(to.from)}>{to.from}</bdi>{" "}
      <bdi class="line-quoted">{to.redacted ? t("message.redacted") : stripFormat(to.text)}</bdi>
    </div>
  );
}

function Reactions({ row: { entry }, connection, conversation }: Props): VNode {
  return (
    <div class="reactions">
      {[...(entry.reactions ?? [])].map(([what, who]) => {
        const isMine = who.some((nick) => connection.isOwn(nick));
        return (
          <button
            key={what}
            type="button"
            class={isMine ? "reaction reaction-mine" : "reaction"}
            title={who.join(", ")}
            aria-label={t("chat.reacted", { what, who: who.join(", ") })}
            aria-pressed={isMine}
            onClick={() => !isMine && react(conversation, entry, what)}
          >
            <bdi>{what}</bdi> <span>{who.length}</span>
          </button>
        );
      })}
    </div>
  );
}
