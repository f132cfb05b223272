#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// How much the page is, how soon it shows a message, beside a page that is
// nothing but text, and what one more message costs where 100,000 are held.
// Tells figures and fails for none of them.
// Usage: tests/bench/page.mjs PROGRAM (after tests/browser/run and deploy/build-web)
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { makePast } from "../browser/past.mjs";
import { startConvoy, startInspircd, stopAll } from "../browser/processes.mjs";
import { Scene } from "../browser/client/scene.mjs";
import { until } from "../browser/client/until.mjs";

const { chromium } = createRequire(new URL("../browser/package.json", import.meta.url))("playwright-core");
const [program] = process.argv.slice(2);
const webRoot = fileURLToPath(new URL("../../build/web", import.meta.url));
const rounds = 11;
const [held, more] = [100_000, 50];

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

const median = (times) => times.sort((one, other) => one - other)[Math.floor(times.length / 2)];

// To the first paint, and to the first line.
async function timesTo(page, url) {
  const [paints, lines] = [[], []];
  for (let round = 0; round < rounds; ++round) {
    await page.goto(url);
    lines.push(await page.waitForFunction(() => globalThis.firstLine).then((found) => found.jsonValue()));
    const paint = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
    paints.push(await page.waitForFunction(paint).then((found) => found.jsonValue()));
  }
  return { paint: median(paints), line: median(lines) };
}

// What the page's thread does for one message that is heard, in milliseconds.
async function costOfOne(page, eve, channel, name) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const busy = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find((each) => each.name === "TaskDuration").value * 1000;
  };
  // The page looks by itself, so that the looking costs next to nothing.
  const heard = (text) =>
    page.evaluate(
      (text) =>
        new Promise((done) => {
          const box = document.querySelector(".timeline-box");
          const isThere = () => [...box.querySelectorAll(".line-text")].slice(-3).some((each) => each.textContent === text);
          const observer = new MutationObserver(() => isThere() && (observer.disconnect(), done()));
          observer.observe(box, { childList: true, subtree: true });
        }),
      text
    );
  const begin = await busy();
  for (let at = 0; at < more; ++at) {
    const text = `${name} ${at}`;
    const answer = heard(text);
    eve.say(channel, text);
    await answer;
  }
  return ((await busy()) - begin) / more;
}

// As a reader who goes all the way up.
const scrollToBegin = (page) =>
  page.evaluate(async () => {
    const box = document.querySelector(".timeline-box");
    const isBegin = () => /history begins/.test(box.querySelector(".timeline-begin")?.textContent ?? "");
    while (!isBegin()) {
      box.dispatchEvent(new WheelEvent("wheel", { bubbles: true }));
      box.scrollTop = 0;
      box.dispatchEvent(new Event("scroll"));
      await new Promise((done) => requestAnimationFrame(done));
    }
  });

async function measurePast(browser, irc) {
  const [nick, channel, own] = ["ann", "#past", `${folder}/past`];
  await mkdir(own);
  const login = await makePast(program, own, { nick, channel, count: held, ircPort: irc });
  const { port } = await startConvoy(program, own, [`--web-root=${webRoot}`, "--irc-connect-delay=0"]);
  const scene = new Scene({ browser, irc, base: `http://127.0.0.1:${port}` });
  const ann = await scene.visit();
  await ann.login(login.email, login.password);
  const eve = await scene.irc("eve");
  await eve.join(channel);
  await until(async () => (await ann.call("GET", "/conversations")).conversations.some(({ frozen }) => frozen === ""), "ann is in");
  await ann.open(channel);
  await ann.hears(`tale ${held - 1} `);
  const few = await costOfOne(ann.page, eve, channel, "few");
  await scrollToBegin(ann.page);
  await ann.press("To the newest");
  await ann.hears(`few ${more - 1}`);
  const many = await costOfOne(ann.page, eve, channel, "many");
  console.log(`one more message: ${many.toFixed(1)} ms with ${held} held, ${few.toFixed(1)} ms with a screen of them`);
  await scene.end();
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
  const [first, other] = [await timesTo(ann.page, plain), await timesTo(ann.page, chat)];
  console.log(`medians of ${rounds}: first paint ${other.paint.toFixed(0)} ms, first message ${other.line.toFixed(0)} ms, ` +
    `${(other.line / first.line).toFixed(1)} times a bare page (${first.line.toFixed(0)} ms)`);
  await scene.end();
  await measurePast(browser, irc);
  await browser.close();
} finally {
  bare.close();
  stopAll();
  await rm(folder, { recursive: true, force: true });
}
