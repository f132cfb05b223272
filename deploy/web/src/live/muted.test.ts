// SPDX-License-Identifier: Apache-2.0
import { expect, test, vi } from "vitest";

const kept = new Map<string, string>();
vi.stubGlobal("localStorage", {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
});
const hearing: ((event: { key: string; newValue: string | null }) => void)[] = [];
vi.stubGlobal("addEventListener", (_: string, listener: (typeof hearing)[0]) => hearing.push(listener));

const muted = await import("./muted");
const drafts = await import("../chat/drafts");
const { Conversation } = await import("./models");

const [one, other] = [new Conversation("irc", "#a", "#a"), new Conversation("irc", "#b", "#b")];

/** Another page of the browser writes something. */
function write(key: string, value: unknown, isHeard = true) {
  kept.set(key, JSON.stringify(value));
  if (isHeard) hearing.forEach((each) => each({ key, newValue: JSON.stringify(value) }));
}

test("what another page mutes is muted, and stays so", () => {
  write("convoy.muted", ["irc/#a"]);
  expect(muted.isMuted(one)).toBe(true);
  write("convoy.muted", ["irc/#a", "irc/#c"], false);
  muted.setMuted(other, true);
  expect(JSON.parse(kept.get("convoy.muted")!)).toEqual(["irc/#a", "irc/#c", "irc/#b"]);
});

test("what another page has of a draft stays", () => {
  write("convoy.drafts", { "/irc/#a": "theirs" });
  expect(drafts.draftOf(one)).toBe("theirs");
  write("convoy.drafts", { "/irc/#a": "theirs, longer" }, false);
  drafts.keepDraft(other, "mine");
  expect(JSON.parse(kept.get("convoy.drafts")!)).toEqual({ "/irc/#a": "theirs, longer", "/irc/#b": "mine" });
  drafts.keepDraft(other, "");
  expect(drafts.draftOf(one)).toBe("theirs, longer");
});
