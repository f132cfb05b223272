// SPDX-License-Identifier: Apache-2.0
// What was typed and is not known to be sent. It outlives the page: it is kept in the
// browser, and sent in its order as soon as it can be.
import { signal } from "@preact/signals";

import { ApiError } from "../api/client";
import type { SentAnswer } from "./events";
import { isForNode, notConnected, type Hold } from "./holding";
import { readStored, writeStored } from "./stored";

export type SendState =
  /** For the link, the network or the channel. */
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

/** What keeps things from being sent over an open link. */
export interface Gate {
  holdOf(what: Outgoing): Hold | undefined;
  /** Whether the network is one that one wants to be on. */
  isWanted(connectionId: string): boolean;
}

/** So many may wait: who types more would not know any more what will be said once they go. */
export const mostWaiting = 100;

/** Who posted it, and is told the answer. */
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
  /** Connections that were not on IRC after all; nothing more is tried until something changes. */
  readonly #barred = new Set<string>();
  #changes = 0;
  #isOpen = false;
  #storageKey = "";

  constructor(
    private readonly send: Sender,
    private readonly gate: Gate,
  ) {}

  /** Takes up what this person left. */
  restore(storageKey: string) {
    this.#storageKey = storageKey;
    this.items.value = readStored<Outgoing[]>(storageKey, []).map((each) =>
      each.state === "sending" ? { ...each, state: "waiting" } : each,
    );
  }

  /** The link is there, or is gone. */
  setOpen(isOpen: boolean) {
    this.#isOpen = isOpen;
    this.reconsider();
  }

  /** What holds something back may be another thing now. */
  reconsider() {
    this.#changes++;
    this.#barred.clear();
    this.#sendWhatCan();
  }

  /** The answer, whenever it comes; nothing when too many wait. */
  post(connectionId: string, conversationId: string, text: string): Promise<SentAnswer> | undefined {
    if (!isForNode(text) && this.items.peek().filter(({ state }) => state === "waiting").length >= mostWaiting)
      return undefined;
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
    this.#sendWhatCan();
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
    this.#sendWhatCan();
  }

  drop(nonce: string) {
    this.#waiters.delete(nonce);
    this.#keep(this.items.peek().filter((each) => each.nonce !== nonce));
  }

  // In each conversation what was typed first goes first.
  #sendWhatCan() {
    if (!this.#isOpen) return;
    const held = new Set<string>();
    for (const each of this.items.peek()) {
      if (each.state !== "waiting") continue;
      const place = JSON.stringify([each.connectionId, each.conversationId]);
      if (isForNode(each.text)) this.#dispatch(each);
      else if (held.has(place) || this.#barred.has(each.connectionId) || this.gate.holdOf(each)) held.add(place);
      else this.#dispatch(each);
    }
  }

  #dispatch(item: Outgoing) {
    const changes = this.#changes;
    this.#replace(item.nonce, { ...item, state: "sending" });
    this.send(item).then(
      (answer) => {
        this.#waiters.get(item.nonce)?.resolve(answer);
        this.drop(item.nonce);
      },
      (why: unknown) => this.#failed(item, why, changes),
    );
  }

  #failed(item: Outgoing, why: unknown, changes: number) {
    // The link went: with the same nonce it is not said twice.
    if (!(why instanceof ApiError)) return this.#replace(item.nonce, { ...item, state: "waiting" });
    const mayWait = !isForNode(item.text) && this.gate.isWanted(item.connectionId);
    if (why.message === notConnected && mayWait) return this.#wait(item, changes);
    const state = why.faults[0]?.code === "unknown" ? "unknown" : "refused";
    this.#replace(item.nonce, { ...item, state, reason: why.message });
    this.#waiters.get(item.nonce)?.reject(why);
    this.#waiters.delete(item.nonce);
  }

  // The node is told of its network before the page is, and greets it before it can speak.
  #wait(item: Outgoing, changes: number) {
    const next: Outgoing = { ...item, state: "waiting", nonce: newNonce() };
    const waiter = this.#waiters.get(item.nonce);
    this.#waiters.delete(item.nonce);
    if (waiter) this.#waiters.set(next.nonce, waiter);
    this.#replace(item.nonce, next);
    if (changes === this.#changes) this.#barred.add(item.connectionId);
    else this.#sendWhatCan();
  }

  #find(nonce: string) {
    return this.items.peek().find((each) => each.nonce === nonce);
  }

  #replace(nonce: string, next: Outgoing) {
    this.#keep(this.items.peek().map((each) => (each.nonce === nonce ? next : each)));
  }

  #keep(items: readonly Outgoing[]) {
    this.items.value = items;
    if (this.#storageKey !== "") writeStored(this.#storageKey, items.length > 0 ? items : undefined);
  }
}
