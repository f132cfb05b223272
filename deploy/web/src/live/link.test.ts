// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { ApiError } from "../api/client";
import { Link, LinkLost, type LinkListeners } from "./link";

class FakeSocket {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  readonly sent: Record<string, unknown>[] = [];
  readyState = 0;
  onopen?: () => void;
  onmessage?: (event: { data: string }) => void;
  onclose?: (event: { code: number }) => void;

  constructor(readonly url: URL) {
    FakeSocket.all.push(this);
  }

  send(text: string) {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }

  close() {
    this.readyState = 3;
  }

  accept() {
    this.readyState = FakeSocket.OPEN;
    this.onopen?.();
  }

  tell(...frames: object[]) {
    for (const each of frames) this.onmessage?.({ data: JSON.stringify(each) });
    vi.advanceTimersByTime(100);
  }

  lose(code = 1006) {
    this.readyState = 3;
    this.onclose?.({ code });
  }
}

const listeners = {
  event: vi.fn<LinkListeners["event"]>(),
  resumed: vi.fn<LinkListeners["resumed"]>(),
  opened: vi.fn<LinkListeners["opened"]>(),
  refused: vi.fn<LinkListeners["refused"]>(),
};

const latest = () => FakeSocket.all.at(-1)!;
const event = (seq: number) => ({ event: "message", seq });
const seqs = () => listeners.event.mock.calls.map(([{ seq }]) => seq);

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  FakeSocket.all = [];
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.stubGlobal("location", { href: "https://chat.example/x" });
  vi.stubGlobal("document", { visibilityState: "hidden" });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A link that has loaded and stands at number 5. */
async function loaded() {
  const link = new Link(listeners);
  link.open();
  latest().accept();
  const answer = link.load();
  latest().tell(event(4), { event: "load", id: "1", stream: "s", seq: 5, user: {} });
  await answer;
  return link;
}

test("what came before the load is in it, what comes after counts once", async () => {
  await loaded();
  latest().tell(event(6), event(6), event(7));
  expect(seqs()).toEqual([6, 7]);
});

test("a lost link comes back where it was", async () => {
  const link = await loaded();
  latest().tell(event(6));
  latest().lose();
  expect(link.state.value).toBe("lost");
  vi.advanceTimersByTime(20_000);
  expect(latest().url.search).toBe("?ts=epoch&since=6&stream=s");
  latest().accept();
  expect(link.state.value).toBe("lost");
  latest().tell({ event: "resume", resumed: true, stream: "s", since: 6, seq: 8 }, event(7), event(8));
  expect(link.state.value).toBe("open");
  expect(listeners.resumed).toHaveBeenCalledWith(true, expect.anything());
  expect(seqs()).toEqual([6, 7, 8]);
  expect(listeners.opened).toHaveBeenCalledTimes(1);
});

test("when what was missed is gone, it says so and goes on from there", async () => {
  await loaded();
  latest().lose();
  vi.advanceTimersByTime(20_000);
  latest().accept();
  latest().tell({ event: "resume", resumed: false, stream: "t", seq: 90 }, event(91));
  expect(listeners.resumed).toHaveBeenCalledWith(false, expect.anything());
  expect(seqs()).toEqual([91]);
});

test("it waits longer and longer", async () => {
  const link = await loaded();
  const pauses: number[] = [];
  for (let round = 0; round < 8; ++round) {
    latest().lose();
    pauses.push(link.retryAt.value! - Date.now());
    vi.advanceTimersByTime(20_000);
  }
  expect(pauses[0]).toBeLessThan(1_100);
  expect(pauses.at(-1)).toBeGreaterThan(7_000);
  expect(Math.max(...pauses)).toBeLessThan(16_000);
});

test("without a login it does not try again", () => {
  const link = new Link(listeners);
  link.open();
  latest().accept();
  latest().lose(1008);
  expect(link.state.value).toBe("refused");
  expect(listeners.refused).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(60_000);
  expect(FakeSocket.all).toHaveLength(1);
});

test("an answer is whose question it was", async () => {
  const link = await loaded();
  const one = link.request({ method: "send", message: "a" });
  const two = link.request({ method: "send", message: "b" });
  const [first, second] = latest().sent.slice(-2);
  latest().tell(
    { event: "sent", id: second!["id"], errors: [{ message: "Unknown command." }] },
    { event: "sent", id: first!["id"], nick: "ann" },
  );
  await expect(one).resolves.toMatchObject({ nick: "ann" });
  await expect(two).rejects.toThrow(ApiError);
});

test("questions of a lost link have no answer", async () => {
  const link = await loaded();
  const one = link.request({ method: "send" });
  latest().lose();
  await expect(one).rejects.toThrow(LinkLost);
  await expect(link.request({ method: "send" })).rejects.toThrow(LinkLost);
});

test("a link that does not answer is lost", async () => {
  const link = await loaded();
  vi.advanceTimersByTime(20_000);
  expect(latest().sent.at(-1)).toMatchObject({ method: "ping" });
  expect(link.state.value).toBe("open");
  vi.advanceTimersByTime(15_000);
  expect(link.state.value).toBe("lost");
});
