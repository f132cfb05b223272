// SPDX-License-Identifier: Apache-2.0
// What the parts of the chat share about what is looked at: nothing of it is stored.
import { batch, signal } from "@preact/signals";

import type { Conversation } from "../live/models";
import { readStored, writeStored } from "../live/stored";

/** Whether the list of conversations is open where it covers the page; sidebar.css has the same
    width. */
export const isSidebarOpen = signal(false);
matchMedia("(width < 46rem)").addEventListener("change", () => {
  isSidebarOpen.value = false;
});

/** Where the list of people covers the talk; people.css has the same width. */
const narrow = matchMedia("(width < 62rem)");
const isNarrow = signal(narrow.matches);

const peopleAtFirst = () => !narrow.matches && readStored("convoy.people", true);
/** Whether the list of people is shown. Where it would cover the talk, it is not at first. */
export const arePeopleShown = signal(peopleAtFirst());
narrow.addEventListener("change", () => {
  batch(() => {
    isNarrow.value = narrow.matches;
    arePeopleShown.value = peopleAtFirst();
  });
});
arePeopleShown.subscribe((shown) => {
  if (!narrow.matches) writeStored("convoy.people", shown);
});
/** Whether that list covers the talk now. */
export const arePeopleOver = () => arePeopleShown.value && isNarrow.value;

/** Whose card is shown. */
export const cardOf = signal<{ connectionId: string; nick: string; conversation?: Conversation } | null>(null);

/** What the next message answers to. */
export const replyTo = signal<{ conversation: Conversation; msgid: string } | null>(null);

/** Puts something into the input of the conversation that is looked at. What has not been taken
    yet stays: two uploads may end at once. */
export const insertion = signal<{ text: string; id: number } | null>(null);
let insertions = 0;
export const insertText = (text: string) => {
  insertion.value = { text: (insertion.peek()?.text ?? "") + text, id: ++insertions };
};

/** Pages to scroll the messages by: -1 is towards the older. */
export const paging = signal(0);

/** The conversation that is looked at. */
export const current = signal<Conversation | undefined>(undefined);
