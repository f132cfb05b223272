// SPDX-License-Identifier: Apache-2.0
// Tells others that one types, no more often than they want to know it.
import { ask, link } from "../live/live";
import type { Connection, Conversation } from "../live/models";

const pause = 3_000;
let lastTold = { at: 0, where: "" };

export function tellTyping(connection: Connection, conversation: Conversation, text: string) {
  const where = `${connection.id}/${conversation.id}`;
  const isWanted = text !== "" && !text.startsWith("/");
  const may =
    !conversation.isServer &&
    conversation.frozen.peek() === "" &&
    connection.has("message-tags") &&
    link.state.peek() === "open";
  if (!may) return;
  const isOld = lastTold.where !== where || Date.now() - lastTold.at > pause;
  if (isWanted && isOld) {
    lastTold = { at: Date.now(), where };
    void ask(connection.id, conversation.id, "/typing active").catch(() => undefined);
  } else if (!isWanted && text === "" && lastTold.where === where && lastTold.at > 0) {
    lastTold = { at: 0, where: "" };
    void ask(connection.id, conversation.id, "/typing done").catch(() => undefined);
  }
}

/** What was typed is said: that ends it by itself. */
export function typed() {
  lastTold = { at: 0, where: "" };
}
