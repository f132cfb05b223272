// SPDX-License-Identifier: Apache-2.0
// What was begun in each conversation, and what was said in it before.
import { readStored, watchStored, writeStored } from "../live/stored";
import type { Conversation } from "../live/models";
import { user } from "../live/state";

const storageKey = "convoy.drafts";
let drafts = new Map(Object.entries(readStored<Record<string, string>>(storageKey, {})));
watchStored<Record<string, string>>((key, written = {}) => {
  if (key === storageKey) drafts = new Map(Object.entries(written));
});
const said = new Map<string, string[]>();
const mostSaid = 50;

/** Another person of this browser has others. */
const keyOf = ({ connectionId, id }: Conversation) => `${user.peek()?.uid ?? ""}/${connectionId}/${id}`;

export const draftOf = (conversation: Conversation) => drafts.get(keyOf(conversation)) ?? "";

export function keepDraft(conversation: Conversation, text: string) {
  const key = keyOf(conversation);
  if ((drafts.get(key) ?? "") === text) return;
  // Another page of this browser may have written since.
  drafts = new Map(Object.entries(readStored(storageKey, Object.fromEntries(drafts))));
  if (text === "") drafts.delete(key);
  else drafts.set(key, text);
  writeStored(storageKey, drafts.size > 0 ? Object.fromEntries(drafts) : undefined);
}

export function remember(conversation: Conversation, text: string) {
  const before = said.get(keyOf(conversation)) ?? [];
  said.set(keyOf(conversation), [...before.filter((each) => each !== text), text].slice(-mostSaid));
}

/** The last one, the one before it, … */
export const saidBefore = (conversation: Conversation, steps: number): string | undefined =>
  said.get(keyOf(conversation))?.at(-steps);
