// SPDX-License-Identifier: Apache-2.0
// What the person has: connections, and the conversations in them.
import { computed, signal } from "@preact/signals";

import type * as api from "../api/types";
import { Participants } from "./participants";
import { Timeline } from "./timeline";

export const isChannel = (conversationId: string) => /^[#&]/.test(conversationId);

/** What `info` has for somebody who is away and does not say why. */
export const awayWithoutWords = "…";

export class Conversation {
  readonly connectionId: string;
  /** The name in lower case; "" is what the server says. */
  readonly id: string;
  readonly name = signal("");
  readonly topic = signal("");
  /** Why nothing can be said there; "" when it can. */
  readonly frozen = signal("");
  readonly unread = signal(0);
  readonly notifications = signal(0);
  /** Up to which number all is read; undefined where the node has not said so since it said what is unread. */
  readSeq: number | undefined;
  readonly info = signal<api.Whois>({});
  /** Who types, and until when that holds. */
  readonly typing = signal<ReadonlyMap<string, number>>(new Map());
  /** Lines that wait for the server's pace, and for how many seconds. */
  readonly queued = signal<{ lines: number; wait: number } | undefined>(undefined);
  readonly timeline = new Timeline();
  readonly participants = new Participants();

  constructor(connectionId: string, id: string, name: string) {
    this.connectionId = connectionId;
    this.id = id;
    this.name.value = name;
  }

  get isServer() {
    return this.id === "";
  }

  get isChannel() {
    return isChannel(this.id);
  }

  get isPrivate() {
    return !this.isServer && !this.isChannel;
  }

  /** How much of what is unread is a call to the person: of a private conversation all is. */
  get calls() {
    return this.isPrivate ? this.unread.value : this.notifications.value;
  }

  update(from: Omit<api.Conversation, "connection_id" | "conversation_id">) {
    this.name.value = from.name;
    this.topic.value = from.topic;
    this.frozen.value = from.frozen;
    this.unread.value = from.unread;
    this.notifications.value = from.notifications;
    this.readSeq = undefined;
    this.info.value = from.info;
  }
}

const collator = new Intl.Collator(undefined, { sensitivity: "base", numeric: true });

export class Connection {
  readonly id: string;
  readonly name = signal("");
  readonly url = signal("");
  readonly state = signal<api.ConnectionState>("disconnected");
  /** Why it is in that state, for people; "" when it is not known. */
  readonly reason = signal("");
  readonly wantedState = signal<api.WantedState>("connected");
  readonly onConnectCommands = signal<string[]>([]);
  readonly serviceAccounts = signal<string[]>([]);
  readonly info = signal<api.ConnectionInfo>({ nick: "", authenticated: false, capabilities: {} });
  readonly nick = computed(() => this.info.value.nick);
  /** What the server says. */
  readonly server: Conversation;
  readonly #conversations = signal<readonly Conversation[]>([]);

  /** Channels first, each kind by name. */
  readonly conversations = computed(() =>
    [...this.#conversations.value].sort(
      (a, b) => Number(b.isChannel) - Number(a.isChannel) || collator.compare(a.id, b.id),
    ),
  );

  constructor(id: string) {
    this.id = id;
    this.server = new Conversation(id, "", id);
  }

  update(from: api.Connection) {
    this.name.value = from.name;
    this.server.name.value = from.name;
    this.url.value = from.url;
    this.state.value = from.state;
    this.wantedState.value = from.wanted_state;
    this.onConnectCommands.value = from.on_connect_commands;
    this.serviceAccounts.value = from.service_accounts;
    this.info.value = from.info;
  }

  find(id: string): Conversation | undefined {
    return id === "" ? this.server : this.#conversations.value.find((each) => each.id === id.toLowerCase());
  }

  conversation(id: string, name = id): Conversation {
    const known = this.find(id);
    if (known) return known;
    const made = new Conversation(this.id, id.toLowerCase(), name);
    this.#conversations.value = [...this.#conversations.peek(), made];
    return made;
  }

  remove(id: string) {
    this.#conversations.value = this.#conversations.peek().filter((each) => each.id !== id);
  }

  has(capability: string) {
    return this.info.value.capabilities[capability] === true;
  }

  isOwn(nick: string) {
    return nick.toLowerCase() === this.nick.value.toLowerCase();
  }
}
