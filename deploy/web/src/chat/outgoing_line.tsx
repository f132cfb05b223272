// SPDX-License-Identifier: Apache-2.0
// Something of one's own that is not known to be sent.
import type { VNode } from "preact";

import { holdOf } from "../live/holding";
import { link, outbox } from "../live/live";
import type { Connection, Conversation } from "../live/models";
import type { Outgoing } from "../live/outgoing";
import { Formatted } from "../text/formatted";
import { t } from "../text/i18n";
import { reason } from "../text/reasons";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { copy } from "./message_actions";
import { Quote } from "./message_line";
import { insertText, replyTo } from "./view";

interface Props {
  item: Outgoing;
  connection: Connection;
  conversation: Conversation;
}

/** Where it is said; what has been left since then has no other name. */
const nameOf = ({ conversationId }: Outgoing, connection: Connection) =>
  connection.find(conversationId)?.name.value ?? conversationId;

/** In words; of what waits, for what. */
function stateOf({ item, connection }: Props): string {
  if (item.state !== "waiting" || link.state.value !== "open") return t(`chat.send.${item.state}`);
  return holdOf(item) === "channel"
    ? t("chat.waits.channel", { name: nameOf(item, connection) })
    : t("chat.waits.network", { name: connection.name.value });
}

export function OutgoingLine(props: Props): VNode {
  const { item, connection, conversation } = props;
  const isStuck = item.state === "refused" || item.state === "unknown";
  const state = stateOf(props);
  const isElsewhere = item.conversationId !== conversation.id;
  const edit = () => {
    outbox.drop(item.nonce);
    insertText(item.text);
    if (item.replyTo !== undefined) replyTo.value = { conversation, msgid: item.replyTo };
  };
  return (
    <article class={`line line-outgoing line-outgoing-${item.state}`} aria-label={state}>
      {item.replyTo !== undefined && <Quote conversation={conversation} msgid={item.replyTo} />}
      <span class="line-from">
        <bdi class="nick-plain">{connection.nick.value}</bdi>
        {isElsewhere && <span class="badge">{t("chat.type_here", { name: nameOf(item, connection) })}</span>}
        <span class="line-state" role={isStuck ? "alert" : undefined}>
          {isStuck && <Icon name="alert" size={14} />}
          {state}
          {item.reason ? ` – ${reason(item.reason)}` : ""}
        </span>
      </span>
      <div class="line-text">
        <bdi>
          <Formatted text={item.text} />
        </bdi>
      </div>
      {(isStuck || item.state === "waiting") && (
        <div class="outgoing-actions">
          {isStuck && (
            <Button small icon="refresh" onClick={() => outbox.retry(item.nonce)}>
              {t("try_again")}
            </Button>
          )}
          {isElsewhere ? (
            <Button small icon="copy" onClick={() => void copy(item.text)}>
              {t("copy")}
            </Button>
          ) : (
            <Button small icon="pencil" onClick={edit}>
              {t("edit")}
            </Button>
          )}
          <Button small icon="trash" onClick={() => outbox.drop(item.nonce)}>
            {t("remove")}
          </Button>
        </div>
      )}
    </article>
  );
}
