// SPDX-License-Identifier: Apache-2.0
// The WebSocket: opened, kept, and opened again where the stream was left.
import { batch, signal } from "@preact/signals";

import { ApiError } from "../api/client";
import { site } from "../api/site";
import type { Frame, LiveEvent, LoadAnswer, ResumeFrame } from "./events";

export type LinkState =
  | "idle"
  | "connecting"
  | "open"
  /** It is tried again. */
  | "lost"
  /** Nobody is logged in. */
  | "refused";

export interface LinkListeners {
  /** Everything that the node tells of itself. */
  event(event: LiveEvent): void;
  /** It is open again: whether nothing was missed. */
  resumed(all: boolean, frame: ResumeFrame): void;
  /** It is open for the first time. */
  opened(): void;
  refused(): void;
}

interface Waiting {
  resolve(answer: Frame): void;
  reject(why: Error): void;
}

/** The link ended before the answer came: nobody knows whether it was done. */
export class LinkLost extends Error {}

const pingInterval = 20_000;
const pingPatience = 15_000;
/** For a link that may have died while the machine slept. */
const shortPatience = 5_000;
const delays = { first: 500, most: 15_000 };
/** Of the node's closing codes. */
const needsLogin = 1008;
const mayComeBack = 1012;

export class Link {
  readonly state = signal<LinkState>("idle");
  /** When it will be tried again, as milliseconds since 1970. */
  readonly retryAt = signal<number | undefined>(undefined);

  #socket: WebSocket | undefined;
  #position: { stream: string; seq: number } | undefined;
  #waiting = new Map<string, Waiting>();
  #frames: Frame[] = [];
  #isFlushing = false;
  #lastId = 0;
  #failures = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #pulse: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly listeners: LinkListeners) {}

  open() {
    clearTimeout(this.#retry);
    this.#drop();
    this.retryAt.value = undefined;
    this.state.value = this.#position ? "lost" : "connecting";
    const socket = new WebSocket(this.#url());
    this.#socket = socket;
    socket.onopen = () => this.#opened(socket);
    socket.onmessage = ({ data }) => this.#socket === socket && this.#take(String(data));
    socket.onclose = ({ code }) => this.#socket === socket && this.#closed(code);
  }

  /** Now instead of later, when it is not open. */
  hurry() {
    if (this.state.peek() === "lost" && this.#retry !== undefined) this.open();
    else if (this.state.peek() === "open") void this.#ping(shortPatience);
  }

  /** Where what was loaded ends: from there on events count. */
  startAt(stream: string, seq: number) {
    this.#position = { stream, seq };
  }

  load(): Promise<LoadAnswer> {
    return this.request({ method: "load", params: { connections: true, conversations: true } });
  }

  /** Rejects with an `ApiError`, or with `LinkLost`. */
  request<Answer extends Frame>(body: Record<string, unknown>): Promise<Answer> {
    const socket = this.#socket;
    if (!socket || socket.readyState !== WebSocket.OPEN) return Promise.reject(new LinkLost());
    const id = String(++this.#lastId);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (answer: Frame) => void, reject });
      socket.send(JSON.stringify({ ...body, id }));
    });
  }

  #url() {
    const url = new URL(`${site.basePath}/events`, location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    url.searchParams.set("ts", "epoch");
    if (this.#position) {
      url.searchParams.set("since", String(this.#position.seq));
      url.searchParams.set("stream", this.#position.stream);
    }
    return url;
  }

  #opened(socket: WebSocket) {
    if (this.#socket !== socket) return;
    this.#pulse = setInterval(() => void this.#ping(), pingInterval);
    // Who comes back is told first whether nothing was missed.
    if (this.#position) return;
    this.state.value = "open";
    this.listeners.opened();
  }

  async #ping(patience = pingPatience) {
    const socket = this.#socket;
    const end = setTimeout(() => this.#socket === socket && this.#closed(0), patience);
    await this.request({ method: "ping" }).catch(() => undefined);
    clearTimeout(end);
  }

  #closed(code: number) {
    this.#flush();
    this.#drop();
    if (code === needsLogin) {
      this.state.value = "refused";
      this.#position = undefined;
      this.listeners.refused();
      return;
    }
    const delay = code === mayComeBack && this.#failures === 0 ? 0 : Math.min(delays.first * 2 ** this.#failures, delays.most);
    this.#failures++;
    // Not everybody at the same time.
    const pause = delay / 2 + Math.random() * (delay / 2 + delays.first);
    this.state.value = "lost";
    this.retryAt.value = Date.now() + pause;
    this.#retry = setTimeout(() => this.open(), pause);
  }

  #drop() {
    const socket = this.#socket;
    this.#socket = undefined;
    clearInterval(this.#pulse);
    socket?.close();
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#frames = [];
    for (const each of waiting) each.reject(new LinkLost());
  }

  // A flood of frames is drawn once, not once a frame. A page that is put away draws nothing,
  // and hears what is said all the same.
  #take(text: string) {
    this.#frames.push(JSON.parse(text) as Frame);
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    const flush = () => {
      if (!this.#isFlushing) return;
      this.#isFlushing = false;
      this.#flush();
    };
    if (document.visibilityState === "visible") requestAnimationFrame(flush);
    setTimeout(flush, 50);
  }

  #flush() {
    const frames = this.#frames;
    this.#frames = [];
    batch(() => frames.forEach((each) => this.#route(each)));
  }

  #route(frame: Frame) {
    if (frame.event === "resume") {
      const resume = frame as ResumeFrame;
      this.#failures = 0;
      this.state.value = "open";
      this.#position = { stream: resume.stream, seq: resume.resumed ? resume.since! : resume.seq };
      this.listeners.resumed(resume.resumed, resume);
    } else if (frame.event === "message" || frame.event === "state") {
      this.#tell(frame as LiveEvent);
    } else if ("id" in frame && frame.id !== undefined) {
      this.#answer(String(frame.id), frame);
    }
  }

  #tell(event: LiveEvent) {
    if (event.seq !== undefined) {
      const position = this.#position;
      if (!position || event.seq <= position.seq) return;
      position.seq = event.seq;
    }
    this.listeners.event(event);
  }

  #answer(id: string, frame: Frame) {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (frame.event === "load" && "user" in frame) {
      const { stream, seq } = frame as LoadAnswer;
      this.#failures = 0;
      this.startAt(stream, seq);
    }
    if ("errors" in frame && Array.isArray(frame.errors)) waiting?.reject(new ApiError(0, frame.errors));
    else waiting?.resolve(frame);
  }
}
