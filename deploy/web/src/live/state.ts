// SPDX-License-Identifier: Apache-2.0
// All that the page knows of the person. Only `load` and `apply` write it.
import { batch, computed, signal } from "@preact/signals";

import type * as api from "../api/types";
import { isMuted } from "./muted";
import { Connection, type Conversation } from "./models";

/** Undefined while it is not known, null when nobody is logged in. */
export const user = signal<api.User | null | undefined>(undefined);
export const connections = signal<readonly Connection[]>([]);
/** "" or why nothing can be stored now. */
export const storeFault = signal("");

export const isAdmin = computed(() => user.value?.roles.includes("admin") ?? false);

export const allConversations = computed<readonly Conversation[]>(() =>
  connections.value.flatMap((each) => each.conversations.value),
);

/** Over all conversations but the muted ones: `mentions` are what the page of notifications lists
    as new, `calls` are they and what was said to the person alone. */
export const totals = computed(() => {
  let mentions = 0;
  let calls = 0;
  for (const each of allConversations.value) {
    if (isMuted(each)) continue;
    mentions += each.notifications.value;
    calls += each.calls;
  }
  return { mentions, calls };
});

export const findConnection = (id: string) => connections.value.find((each) => each.id === id);

export const findConversation = (connection: string, conversation: string) =>
  findConnection(connection)?.find(conversation);

/** What `load` says, put into the objects that are there. */
export function takeUser(from: api.User) {
  batch(() => {
    const { connections: listed = [], conversations = [], ...rest } = from;
    user.value = rest;
    connections.value = listed.map((each) => {
      const connection = connections.peek().find(({ id }) => id === each.connection_id) ?? new Connection(each.connection_id);
      connection.update(each);
      return connection;
    });
    for (const connection of connections.value) {
      const own = conversations.filter(({ connection_id }) => connection_id === connection.id);
      for (const each of connection.conversations.peek())
        if (!own.some(({ conversation_id }) => conversation_id === each.id)) connection.remove(each.id);
      for (const each of own) connection.conversation(each.conversation_id, each.name).update(each);
    }
  });
}

/** After a REST call that made or changed one. */
export function takeConnection(from: api.Connection): Connection {
  const known = findConnection(from.connection_id);
  const connection = known ?? new Connection(from.connection_id);
  batch(() => {
    connection.update(from);
    if (!known)
      connections.value = [...connections.peek(), connection].sort((a, b) => a.name.peek().localeCompare(b.name.peek()));
  });
  return connection;
}

export function dropConnection(id: string) {
  connections.value = connections.peek().filter((each) => each.id !== id);
}

export function forgetAll() {
  batch(() => {
    user.value = null;
    connections.value = [];
    storeFault.value = "";
  });
}
