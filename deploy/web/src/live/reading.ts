// SPDX-License-Identifier: Apache-2.0
// Tells the node what was read, so that all devices of the person know it.
import { markRead } from "../api/history";
import type { Conversation } from "./models";

/** Told a moment after it was seen, and once for what comes fast. */
const pauses = new WeakMap<Conversation, ReturnType<typeof setTimeout>>();
const pause = 400;

/** All that is shown of it has been seen. */
export function noteRead(conversation: Conversation) {
  const isNews = conversation.unread.peek() > 0 || conversation.notifications.peek() > 0;
  if (!isNews || conversation.isServer || pauses.has(conversation)) return;
  pauses.set(
    conversation,
    setTimeout(() => void tell(conversation), pause),
  );
}

async function tell(conversation: Conversation) {
  pauses.delete(conversation);
  const seq = Math.floor(conversation.timeline.newestSeq);
  // What cannot be told now is told with the next thing that is read.
  await markRead(conversation.connectionId, conversation.id, seq || undefined).catch(() => undefined);
}
