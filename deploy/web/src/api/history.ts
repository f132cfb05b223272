// SPDX-License-Identifier: Apache-2.0
import { at, call } from "./client";
import type { MessagePage, Notification, SearchHit } from "./types";

export interface PageWish {
  before?: string;
  after?: string;
  around?: string;
  before_seq?: number;
  after_seq?: number;
  limit?: number;
}

/** Of a conversation; `""` is what the server says. */
const placeOf = (connection: string, conversation: string) =>
  conversation === "" ? at("connection", connection) : at("connection", connection, "conversation", conversation);

export const messages = (connection: string, conversation: string, wish: PageWish, signal?: AbortSignal) =>
  call<MessagePage>("GET", `${placeOf(connection, conversation)}/messages`, {
    query: { ...wish },
    ...(signal ? { signal } : {}),
  });

export const markRead = (connection: string, conversation: string, seq?: number) =>
  call<object>("POST", `${placeOf(connection, conversation)}/read`, { body: seq === undefined ? {} : { seq } });

export const notifications = (query: { limit?: number; before_seq?: number }) =>
  call<{ messages: Notification[]; end?: boolean; before_seq?: number }>("GET", "/notifications", { query });
export const markNotificationsRead = () => call<object>("POST", "/notifications/read");

export interface SearchWish {
  match?: string;
  connection_id?: string;
  conversation_id?: string;
  from?: string;
  after?: string;
  before?: string;
  limit?: number;
  sort?: "time" | "rank";
  cursor?: string;
}

export const search = (wish: SearchWish, signal?: AbortSignal) =>
  call<{ messages: SearchHit[]; end: boolean; cursor?: string }>("GET", "/search", {
    query: { ...wish },
    ...(signal ? { signal } : {}),
  });
