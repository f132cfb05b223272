// SPDX-License-Identifier: Apache-2.0
// Who is in a channel.
import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { VList } from "virtua";

import type { Connection, Conversation } from "../live/models";
import { prefixOf, type Person } from "../live/participants";
import { t } from "../text/i18n";
import { nickColour } from "../text/nick_colour";
import { IconButton } from "../ui/button";
import { useHeldOrder } from "../ui/held_order";
import { arePeopleShown, cardOf } from "./view";

/** Fewer than this are found by looking. */
const needsFilter = 12;

export function ParticipantsPanel({ connection, conversation }: { connection: Connection; conversation: Conversation }): VNode {
  const wanted = useSignal("");
  const { shown: all, holder } = useHeldOrder<HTMLElement, Person>(conversation.participants.list.value, ({ nick }) => nick);
  const filter = wanted.value.trim().toLowerCase();
  const people = filter === "" ? all : all.filter(({ nick }) => nick.toLowerCase().includes(filter));
  return (
    <aside class="people" aria-label={t("chat.people")} {...holder}>
      <div class="people-header">
        <h2>{t("chat.people_count", { count: all.length })}</h2>
        <IconButton icon="close" label={t("close")} onClick={() => (arePeopleShown.value = false)} />
      </div>
      {all.length >= needsFilter && (
        <input
          class="input people-filter"
          type="search"
          aria-label={t("chat.filter_people")}
          placeholder={t("chat.filter_people")}
          value={wanted.value}
          onInput={(event) => (wanted.value = event.currentTarget.value)}
        />
      )}
      <VList class="people-list" data={people} role="group" aria-label={t("chat.people")}>
        {(person) => <PersonButton key={person.nick} person={person} connection={connection} conversation={conversation} />}
      </VList>
    </aside>
  );
}

function PersonButton(props: { person: Person; connection: Connection; conversation: Conversation }): VNode {
  const { person, connection, conversation } = props;
  const { nick, mode, away } = person;
  const role = mode === "" ? "" : t(`chat.rank.${mode.charAt(0) as "q" | "a" | "o" | "h" | "v"}`);
  const about = [role, away ? t("chat.away") : "", connection.isOwn(nick) ? t("you") : ""].filter(Boolean).join(", ");
  return (
    <button
      type="button"
      class={away ? "side-row person person-away" : "side-row person"}
      title={about || undefined}
      onClick={() => (cardOf.value = { connectionId: connection.id, nick, conversation })}
    >
      <span class="person-mode" aria-hidden="true">
        {prefixOf(mode)}
      </span>
      <bdi class={`side-name ${nickColour(nick)}`}>{nick}</bdi>
      {about !== "" && <span class="visually-hidden">({about})</span>}
    </button>
  );
}
