// SPDX-License-Identifier: Apache-2.0
// Where a browser keeps what is not known to be sent: each thing by itself, so that two
// pages that are open at once do not write over what the other one keeps.
import { idOf, type Outgoing } from "./outgoing";
import { readStored, storedKeys, watchStored, writeStored } from "./stored";

export interface Shelf {
  all(): Outgoing[];
  put(id: string, item: Outgoing): void;
  remove(id: string): void;
  /** Tells what other pages put there or take away; what it returns ends that. */
  watch(listener: (id: string, item: Outgoing | undefined) => void): () => void;
}

export function browserShelf(storageKey: string): Shelf {
  const prefix = `${storageKey}.`;
  const put = (id: string, item: Outgoing) => writeStored(prefix + id, item);
  // Once all of it was kept as one list.
  for (const each of readStored<Outgoing[]>(storageKey, [])) put(idOf(each.nonce), each);
  writeStored(storageKey, undefined);
  return {
    all: () => storedKeys(prefix).flatMap((each) => readStored<Outgoing | []>(each, [])),
    put,
    remove: (id) => writeStored(prefix + id, undefined),
    watch: (listener) =>
      watchStored<Outgoing>((key, item) => key.startsWith(prefix) && listener(key.slice(prefix.length), item)),
  };
}
