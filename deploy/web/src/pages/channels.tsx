// SPDX-License-Identifier: Apache-2.0
// The channels of a network, as its server lists them.
import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";

import type { ListedChannel } from "../api/types";
import { ask } from "../live/live";
import type { Connection } from "../live/models";
import { findConnection } from "../live/state";
import { places } from "../places";
import { Formatted } from "../text/formatted";
import { formatNumber, t } from "../text/i18n";
import { reason } from "../text/reasons";
import { EmptyState, Notice, Page, PageHeader } from "../ui/blocks";
import { Button, ButtonLink } from "../ui/button";
import { Field } from "../ui/field";
import { Icon } from "../ui/icon";
import { StateBadge, StateReason } from "./connection_state";
import { isChannelName, joinChannel } from "./joining";
import "./channels.css";

interface Listing {
  conversations: ListedChannel[];
  n_conversations: number;
  done: boolean;
}

/** Between looks at a list that is not complete: soon at first, for many lists are short. */
const firstPause = 250;
const longestPause = 2000;
const settleTime = 250;

/** `/text/` is a filter of the node; a slash would end it. */
const filterOf = (text: string): string => (text === "" ? "" : ` /${text.replaceAll("/", " ")}/`);

function useListing(connection: Connection, text: string) {
  const listing = useSignal<Listing | undefined>(undefined);
  const problem = useSignal("");
  const wished = useSignal(0);
  const isOn = connection.state.value === "connected";
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout>;
    let isFresh = wished.value > 0;
    let pause = firstPause;
    const look = async (): Promise<void> => {
      try {
        const answer = await ask(connection.id, "", `/list${isFresh ? " refresh" : ""}${filterOf(text)}`);
        if (isOver) return;
        isFresh = false;
        wished.value = 0;
        problem.value = "";
        listing.value = answer as unknown as Listing;
        if (!listing.value.done) timer = setTimeout(() => void look(), pause);
        pause = Math.min(2 * pause, longestPause);
      } catch (why) {
        if (!isOver) problem.value = reason(why instanceof Error ? why.message : String(why));
      }
    };
    if (isOn) timer = setTimeout(() => void look(), text === "" ? 0 : settleTime);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [connection, text, isOn, wished.value > 0]);
  const refresh = (): void => {
    wished.value += 1;
  };
  return { listing, problem, isOn, refresh };
}

function ChannelRow({ connection, channel }: { connection: Connection; channel: ListedChannel }): VNode {
  const isThere = connection.find(channel.conversation_id)?.frozen.value === "";
  return (
    <li class="row channel">
      <div class="row-main">
        <div>
          <bdi>{channel.name}</bdi>
        </div>
        {channel.topic !== "" && (
          <div class="muted small channel-topic" dir="auto">
            <Formatted text={channel.topic} />
          </div>
        )}
      </div>
      <span class="muted small channel-people" title={t("channels.people", { count: channel.n_users })}>
        <Icon name="people" size={16} />
        <span aria-hidden="true">{formatNumber(channel.n_users)}</span>
        <span class="visually-hidden">{t("channels.people", { count: channel.n_users })}</span>
      </span>
      {isThere ? (
        <ButtonLink small href={places.conversation(connection.id, channel.conversation_id)}>
          {t("channels.joined")}
        </ButtonLink>
      ) : (
        <Button small look="primary" onClick={() => void joinChannel(connection, channel.name)}>
          {t("channels.join")}
          <span class="visually-hidden"> {channel.name}</span>
        </Button>
      )}
    </li>
  );
}

function summary({ done, n_conversations: count }: Listing): string {
  if (!done && count === 0) return t("channels.listing_none");
  return t(done ? "channels.about" : "channels.listing", { count });
}

function Channels({ connection, wish }: { connection: Connection; wish: string }): VNode {
  const words = useSignal(wish);
  const text = words.value.trim();
  const { listing, problem, isOn, refresh } = useListing(connection, text);
  // While more channels come, none moves away under the pointer.
  const isPointed = useSignal(false);
  const shown = useRef(listing.value);
  if (!isPointed.value || shown.current === undefined) shown.current = listing.value;
  const found = shown.current;
  const isKnown = found?.conversations.some((each) => each.name.toLowerCase() === text.toLowerCase());
  const canMake = isOn && isChannelName(text) && !isKnown;
  return (
    <Page>
      <PageHeader
        title={t("channels.title", { name: connection.name.value })}
        about={<span role="status">{isOn ? found && summary(found) : t("reason.not_connected")}</span>}
      >
        <Button icon="refresh" disabled={!isOn || found?.done !== true} onClick={refresh}>
          {t("channels.refresh")}
        </Button>
      </PageHeader>
      <Field
        label={t("channels.find")}
        type="search"
        dir="auto"
        autofocus
        value={words.value}
        onInput={(value) => {
          isPointed.value = false;
          words.value = value;
        }}
      />
      {canMake && (
        <div class="buttons">
          <Button look="primary" icon="plus" onClick={() => void joinChannel(connection, text)}>
            {t("channels.make", { name: text })}
          </Button>
        </div>
      )}
      {!isOn && (
        <div class="buttons">
          <StateBadge connection={connection} />
          <StateReason connection={connection} />
          <ButtonLink small href={places.connection(connection.id)}>
            {t("connection.edit_title", { name: connection.name.value })}
          </ButtonLink>
        </div>
      )}
      <div role="alert">{isOn && problem.value !== "" && <Notice look="danger">{problem.value}</Notice>}</div>
      {found && found.conversations.length > 0 && (
        <ul
          class="rows"
          onPointerEnter={() => {
            isPointed.value = true;
          }}
          onPointerLeave={() => {
            isPointed.value = false;
          }}
        >
          {found.conversations.map((each) => (
            <ChannelRow connection={connection} channel={each} key={each.name} />
          ))}
        </ul>
      )}
      {found && found.conversations.length > 0 && found.conversations.length < found.n_conversations && text === "" && (
        <p class="muted small">{t("channels.shown", { count: found.conversations.length })}</p>
      )}
      {found?.done && found.conversations.length === 0 && (
        <EmptyState icon="list" title={t("channels.none")}>
          <p>{t("channels.none_about")}</p>
        </EmptyState>
      )}
    </Page>
  );
}

export default function ChannelsPage({ connection: id }: { connection: string }): VNode {
  const connection = findConnection(id);
  if (!connection)
    return (
      <Page>
        <EmptyState icon="server" title={t("connection.gone")}>
          <ButtonLink href={places.settings("connections")}>{t("connections.title")}</ButtonLink>
        </EmptyState>
      </Page>
    );
  const wish = new URLSearchParams(location.search).get("find") ?? "";
  return <Channels connection={connection} wish={wish} key={id} />;
}
