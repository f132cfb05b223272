// SPDX-License-Identifier: Apache-2.0
// A message away from its conversation: of a search, or a notification. It leads to where it
// was said.
import type { ComponentChildren, VNode } from "preact";

import type { Message, Placed } from "../api/types";
import { findConnection, findConversation } from "../live/state";
import { places } from "../places";
import { fullDate, shortMoment, toDate } from "../text/dates";
import { t } from "../text/i18n";
import { nickColour } from "../text/nick_colour";
import "./found.css";

/** Where it was said, in words. */
export function placeName({ connection_id, conversation_id }: Placed): string {
  const connection = findConnection(connection_id)?.name.value ?? connection_id;
  if (conversation_id === "") return t("search.server", { name: connection });
  const conversation = findConversation(connection_id, conversation_id)?.name.value ?? conversation_id;
  return t("search.in", { conversation, connection });
}

const momentOf = (message: Message): string => toDate(message.ts).toISOString();

export function FoundMessage(props: {
  message: Message & Placed;
  /** The text, with what was found in it. */
  children: ComponentChildren;
  isNew?: boolean;
}): VNode {
  const { message, children, isNew } = props;
  const isAction = message.type === "action";
  return (
    <li>
      <a
        class={isNew ? "found found-new" : "found"}
        href={places.conversation(message.connection_id, message.conversation_id, momentOf(message))}
      >
        <span class="found-head">
          <b class={nickColour(message.from)}>
            <bdi>{message.from}</bdi>
          </b>
          <span class="muted small">
            <bdi>{placeName(message)}</bdi>
          </span>
          <time class="muted small" dateTime={momentOf(message)} title={fullDate(message.ts)}>
            {shortMoment(message.ts)}
          </time>
        </span>
        <span class={isAction ? "found-text found-action" : "found-text"} dir="auto">
          {message.redacted ? <em class="muted">{t("message.redacted")}</em> : children}
        </span>
      </a>
    </li>
  );
}
