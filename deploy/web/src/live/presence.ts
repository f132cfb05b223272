// SPDX-License-Identifier: Apache-2.0
import type { Participant } from "../api/types";
import type { SentAnswer } from "./events";
import type { Conversation } from "./models";

type Ask = (connectionId: string, conversationId: string, text: string) => Promise<SentAnswer>;

/** More people than this are not asked for one by one whether they are away. */
const mostAsked = 300;

interface Seen {
  nick: string;
  away?: boolean;
}

const asked = new WeakSet<Conversation>();

/** Asks the server who is in a channel, and who of them is away. */
export async function fetchParticipants(conversation: Conversation, ask: Ask) {
  if (!conversation.isChannel || conversation.frozen.peek() !== "" || asked.has(conversation)) return;
  asked.add(conversation);
  const { connectionId, id, participants } = conversation;
  try {
    const answer = await ask(connectionId, id, "/names");
    participants.set((answer.participants as Participant[] | undefined) ?? []);
    if (participants.count.peek() > mostAsked) return;
    const { users } = await ask(connectionId, id, `/who ${conversation.name.peek()}`);
    if (Array.isArray(users)) for (const { nick, away } of users as Seen[]) participants.setAway(nick, away === true);
  } catch {
    // The list stays as it is; it is asked for again with the next visit.
  } finally {
    asked.delete(conversation);
  }
}
