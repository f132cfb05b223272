// SPDX-License-Identifier: Apache-2.0
// Something to look at: people who talk in a channel.

const talk = [
  ["ada", "Morning! The new build is twice as fast: https://example.org/results"],
  ["grace", "Nice. Is that with \x02both\x02 compilers?"],
  ["ada", "With both. I put the numbers into a table, and the slow case is gone."],
  ["lin", "\x01ACTION opens the champagne\x01"],
  ["grace", "{me}: could you look at the third row? It is \x0304red\x03 here."],
  ["lin", "Shall we meet in #compilers at four?"],
  ["grace", "Four is fine, no more questions"],
];

export async function converse(scene, port, ann) {
  const people = new Map();
  for (const each of ["ada", "grace", "lin"]) {
    const person = await scene.irc(each, { port });
    people.set(each, person);
    await person.join("#convoy");
  }
  await ann.open("#convoy");
  await ann.says("/topic Builds, numbers and what to do about them");
  await ann.reads("Builds, numbers");
  for (const [who, text] of talk) {
    people.get(who).say("#convoy", text.replace("{me}", ann.nick));
    await people.get(who).settle();
  }
}
