// SPDX-License-Identifier: Apache-2.0
// What was typed and is not known to be sent. It outlives the page: it is kept in the
// browser, and sent in its order as soon as there is a link.
import { signal } from "@preact/signals";

import { ApiError } from "../api/client";
import type { SentAnswer } from "./events";
import { readStored, writeStored } from "./stored";

export type SendState =
  /** For the link. */
  | "waiting"
  | "sending"
  /** It was not sent, and `reason` says why. */
  | "refused"
  /** Nobody knows. Sent again with its nonce, it is not said twice. */
  | "unknown";

export interface Outgoing {
  readonly nonce: string;
  readonly connectionId: string;
  readonly conversationId: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly state: SendState;
  readonly reason?: string;
}

/** Sends one; rejects with an `ApiError`, or something else when nobody knows. */
export type Sender = (what: Outgoing) => Promise<SentAnswer>;

/** What was said by whoever posted it. */
interface Waiter {
  resolve(answer: SentAnswer): void;
  reject(why: unknown): void;
}

const newNonce = () =>
  globalThis.crypto.randomUUID?.() ??
  [...globalThis.crypto.getRandomValues(new Uint8Array(16))].map((each) => each.toString(16).padStart(2, "0")).join("");

export class Outbox {
  readonly items = signal<readonly Outgoing[]>([]);
  readonly #waiters = new Map<string, Waiter>();
  #isOpen = false;

  constructor(
    private readonly send: Sender,
    private storageKey = "",
  ) {}

  /** Takes up what this person left. */
  restore(storageKey: string) {
    this.storageKey = storageKey;
    this.items.value = readStored<Outgoing[]>(storageKey, []).map((each) =>
      each.state === "sending" ? { ...each, state: "waiting" } : each,
    );
  }

  /** The link is there, or is gone. */
  setOpen(isOpen: boolean) {
    this.#isOpen = isOpen;
    if (!isOpen) return;
    for (const each of this.items.peek()) if (each.state === "waiting") this.#dispatch(each);
  }

  /** The answer, whenever it comes. */
  post(connectionId: string, conversationId: string, text: string): Promise<SentAnswer> {
    const item: Outgoing = {
      nonce: newNonce(),
      connectionId,
      conversationId,
      text,
      time: Date.now(),
      state: "waiting",
    };
    this.#keep([...this.items.peek(), item]);
    const answer = new Promise<SentAnswer>((resolve, reject) => this.#waiters.set(item.nonce, { resolve, reject }));
    if (this.#isOpen) this.#dispatch(item);
    return answer;
  }

  /**
   * Again: what was refused as something new, for the node would only repeat its
   * answer; what nobody knows of with its nonce.
   */
  retry(nonce: string) {
    const item = this.#find(nonce);
    if (!item || (item.state !== "refused" && item.state !== "unknown")) return;
    const { reason: _, ...rest } = item;
    const next: Outgoing = { ...rest, state: "waiting", nonce: item.state === "refused" ? newNonce() : nonce };
    this.#replace(nonce, next);
    if (this.#isOpen) this.#dispatch(next);
  }

  drop(nonce: string) {
    this.#waiters.delete(nonce);
    this.#keep(this.items.peek().filter((each) => each.nonce !== nonce));
  }

  #dispatch(item: Outgoing) {
    this.#replace(item.nonce, { ...item, state: "sending" });
    this.send(item).then(
      (answer) => {
        this.#waiters.get(item.nonce)?.resolve(answer);
        this.drop(item.nonce);
      },
      (why: unknown) => this.#failed(item, why),
    );
  }

  #failed(item: Outgoing, why: unknown) {
    if (!(why instanceof ApiError)) {
      // The link went: with the same nonce it is not said twice.
      this.#replace(item.nonce, { ...item, state: "waiting" });
      return;
    }
    const state = why.faults[0]?.code === "unknown" ? "unknown" : "refused";
    this.#replace(item.nonce, { ...item, state, reason: why.message });
    this.#waiters.get(item.nonce)?.reject(why);
    this.#waiters.delete(item.nonce);
  }

  #find(nonce: string) {
    return this.items.peek().find((each) => each.nonce === nonce);
  }

  #replace(nonce: string, next: Outgoing) {
    this.#keep(this.items.peek().map((each) => (each.nonce === nonce ? next : each)));
  }

  #keep(items: readonly Outgoing[]) {
    this.items.value = items;
    if (this.storageKey !== "") writeStored(this.storageKey, items.length > 0 ? items : undefined);
  }
}
