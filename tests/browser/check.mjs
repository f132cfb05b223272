// SPDX-License-Identifier: Apache-2.0
// Uses Convoy in a browser as a person does. Usage: node check.mjs PROGRAM
// SCREENSHOTS (a folder, or "" for none)
import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { startConvoy, startIrc, startProxy, stopAll } from "./processes.mjs";

const [program, screenshots] = process.argv.slice(2);
const patience = 20_000;

// The front end with the page that operators get for it.
async function makeWebRoot(folder) {
  const root = `${folder}/web`;
  await cp(fileURLToPath(new URL("web", import.meta.url)), root, { recursive: true });
  const page = await readFile(new URL("../../deploy/convos-front-end/index.html", import.meta.url), "utf8");
  await writeFile(`${root}/index.html`, page.replaceAll("NAME", (name, at) => (/[A-Z_]/.test(page[at - 1]) ? name : "app")));
  return root;
}

// Everything that a person does first, one after the other.
async function visit(browser, base, irc, name) {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  const faults = [];
  page.on("pageerror", (why) => faults.push(String(why)));
  page.on("console", (line) => line.type() === "error" && faults.push(line.text()));
  const answers = [];
  page.on("response", (answer) => answers.push([new URL(answer.url()), answer.status()]));
  const texts = (selector) => page.locator(selector).allTextContents();
  const fill = async (form, values) => {
    for (const [key, value] of Object.entries(values))
      await page.fill(`#${form} [name=${key}]`, value);
    await page.click(`#${form} button`);
  };
  const picture = (what) =>
    screenshots && page.screenshot({ path: `${screenshots}/${name}-${what}.png` });

  const first = await page.goto(`${base}/`);
  assert.equal(first.status(), 200);
  const account = { email: "ann@example.com", password: "correct horse" };
  await fill("register", account);
  await page.waitForSelector("#me");

  await fill("add", { url: `irc://127.0.0.1:${irc}/?tls=0&nick=${name}` });
  await page.waitForSelector("#state:text-is('connected')");
  await fill("join", { channel: "#convoy.js" });
  await page.waitForSelector(`#people:has-text("${name}")`);
  await fill("talk", { message: `good <b>morning</b> ${name}` });
  const said = `${name}: good <b>morning</b> ${name}`;
  await page.waitForSelector(`#messages li:text-is("${said}")`);

  // Again, as somebody who comes back: a conversation's page has a dot in it.
  await page.goto(`${base}/chat/irc-localhost/${encodeURIComponent("#convoy.js")}`);
  await page.waitForSelector(`#messages li:text-is("${said}")`);
  await page.waitForSelector(`#people:has-text("${name}")`);
  assert.equal((await texts("#messages li")).filter((each) => each === said).length, 1);
  await fill("search", { match: "morning" });
  await page.waitForSelector(`#hits li:has-text("irc-localhost/#convoy.js")`);
  await picture("chat");

  await page.click("#logout");
  await page.waitForURL(`${base}/login`);
  await page.waitForSelector("#login");
  // The page of a visitor: who logs in on it can log out from it.
  await fill("login", { ...account, password: "wrong horse !" });
  await page.waitForSelector("#error:text-is('Invalid email or password.')");
  await fill("login", account);
  await page.waitForSelector(`#messages li:text-is("${said}")`);
  await page.click("#logout");
  await page.waitForURL(`${base}/login`);
  await page.waitForSelector("#login");
  await picture("login");
  assert.ok(answers.some(([url, status]) => url.pathname === "/assets/app.woff2" && status === 200));
  // But for the wrong password.
  const refused = answers.filter(([url, status]) => status >= 400 && !url.pathname.endsWith("/user/login"));
  assert.deepEqual(refused, []);
  assert.equal((await context.cookies(`${base}/`)).some((each) => each.name === "convos"), false);

  const missing = await page.goto(`${base}/err/404`);
  assert.equal(missing.status(), 404);
  // The browser says so too, of this and of the wrong password.
  assert.deepEqual(faults.filter((each) => !/status of 40[04]/.test(each)), []);
  await context.close();
}

const folder = await mkdtemp(`${tmpdir()}/convoy-browser-`);
let failed = false;
try {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  const irc = await startIrc(folder);
  const webRoot = await makeWebRoot(folder);
  const atRoot = await startConvoy(program, `${folder}/root`, [`--web-root=${webRoot}`]);
  await visit(browser, `http://127.0.0.1:${atRoot.port}`, irc, "root");
  console.log("passed: at the root of a site");
  const behind = await startConvoy(program, `${folder}/sub`, [
    `--web-root=${webRoot}`,
    "--trust-proxy=loopback",
  ]);
  const site = await startProxy(folder, "/convoy", behind.port);
  await visit(browser, `http://127.0.0.1:${site}/convoy`, irc, "sub");
  console.log("passed: below a path, behind a proxy");
  await browser.close();
} catch (why) {
  console.error(why);
  failed = true;
} finally {
  stopAll();
  await rm(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
