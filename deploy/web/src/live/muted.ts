// SPDX-License-Identifier: Apache-2.0
// Conversations whose news are not told. The node knows nothing of it: it is kept in
// this browser.
import { signal } from "@preact/signals";

import { readStored, watchStored, writeStored } from "./stored";

interface Place {
  readonly connectionId: string;
  readonly id: string;
}

const storageKey = "convoy.muted";
const muted = signal<ReadonlySet<string>>(new Set(readStored<string[]>(storageKey, [])));

watchStored<string[]>((key, keys = []) => {
  if (key === storageKey) muted.value = new Set(keys);
});

const keyOf = ({ connectionId, id }: Place) => `${connectionId}/${id}`;

export const isMuted = (place: Place) => muted.value.has(keyOf(place));

export function setMuted(place: Place, wanted: boolean) {
  // Another page of this browser may have written since.
  const next = new Set(readStored<Iterable<string>>(storageKey, muted.peek()));
  if (wanted) next.add(keyOf(place));
  else next.delete(keyOf(place));
  muted.value = next;
  writeStored(storageKey, [...next]);
}
