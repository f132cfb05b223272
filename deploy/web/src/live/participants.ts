// SPDX-License-Identifier: Apache-2.0
import { computed, signal } from "@preact/signals";

import type { Participant } from "../api/types";

export interface Person {
  readonly nick: string;
  /** Letters, the strongest first: `o`, `v`, `ov`. */
  readonly mode: string;
  readonly away: boolean;
}

const order = "qaohv";

/** Letters in the order of what they allow. */
const sorted = (mode: string) => [...new Set(mode)].sort((a, b) => rankOf(a) - rankOf(b)).join("");
const rankOf = (mode: string) => {
  const rank = mode === "" ? -1 : order.indexOf(mode.charAt(0));
  return rank < 0 ? order.length : rank;
};

export const prefixOf = (mode: string) =>
  ({ q: "~", a: "&", o: "@", h: "%", v: "+" })[mode.charAt(0)] ?? "";

/** Who is in a channel. */
export class Participants {
  /** Whether the server was asked for them. */
  readonly isKnown = signal(false);
  readonly #people = new Map<string, Person>();
  readonly #version = signal(0);

  /** The strongest first, then by nick. */
  readonly list = computed<readonly Person[]>(() => {
    this.#version.value;
    const all = [...this.#people].map(([key, person]) => ({ key, person, rank: rankOf(person.mode) }));
    all.sort((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : 1));
    return all.map(({ person }) => person);
  });

  readonly count = computed(() => {
    this.#version.value;
    return this.#people.size;
  });

  has(nick: string) {
    this.#version.value;
    return this.#people.has(nick.toLowerCase());
  }

  find(nick: string): Person | undefined {
    this.#version.value;
    return this.#people.get(nick.toLowerCase());
  }

  /** What the server says, with what is known of them. */
  set(list: readonly Participant[]) {
    const before = new Map(this.#people);
    this.#people.clear();
    for (const { nick, mode } of list) {
      const away = before.get(nick.toLowerCase())?.away ?? false;
      this.#people.set(nick.toLowerCase(), { nick, mode: sorted(mode), away });
    }
    this.isKnown.value = true;
    this.#version.value++;
  }

  clear() {
    this.#people.clear();
    this.isKnown.value = false;
    this.#version.value++;
  }

  add(nick: string) {
    if (!this.isKnown.peek() || this.#people.has(nick.toLowerCase())) return;
    this.#people.set(nick.toLowerCase(), { nick, mode: "", away: false });
    this.#version.value++;
  }

  /** Whether they were there. */
  remove(nick: string): boolean {
    const was = this.#people.delete(nick.toLowerCase());
    if (was) this.#version.value++;
    return was;
  }

  rename(before: string, after: string): boolean {
    const person = this.#people.get(before.toLowerCase());
    if (!person) return false;
    this.#people.delete(before.toLowerCase());
    this.#people.set(after.toLowerCase(), { ...person, nick: after });
    this.#version.value++;
    return true;
  }

  setAway(nick: string, away: boolean) {
    this.#change(nick, (person) => ({ ...person, away }));
  }

  /** Such as `+o`, `-v`: what of it is about people. */
  changeMode(nick: string, change: string) {
    const takes = change.startsWith("-");
    this.#change(nick, (person) => {
      const letters = [...change].filter((each) => order.includes(each));
      const mode = takes
        ? [...person.mode].filter((each) => !letters.includes(each)).join("")
        : person.mode + letters.join("");
      return { ...person, mode: sorted(mode) };
    });
  }

  #change(nick: string, change: (person: Person) => Person) {
    const person = this.#people.get(nick.toLowerCase());
    if (!person) return;
    this.#people.set(nick.toLowerCase(), change(person));
    this.#version.value++;
  }
}
