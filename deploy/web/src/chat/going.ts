// SPDX-License-Identifier: Apache-2.0

/** The next one of a ring that is wanted, from one of it or from its begin. */
export function nextConversation<T>(all: readonly T[], from: T | undefined, by: 1 | -1, isWanted: (each: T) => boolean): T | undefined {
  const begin = from === undefined ? -1 : all.indexOf(from);
  const start = begin < 0 && by < 0 ? all.length : begin;
  for (let step = 1; step <= all.length; ++step) {
    const each = all[(((start + by * step) % all.length) + all.length) % all.length];
    if (each !== undefined && each !== from && isWanted(each)) return each;
  }
  return undefined;
}
