// SPDX-License-Identifier: Apache-2.0
// What this browser remembers. It may refuse to (a private window, a full disk); then
// the page works without.

export function readStored<T>(key: string, otherwise: T): T {
  try {
    const text = localStorage.getItem(key);
    return text === null ? otherwise : (JSON.parse(text) as T);
  } catch {
    return otherwise;
  }
}

export function writeStored(key: string, value: unknown) {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // There is nothing to be done about it.
  }
}

/** All keys that begin so. */
export function storedKeys(prefix: string): string[] {
  try {
    return Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at) ?? "").filter((each) =>
      each.startsWith(prefix),
    );
  } catch {
    return [];
  }
}

/** Tells what other pages of this browser write, or remove; what it returns ends that. */
export function watchStored<T>(listener: (key: string, value: T | undefined) => void) {
  const hear = ({ key, newValue }: StorageEvent) => {
    if (key !== null) listener(key, newValue === null ? undefined : (JSON.parse(newValue) as T));
  };
  // Outside of a browser there are no other pages.
  globalThis.addEventListener?.("storage", hear);
  return () => globalThis.removeEventListener("storage", hear);
}
