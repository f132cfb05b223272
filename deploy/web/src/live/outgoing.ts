// SPDX-License-Identifier: Apache-2.0
// Something of one's own on its way to the node.
import { commandOf } from "./holding";

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
  /** As it was typed. */
  readonly text: string;
  /** The `msgid` of what it answers to. */
  readonly replyTo?: string;
  /** Milliseconds since 1970; no two of one page have the same. */
  readonly time: number;
  readonly state: SendState;
  readonly reason?: string;
}

/** What the node is told. In what the server says, text that is no command is a line for the server. */
export function wordingOf({ conversationId, text, replyTo }: Pick<Outgoing, "conversationId" | "text" | "replyTo">) {
  if (commandOf(text) !== undefined) return text;
  if (replyTo !== undefined) return `/reply ${replyTo} ${text}`;
  return conversationId === "" ? `/quote ${text}` : text;
}

export const newNonce = () =>
  globalThis.crypto.randomUUID?.() ??
  [...globalThis.crypto.getRandomValues(new Uint8Array(16))].map((each) => each.toString(16).padStart(2, "0")).join("");

const tries = /\.(\d+)$/;

/** What stays the same of it, however often it is tried as something new. */
export const idOf = (nonce: string) => nonce.replace(tries, "");

/** How often it was tried as something new. */
export const triesOf = (nonce: string) => Number(tries.exec(nonce)?.[1] ?? 0);

/**
 * To try it as something new. Two pages that try the same thing again at once come to the
 * same nonce, and so do not say it twice.
 */
export const nextNonce = (nonce: string) => `${idOf(nonce)}.${triesOf(nonce) + 1}`;
