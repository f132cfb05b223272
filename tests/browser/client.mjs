// SPDX-License-Identifier: Apache-2.0
// Uses the page of Convoy in browsers, as people do.
// Usage: [ONLY=PATTERN] node client.mjs PROGRAM PAGE SCREENSHOTS (a folder, or
// "" for none)
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { chromium } from "playwright-core";
import { startConvoy, startInspircd, stopAll } from "./processes.mjs";
import { Scene } from "./client/scene.mjs";

const [program, webRoot, pictures] = process.argv.slice(2);
const only = new RegExp(process.env.ONLY ?? "");
const subjects = [
  "looking",
  "overlays",
  "covering",
  "entering",
  "fetching",
  "connecting",
  "talking",
  "withdrawing",
  "sending",
  "resuming",
  "remembering",
  "crowding",
  "reading",
  "people",
  "typing",
  "settling",
  "governing",
  "uploading",
  "attacking",
];

async function perform(stage, name, act) {
  const scene = new Scene(stage);
  const begin = performance.now();
  try {
    await act(scene);
    scene.assertNoFaults();
    console.log(`passed: ${name} (${((performance.now() - begin) / 1000).toFixed(1)} s)`);
    return true;
  } catch (why) {
    console.error(`failed: ${name}\n`, why);
    await scene.describe(name.replace(/\W+/g, "-"));
    return false;
  } finally {
    await scene.end();
  }
}

const folder = await mkdtemp(`${tmpdir()}/convoy-client-`);
let failed = 0;
try {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  const irc = await startInspircd(folder);
  const options = [`--web-root=${webRoot}`, "--open-registration", "--login-interval=0", "--irc-connect-delay=0"];
  const { port } = await startConvoy(program, `${folder}/node`, options);
  const stage = { program, webRoot, pictures, folder, browser, irc, base: `http://127.0.0.1:${port}` };
  const all = [];
  for (const subject of subjects) {
    const { tests } = await import(`./client/${subject}.mjs`);
    for (const [what, act] of Object.entries(tests)) all.push([`${subject}: ${what}`, act]);
  }
  const wanted = all.filter(([name]) => only.test(name));
  for (const [name, act] of wanted) {
    if (await perform(stage, name, act)) continue;
    // A browser that gets no processor for a while sees deadlines pass. What
    // fails twice is wrong; what failed once is said.
    if (await perform(stage, name, act)) console.log(`only the second time: ${name}`);
    else ++failed;
  }
  await browser.close();
} catch (why) {
  console.error(why);
  ++failed;
} finally {
  stopAll();
  await rm(folder, { recursive: true, force: true });
}
process.exit(failed > 0 ? 1 : 0);
