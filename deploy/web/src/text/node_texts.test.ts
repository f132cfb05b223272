// SPDX-License-Identifier: Apache-2.0
// Whole sentences in the sources of the node: each is one that the page has in all languages, or
// one that people never read on it.
import { beforeAll, expect, test, vi } from "vitest";

import { setLanguage } from "./i18n";
import { reason } from "./reasons";

const sources = import.meta.glob<string>(
  [
    "../../../../{actors,protocol,net}/**/*.{cpp,hpp}",
    // What is read by who runs a node: at a command line, of figures, and in the logs.
    "!../../../../actors/{command_line,store}/**",
    "!../../../../net/{metrics,nats_*,tls_context,http_server}.*",
  ],
  { query: "?raw", import: "default", eager: true },
);

const forPrograms = new Set([
  // Only what somebody wrote asks for this, not the page.
  "A nonce may have 200 bytes.",
  "An id has 32 to 64 letters, digits, hyphens or underscores.",
  "Invalid method.",
  "Invalid JSON: half of a surrogate pair.",
  "Malformed request: bad target or host.",
  "Method not allowed.",
  "Method not implemented.",
  "No upload.",
  "Origin not allowed.",
  "Request header too large.",
  "There is a file of that id.",
  "This is not described.",
  "Unknown filename.",
  // Only who runs a node reads this.
  "Only a command on this machine may do this.",
  "The page of this site cannot be shown.",
  // Only others on the network read this.
  "Quitting...",
]);

const literal = /"((?:[^"\\\n]|\\.)*)"/g;
const literals = new RegExp(`${literal.source}(?:\\s*${literal.source})*`, "g");

/** What is written in pieces, one after the other, is one text. */
function textsOf(source: string): string[] {
  const code = source.replace(/^\s*(?:\/\/|#include).*$/gm, "");
  return [...code.matchAll(literals)].map(([pieces]) =>
    [...pieces.matchAll(literal)].map(([, piece = ""]) => piece.replace(/\\(["'\\])/g, "$1")).join(""),
  );
}

const sentences = new Set(
  Object.values(sources)
    .flatMap(textsOf)
    .filter((each) => /^[A-Z].*[a-z].*[.!]$/.test(each)),
);

// What is as it came is in no language of the page: in English some are the same word for word.
beforeAll(async () => {
  vi.stubGlobal("document", { documentElement: {} });
  await setLanguage("ar");
});

test("the sentences of the node are found", () => {
  expect(sentences).toContain("Not active in this room.");
  expect(sentences.size).toBeGreaterThan(100);
});

test("each is one that the page has, or that nobody reads there", () => {
  expect([...sentences].filter((each) => reason(each) === each && !forPrograms.has(each))).toEqual([]);
});

test("none is an exception that need not be", () => {
  expect([...forPrograms].filter((each) => !sentences.has(each) || reason(each) !== each)).toEqual([]);
});
