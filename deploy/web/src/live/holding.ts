// SPDX-License-Identifier: Apache-2.0
// What has to be there before something that was typed can be sent.
import { isChannel } from "./models";
import { findConnection } from "./state";

/** What is missing: the link to the node, the network, or one's place in the channel. */
export type Hold = "link" | "network" | "channel";

interface Typed {
  readonly connectionId: string;
  readonly conversationId: string;
  readonly text: string;
}

/** What the node says of a connection, and of a channel that it has yet to join again. */
export const notConnected = "Not connected.";

export const commandOf = (text: string) => /^\s*\/([a-z]+)(?:\s|$)/i.exec(text)?.[1]?.toLowerCase();

/** The node does these whether it is on IRC or not. */
const ofNode: ReadonlySet<string> = new Set(
  "clear close connect disconnect ignore monitor nick part query reconnect unignore".split(" "),
);
/** These are for the network: no matter whether one is in the channel. */
const ofNetwork: ReadonlySet<string> = new Set(
  (
    "away botserv bs chanserv cs ctcp hostserv hs ison j join list memoserv ms msg nickserv notice ns oper " +
    "operserv os quote raw setname who whois whowas"
  ).split(" "),
);

/** Whether it is done without IRC, and so also before what waits for IRC. */
export const isForNode = (text: string) => ofNode.has(commandOf(text) ?? "");

export const isWanted = (connectionId: string) => findConnection(connectionId)?.wantedState.value === "connected";

/**
 * What the network or the channel lacks for it. A network that one does not want to be on
 * holds nothing back: the node refuses at once.
 */
export function holdOf({ connectionId, conversationId, text }: Typed): Hold | undefined {
  const connection = findConnection(connectionId);
  if (!connection || isForNode(text) || !isWanted(connectionId)) return undefined;
  if (connection.state.value !== "connected") return "network";
  if (ofNetwork.has(commandOf(text) ?? "")) return undefined;
  // Of a channel that one has left since then, until one is in it again.
  const conversation = connection.find(conversationId);
  if (!conversation) return isChannel(conversationId) ? "channel" : undefined;
  return conversation.isChannel && conversation.frozen.value === notConnected ? "channel" : undefined;
}
