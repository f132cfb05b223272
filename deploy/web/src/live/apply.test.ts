// SPDX-License-Identifier: Apache-2.0
import { beforeEach, expect, test, vi } from "vitest";

import type * as api from "../api/types";
import { apply, type Listeners } from "./apply";
import type { LiveEvent } from "./events";
import { connections, findConnection, findConversation, storeFault, takeUser } from "./state";

const person: api.User = {
  email: "ann@example.com",
  uid: "1",
  roles: [],
  registered: "",
  remote_address: "",
  highlight_keywords: [],
  unread: 0,
  default_connection: "",
  forced_connection: false,
  video_service: "",
  connections: [
    {
      connection_id: "irc",
      name: "irc",
      url: "irc://irc.example",
      state: "connected",
      wanted_state: "connected",
      on_connect_commands: [],
      service_accounts: [],
      info: { nick: "ann", authenticated: false, capabilities: {} },
    },
  ],
  conversations: [
    { connection_id: "irc", conversation_id: "#a", name: "#A", topic: "", frozen: "", unread: 0, notifications: 0, info: {} },
  ],
};

const listeners = {
  said: vi.fn(),
  entered: vi.fn(),
  renamed: vi.fn(),
  removed: vi.fn(),
  strange: vi.fn(),
} satisfies Listeners;

let seq = 0;
const place = { connection_id: "irc", conversation_id: "#a" };

function state(type: string, more: object) {
  apply({ event: "state", type, ts: 1000, seq: ++seq, ...place, ...more } as LiveEvent, listeners);
}

function said(from: string, more: object = {}) {
  const event = { event: "message", type: "private", ts: 1000, seq: ++seq, name: "#A", from, message: "hi", highlight: false };
  apply({ ...event, ...place, ...more } as LiveEvent, listeners);
}

const channel = () => findConversation("irc", "#a")!;
const nicks = () => channel().participants.list.value.map(({ nick, mode }) => mode + nick);

beforeEach(() => {
  vi.clearAllMocks();
  connections.value = [];
  takeUser(structuredClone(person));
  channel().timeline.state.value = "ready";
  channel().participants.set([
    { nick: "ann", mode: "" },
    { nick: "bob", mode: "o" },
  ]);
});

test("what others say counts, what one says oneself does not", () => {
  said("bob");
  said("bob", { highlight: true });
  said("bob", { type: "notice" });
  said("Ann");
  expect(channel().unread.value).toBe(2);
  expect(channel().notifications.value).toBe(1);
  expect(channel().timeline.entries).toHaveLength(4);
  expect(listeners.said).toHaveBeenCalledTimes(3);
});

test("who says something first has a conversation of their own", () => {
  said("Eve", { conversation_id: "eve", name: "Eve" });
  expect(findConversation("irc", "eve")?.unread.value).toBe(1);
});

test("people come, go, and have other names and modes", () => {
  state("join", { nick: "eve" });
  state("mode", { from: "bob", mode: "+v-o", params: ["eve", "bob"] });
  expect(nicks()).toEqual(["veve", "ann", "bob"]);
  state("nick_change", { old_nick: "eve", new_nick: "eva" });
  state("away", { nick: "eva", away: true, message: "lunch" });
  expect(channel().participants.find("EVA")).toEqual({ nick: "eva", mode: "v", away: true });
  state("quit", { nick: "eva", message: "bye" });
  state("part", { nick: "bob", message: "", kicker: "ann" });
  expect(nicks()).toEqual(["ann"]);
  const told = channel().timeline.entries.map((each) => (each.kind === "happening" ? each.what : each.kind));
  expect(told).toEqual(["join", "mode", "nick", "quit", "kick"]);
});

test("a mode that takes a word which is nobody's moves the others along", () => {
  state("mode", { from: "bob", mode: "+bo", params: ["*!*@evil", "ann"] });
  expect(nicks()).toEqual(["oann", "obob"]);
});

test("a conversation is removed by its owner, and not by a kick", () => {
  state("part", { nick: "ann", message: "out", kicker: "bob" });
  expect(channel()).toBeDefined();
  state("part", { nick: "ann" });
  expect(channel()).toBeUndefined();
  expect(listeners.removed).toHaveBeenCalledTimes(1);
});

test("one is in a channel again when it thaws, and its people are asked for", () => {
  const frozen = { name: "#A", topic: "news", unread: 3, notifications: 1, info: {} };
  state("frozen", { ...frozen, frozen: "Not connected." });
  expect(channel().participants.isKnown.value).toBe(false);
  state("frozen", { ...frozen, frozen: "" });
  expect(listeners.entered).toHaveBeenCalledTimes(1);
  expect(channel().unread.value).toBe(3);
  state("frozen", { ...frozen, frozen: "", topic: "other news" });
  expect(channel().timeline.entries.at(-1)).toMatchObject({ what: "topic", text: "other news" });
});

test("what another device has read is read", () => {
  said("bob");
  state("read", { unread: 0, notifications: 0, read_seq: seq });
  expect(channel().unread.value).toBe(0);
});

test("a renamed conversation is another one with the same state", () => {
  channel().topic.value = "news";
  state("rename", { conversation_id: "#b", name: "#B", old_conversation_id: "#a", message: "" });
  expect(channel()).toBeUndefined();
  expect(findConversation("irc", "#b")?.topic.value).toBe("news");
});

test("who types has stopped when they have said it", () => {
  state("typing", { nick: "bob", state: "active" });
  expect([...channel().typing.value.keys()]).toEqual(["bob"]);
  said("bob");
  expect(channel().typing.value.size).toBe(0);
});

test("a store that is away is told until it is back", () => {
  apply({ event: "state", type: "store", available: false, message: "Disk full.", ts: 1 }, listeners);
  expect(storeFault.value).toBe("Disk full.");
  apply({ event: "state", type: "store", available: true, message: "", ts: 1 }, listeners);
  expect(storeFault.value).toBe("");
});

test("events of connections that are not known are told", () => {
  said("bob", { connection_id: "other" });
  state("join", { connection_id: "other", nick: "x" });
  expect(connections.value).toHaveLength(1);
  expect(listeners.strange).toHaveBeenCalledTimes(2);
});

test("what is wanted of a connection is asked for when another device has changed it", () => {
  state("connection", { state: "disconnected", message: "Lost." });
  expect(listeners.strange).not.toHaveBeenCalled();
  state("connection", { state: "disconnecting", message: "" });
  state("connection", { state: "disconnected", message: "" });
  expect(listeners.strange).toHaveBeenCalledTimes(1);
  findConnection("irc")!.wantedState.value = "disconnected";
  state("connection", { state: "connecting", message: "" });
  expect(listeners.strange).toHaveBeenCalledTimes(2);
});
