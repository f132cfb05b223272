// SPDX-License-Identifier: Apache-2.0
import { setTimeout as pause } from "node:timers/promises";

// Nothing of what is waited for takes so long unless it never comes.
export const patience = 60_000;

// Waits for what must become true, however long a slow machine takes.
export async function until(isSo, what) {
  const deadline = Date.now() + patience;
  for (;;) {
    if (await isSo()) return;
    if (Date.now() > deadline) throw new Error(`It never came to be: ${what}`);
    await pause(25);
  }
}

// The same for a value, so that the last one is told when it is never right.
export async function becomes(read, wanted, what) {
  let last;
  const wish = JSON.stringify(wanted);
  await until(async () => JSON.stringify((last = await read())) === wish, what).catch((why) => {
    throw new Error(`${why.message}: ${wish} and not ${JSON.stringify(last)}`);
  });
}
