// SPDX-License-Identifier: Apache-2.0
// Conversations whose news are not told. The node knows nothing of it: it is kept in
// this browser.
import { signal } from "@preact/signals";

import { readStored, writeStored } from "./stored";

interface Place {
  readonly connectionId: string;
  readonly id: string;
}

const storageKey = "convoy.muted";
const muted = signal<ReadonlySet<string>>(new Set(readStored<string[]>(storageKey, [])));

const keyOf = ({ connectionId, id }: Place) => `${connectionId}/${id}`;

export const isMuted = (place: Place) => muted.value.has(keyOf(place));

export function setMuted(place: Place, wanted: boolean) {
  const next = new Set(muted.peek());
  if (wanted) next.add(keyOf(place));
  else next.delete(keyOf(place));
  muted.value = next;
  writeStored(storageKey, [...next]);
}
