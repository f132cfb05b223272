// SPDX-License-Identifier: Apache-2.0
import type { VNode } from "preact";
import { useEffect } from "preact/hooks";

import { ask, onMoved } from "../live/live";
import { closeHistory, openHistory, openHistoryAt } from "../live/histories";
import type { Connection, Conversation } from "../live/models";
import { fetchParticipants } from "../live/presence";
import { findConnection } from "../live/state";
import { isChannelName, joinChannel } from "../pages/joining";
import { go, places } from "../places";
import { t } from "../text/i18n";
import { Button, ButtonLink } from "../ui/button";
import { EmptyState } from "../ui/blocks";
import { Composer } from "./composer";
import { ConversationHeader } from "./conversation_header";
import { FrozenNotice } from "./frozen_notice";
import { ParticipantsPanel } from "./participants_panel";
import { Shade } from "./shade";
import { SidebarButton } from "./shell_button";
import { TimelineView } from "./timeline_view";
import { TypingLine } from "./typing_line";
import { Uploads, useUploads } from "./uploads";
import { useCover } from "./use_cover";
import { arePeopleOver, arePeopleShown, current } from "./view";

export function ConversationPage(props: { connectionId: string; conversationId: string; at: string | undefined }): VNode {
  const connection = findConnection(props.connectionId);
  const conversation = connection?.find(props.conversationId);
  if (!connection) return <Missing title={t("chat.no_connection")} />;
  if (!conversation) return <Unknown connection={connection} name={props.conversationId} />;
  const at = props.at !== undefined && !Number.isNaN(Date.parse(props.at)) ? props.at : undefined;
  return <Talk key={`${connection.id}/${conversation.id}`} connection={connection} conversation={conversation} at={at} />;
}

function Missing({ title, children }: { title: string; children?: VNode }): VNode {
  return (
    <>
      <header class="talk-header">
        <SidebarButton />
        <h1 class="talk-name">{title}</h1>
      </header>
      <EmptyState icon="chat" title={title}>
        {children}
      </EmptyState>
    </>
  );
}

/** An address of a conversation that one is not in. */
function Unknown({ connection, name }: { connection: Connection; name: string }): VNode {
  const isChannel = isChannelName(name);
  return (
    <Missing title={t("chat.not_here", { name })}>
      <p class="buttons">
        {isChannel && (
          <Button look="primary" onClick={() => void joinChannel(connection, name)}>
            {t("chat.join")}
          </Button>
        )}
        <ButtonLink href={places.channels(connection.id)}>{t("chat.find_channel")}</ButtonLink>
      </p>
    </Missing>
  );
}

function Talk({ connection, conversation, at }: { connection: Connection; conversation: Conversation; at: string | undefined }): VNode {
  const uploads = useUploads(conversation);
  useEffect(() => {
    current.value = conversation;
    const stop = onMoved((before, after) => {
      if (before !== conversation) return;
      go(after ? places.conversation(after.connectionId, after.id) : places.conversation(connection.id, ""), true);
    });
    return () => {
      stop();
      if (current.peek() === conversation) current.value = undefined;
      closeHistory(conversation);
    };
  }, [conversation]);
  useEffect(() => {
    if (at !== undefined) void openHistoryAt(conversation, at);
    else void openHistory(conversation);
  }, [conversation, at]);
  const isIn = conversation.isChannel && conversation.frozen.value === "" && connection.state.value === "connected";
  useEffect(() => {
    if (isIn && !conversation.participants.isKnown.peek()) void fetchParticipants(conversation, ask);
  }, [conversation, isIn]);
  const hasPeople = conversation.isChannel;
  const areOver = hasPeople && arePeopleOver();
  useCover(areOver, { cover: ".people", first: "button", opener: "#people-button" });
  return (
    <div
      class={hasPeople && arePeopleShown.value ? "talk talk-people" : "talk"}
      onDragOver={uploads.onDragOver}
      onDragLeave={uploads.onDragLeave}
      onDrop={uploads.onDrop}
    >
      <section class="talk-main" aria-label={conversation.name.value} inert={areOver}>
        <ConversationHeader connection={connection} conversation={conversation} />
        <TimelineView key={at ?? ""} connection={connection} conversation={conversation} at={at} />
        <FrozenNotice connection={connection} conversation={conversation} />
        <TypingLine conversation={conversation} />
        <Uploads uploads={uploads} />
        <Composer connection={connection} conversation={conversation} uploads={uploads} />
      </section>
      {areOver && <Shade look="people-shade" onPress={() => (arePeopleShown.value = false)} />}
      {hasPeople && arePeopleShown.value && <ParticipantsPanel connection={connection} conversation={conversation} />}
      {uploads.isDragged.value && <div class="drop-zone">{t("chat.drop_here")}</div>}
    </div>
  );
}
