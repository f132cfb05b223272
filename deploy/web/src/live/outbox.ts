// SPDX-License-Identifier: Apache-2.0
// What was typed and is not known to be sent. It outlives the page: it is kept in the
// browser, and sent in its order as soon as it can be. Other pages of this browser keep
// theirs in the same place; what one of them leaves behind, another one sends.
import { signal } from "@preact/signals";

import { ApiError } from "../api/client";
import type { SentAnswer } from "./events";
import { isForNode, notConnected, type Hold } from "./holding";
import { idOf, newNonce, nextNonce, triesOf, type Outgoing } from "./outgoing";
import type { Shelf } from "./shelf";

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
/** So long another page has for what was typed there, from when it could be sent. */
export const othersTurn = 10_000;

/** Who posted it, and is told the answer. */
interface Waiter {
  resolve(answer: SentAnswer): void;
  reject(why: unknown): void;
}

export class Outbox {
  readonly items = signal<readonly Outgoing[]>([]);
  /** What was said last on this page. */
  readonly posted = signal<Outgoing | undefined>(undefined);
  readonly #waiters = new Map<string, Waiter>();
  /** Connections that were not on IRC after all; nothing more is tried until something changes. */
  readonly #barred = new Set<string>();
  /** Of another page: which of `items`, and what it is sending, which is not shown here. */
  readonly #foreign = new Set<string>();
  readonly #passing = new Map<string, Outgoing>();
  readonly #turns = new Map<string, ReturnType<typeof setTimeout>>();
  /** The nonces that are being sent from here. */
  readonly #sending = new Set<string>();
  #changes = 0;
  #isOpen = false;
  #shelf: Shelf | undefined;
  /** What is on the shelf of `items`. */
  #kept = new Map<string, Outgoing>();
  #leave = () => {};

  constructor(
    private readonly send: Sender,
    private readonly gate: Gate,
  ) {}

  /** Takes up what this person left. */
  restore(shelf: Shelf) {
    this.#leave();
    this.#shelf = shelf;
    this.#foreign.clear();
    this.#passing.clear();
    const found = shelf.all().sort((a, b) => a.time - b.time);
    this.#kept = new Map(found.map((each) => [idOf(each.nonce), each]));
    this.items.value = found.map((each) => (each.state === "sending" ? { ...each, state: "waiting" } : each));
    this.#leave = shelf.watch((id, item) => (item ? this.#hearOf(id, item) : this.#hearNoMoreOf(id)));
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
  post(connectionId: string, conversationId: string, text: string, replyTo?: string): Promise<SentAnswer> | undefined {
    if (!isForNode(text) && this.items.peek().filter(({ state }) => state === "waiting").length >= mostWaiting)
      return undefined;
    const item: Outgoing = {
      nonce: newNonce(),
      connectionId,
      conversationId,
      text,
      ...(replyTo === undefined ? {} : { replyTo }),
      time: Math.max(Date.now(), (this.items.peek().at(-1)?.time ?? 0) + 1),
      state: "waiting",
    };
    this.items.value = [...this.items.peek(), item];
    const answer = new Promise<SentAnswer>((resolve, reject) =>
      this.#waiters.set(idOf(item.nonce), { resolve, reject }),
    );
    this.#sendWhatCan();
    this.posted.value = item;
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
    this.#foreign.delete(idOf(nonce));
    this.#replace(nonce, { ...rest, state: "waiting", nonce: item.state === "refused" ? nextNonce(nonce) : nonce });
    this.#sendWhatCan();
  }

  drop(nonce: string) {
    this.#forget(idOf(nonce));
  }

  /** A conversation has another name now. */
  move(connectionId: string, before: string, after: string) {
    this.items.value = this.items
      .peek()
      .map((each) =>
        each.connectionId === connectionId && each.conversationId === before ? { ...each, conversationId: after } : each,
      );
    this.#sendWhatCan();
  }

  // In each conversation what was typed first goes first.
  #sendWhatCan() {
    const held = new Set<string>();
    for (const each of [...this.#passing.values(), ...this.items.peek()]) {
      const id = idOf(each.nonce);
      const isPassing = this.#passing.has(id);
      if (each.state !== "waiting" && !isPassing) continue;
      const place = JSON.stringify([each.connectionId, each.conversationId]);
      const mayGo =
        this.#isOpen &&
        (isForNode(each.text) ||
          !(held.has(place) || this.#barred.has(each.connectionId) || this.gate.holdOf(each)));
      if (!mayGo) this.#endTurn(id);
      else if (isPassing || this.#foreign.has(id)) this.#beginTurn(each);
      else {
        this.#dispatch(each);
        continue;
      }
      if (!isForNode(each.text) && !isPassing) held.add(place);
    }
    this.#store();
  }

  #dispatch(item: Outgoing) {
    const changes = this.#changes;
    this.#replace(item.nonce, { ...item, state: "sending" });
    this.#sending.add(item.nonce);
    this.send(item)
      .finally(() => this.#sending.delete(item.nonce))
      .then(
        (answer) => {
          this.#waiters.get(idOf(item.nonce))?.resolve(answer);
          this.#forget(idOf(item.nonce));
        },
        (why: unknown) => {
          this.#failed(item.nonce, why, changes);
          this.#store();
        },
      );
  }

  #failed(nonce: string, why: unknown, changes: number) {
    const item = this.#find(nonce);
    // Another page has taken it up, or somebody has removed it there.
    if (!item) return;
    // The link went: with the same nonce it is not said twice.
    if (!(why instanceof ApiError)) return this.#replace(item.nonce, { ...item, state: "waiting" });
    const mayWait = !isForNode(item.text) && this.gate.isWanted(item.connectionId);
    if (why.message === notConnected && mayWait) return this.#wait(item, changes);
    const state = why.faults[0]?.code === "unknown" ? "unknown" : "refused";
    this.#replace(item.nonce, { ...item, state, reason: why.message });
    this.#waiters.get(idOf(item.nonce))?.reject(why);
    this.#waiters.delete(idOf(item.nonce));
  }

  // The node is told of its network before the page is, and greets it before it can speak.
  #wait(item: Outgoing, changes: number) {
    this.#replace(item.nonce, { ...item, state: "waiting", nonce: nextNonce(item.nonce) });
    if (changes === this.#changes) this.#barred.add(item.connectionId);
    else this.#sendWhatCan();
  }

  /** Another page has put it there, or changed it. */
  #hearOf(id: string, item: Outgoing) {
    const own = this.items.peek().find((each) => idOf(each.nonce) === id);
    if (own && this.#sending.has(own.nonce) && own.nonce === item.nonce) return;
    // It has been tried here as something new since then.
    if (own && triesOf(own.nonce) > triesOf(item.nonce)) return this.#shelf?.put(id, own);
    const others = this.items.peek().filter((each) => each !== own);
    this.#endTurn(id);
    this.#passing.delete(id);
    this.#kept.delete(id);
    if (item.state === "sending") {
      this.#passing.set(id, item);
      this.items.value = others;
    } else {
      this.#foreign.add(id);
      this.#kept.set(id, item);
      this.items.value = inOrder([...others, item]);
    }
    this.#sendWhatCan();
  }

  /** It was sent from another page, or removed there. */
  #hearNoMoreOf(id: string) {
    this.#endTurn(id);
    this.#passing.delete(id);
    this.#foreign.delete(id);
    this.#kept.delete(id);
    const [own] = this.items.peek().filter((each) => idOf(each.nonce) === id);
    // Whoever waits for the answer gets it, if it is on its way.
    if (!own || !this.#sending.has(own.nonce)) this.#waiters.delete(id);
    this.items.value = this.items.peek().filter((each) => each !== own);
    this.#sendWhatCan();
  }

  /** The page where it was typed is first; that one may be gone, and then it is sent from here. */
  #beginTurn({ nonce }: Outgoing) {
    const id = idOf(nonce);
    if (this.#turns.has(id)) return;
    const takeOver = () => {
      this.#turns.delete(id);
      this.#foreign.delete(id);
      const left = this.#passing.get(id);
      this.#passing.delete(id);
      if (left) this.items.value = inOrder([...this.items.peek(), { ...left, state: "waiting" }]);
      this.#sendWhatCan();
    };
    this.#turns.set(id, setTimeout(takeOver, othersTurn));
  }

  #endTurn(id: string) {
    clearTimeout(this.#turns.get(id));
    this.#turns.delete(id);
  }

  #forget(id: string) {
    this.#waiters.delete(id);
    this.items.value = this.items.peek().filter((each) => idOf(each.nonce) !== id);
    this.#store();
  }

  #find(nonce: string) {
    return this.items.peek().find((each) => each.nonce === nonce);
  }

  #replace(nonce: string, next: Outgoing) {
    this.items.value = this.items.peek().map((each) => (each.nonce === nonce ? next : each));
  }

  /** Writes what is another than it was; what other pages keep is left alone. */
  #store() {
    const now = new Map(this.items.peek().map((each) => [idOf(each.nonce), each]));
    for (const [id, item] of now) if (this.#kept.get(id) !== item) this.#shelf?.put(id, item);
    for (const id of this.#kept.keys()) if (!now.has(id)) this.#shelf?.remove(id);
    this.#kept = now;
  }
}

const inOrder = (items: readonly Outgoing[]) => [...items].sort((a, b) => a.time - b.time);
