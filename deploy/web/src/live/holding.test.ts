// SPDX-License-Identifier: Apache-2.0
import { beforeEach, expect, test } from "vitest";

import { holdOf, notConnected } from "./holding";
import { Connection } from "./models";
import { connections } from "./state";

let connection: Connection;
beforeEach(() => {
  connection = new Connection("irc");
  connections.value = [connection];
  connection.state.value = "connected";
  connection.conversation("#a").frozen.value = "";
});

const hold = (text: string, conversationId = "#a") => holdOf({ connectionId: "irc", conversationId, text });

test("nothing holds back what can be said", () => {
  expect(hold("hello")).toBeUndefined();
});

test("the network has to be connected, whatever it is doing now", () => {
  for (const state of ["queued", "connecting", "disconnected", "disconnecting"] as const) {
    connection.state.value = state;
    expect([hold("hello"), hold("/join #b"), hold("hello", "bob")], state).toEqual(["network", "network", "network"]);
  }
});

test("not when one does not want to be on it, and not for what the node does by itself", () => {
  connection.state.value = "disconnected";
  expect(hold("/connect")).toBeUndefined();
  expect(hold("/reconnect")).toBeUndefined();
  connection.wantedState.value = "disconnected";
  expect(hold("hello")).toBeUndefined();
});

test("a channel that is being joined again holds back what is said in it", () => {
  connection.find("#a")!.frozen.value = notConnected;
  expect([hold("hello"), hold("/me waves")]).toEqual(["channel", "channel"]);
  expect([hold("/join #a"), hold("/msg bob hello"), hold("/whois bob")]).toEqual([undefined, undefined, undefined]);
});

test("a channel that one is not in for another reason does not", () => {
  connection.find("#a")!.frozen.value = "Not active in this room.";
  expect(hold("hello")).toBeUndefined();
});

test("a channel that one has left holds back what was said in it", () => {
  expect([hold("hello", "#left"), hold("/join #left", "#left"), hold("hello", "nobody")]).toEqual([
    "channel",
    undefined,
    undefined,
  ]);
});

test("what waits for a person waits for the network only", () => {
  connection.conversation("bob").frozen.value = notConnected;
  expect(hold("hello", "bob")).toBeUndefined();
});
