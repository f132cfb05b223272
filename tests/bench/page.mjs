#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// How much the page is, and how soon it shows a message, beside a page that is
// nothing but text. Tells figures and fails for none of them.
// Usage: tests/bench/page.mjs PROGRAM (after tests/browser/run and deploy/build-web)
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { startConvoy, startInspircd, stopAll } from "../browser/processes.mjs";
import { Scene } from "../browser/client/scene.mjs";

const { chromium } = createRequire(new URL("../browser/package.json", import.meta.url))("playwright-core");
const [program] = process.argv.slice(2);
const webRoot = fileURLToPath(new URL("../../build/web", import.meta.url));
const rounds = 11;

// A file with all that it imports at once.
async function withImports(name, found = new Map()) {
  if (found.has(name)) return found;
  const text = await readFile(`${webRoot}/${name}`);
  found.set(name, gzipSync(text, { level: 9 }).length);
  if (name.endsWith(".js"))
    for (const [, other] of text.toString().matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) await withImports(`immutable/${other}`, found);
  return found;
}

async function sizes() {
  const page = await readFile(`${webRoot}/index.html`, "utf8");
  const found = new Map();
  for (const [, name] of page.matchAll(/(?:src|href)="\{\{BASE_PATH\}\}\/(immutable\/[^"]+)"/g)) await withImports(name, found);
  const sum = (ending) => [...found].reduce((total, [name, size]) => total + (name.endsWith(ending) ? size : 0), 0);
  return { script: sum(".js"), style: sum(".css") };
}

// When the first line of a conversation is there, by the page's own clock.
const noteFirstLine = () => {
  const look = () => {
    if (document.querySelector(".line-text")) globalThis.firstLine ??= performance.now();
    else requestAnimationFrame(look);
  };
  look();
};

async function timeTo(page, url) {
  const times = [];
  for (let round = 0; round < rounds; ++round) {
    await page.goto(url);
    times.push(await page.waitForFunction(() => globalThis.firstLine).then((found) => found.jsonValue()));
  }
  return times.sort((one, other) => one - other)[Math.floor(rounds / 2)];
}

const kibibytes = (size) => `${(size / 1024).toFixed(1)} KiB`;
const folder = await mkdtemp(`${tmpdir()}/convoy-page-`);
const bare = createServer((_, answer) => answer.setHeader("content-type", "text/html").end('<!DOCTYPE html><p class="line-text">hello'));
try {
  const { script, style } = await sizes();
  console.log(`first paint, gzip -9: script ${kibibytes(script)}, style ${kibibytes(style)}`);
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  const irc = await startInspircd(folder);
  const { port } = await startConvoy(program, `${folder}/node`, [`--web-root=${webRoot}`, "--open-registration"]);
  await new Promise((done) => bare.listen(0, "127.0.0.1", done));
  const scene = new Scene({ browser, irc, base: `http://127.0.0.1:${port}` });
  const ann = await scene.person("ann", ["#convoy"]);
  await ann.says("hello");
  await ann.hears("hello");
  await ann.context.addInitScript(noteFirstLine);
  const [plain, chat] = [`http://127.0.0.1:${bare.address().port}/`, ann.page.url()];
  const [first, other] = [await timeTo(ann.page, plain), await timeTo(ann.page, chat)];
  console.log(`first message, median of ${rounds}: ${other.toFixed(0)} ms, ${(other / first).toFixed(1)} times a bare page (${first.toFixed(0)} ms)`);
  await scene.end();
  await browser.close();
} finally {
  bare.close();
  stopAll();
  await rm(folder, { recursive: true, force: true });
}
