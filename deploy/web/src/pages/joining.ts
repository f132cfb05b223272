// SPDX-License-Identifier: Apache-2.0
// Going into a channel from outside of the conversations.
import { ask } from "../live/live";
import type { Connection } from "../live/models";
import { go, places } from "../places";
import { toastProblem } from "../ui/toast";

export const isChannelName = (text: string): boolean => /^[#&+!][^\s,\u0007]+$/.test(text);

/** Shows the channel as soon as the network has let one in. */
export async function joinChannel(connection: Connection, name: string): Promise<void> {
  try {
    const answer = await ask(connection.id, "", `/join ${name}`);
    const id = typeof answer.conversation_id === "string" ? answer.conversation_id : name.toLowerCase();
    connection.conversation(id, typeof answer["name"] === "string" ? answer["name"] : name);
    go(places.conversation(connection.id, id));
  } catch (why) {
    toastProblem(why);
  }
}
