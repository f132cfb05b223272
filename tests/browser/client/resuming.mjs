// SPDX-License-Identifier: Apache-2.0
// The link is lost, or the node ends, under a page that is open.
import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { isLiveLink } from "./pipe.mjs";
import { becomes, until } from "./until.mjs";

const isHole = /may be missing/;
const joinsOf = (visitor) => new RegExp(`:${visitor.nick}!\\S+ JOIN`);
const mark = (visitor) => visitor.page.evaluate(() => void (globalThis.isSamePage = true));
const assertNotReloaded = async (visitor) =>
  assert.equal(await visitor.page.evaluate(() => globalThis.isSamePage), true, "the page was loaded anew");

const numbered = (begin, count) => Array.from({ length: count }, (_, at) => `word ${begin + at}`);
const wordsOf = async (visitor) => (await visitor.texts()).filter((each) => each.startsWith("word"));

// Ann has heard five words of eve, and has lost the link to the node at that port. `prepare`
// does something to her browser before.
async function cutOff(scene, channel, port, prepare = () => undefined) {
  const eve = await scene.irc(scene.name("eve"));
  await eve.join(channel);
  const pipe = await scene.pipe(port, isLiveLink);
  const ann = await scene.person(scene.name("ann"), [channel], { base: `http://127.0.0.1:${pipe.port}` });
  ann.allow(/WebSocket/);
  await prepare(ann);
  await ann.open(channel);
  await mark(ann);
  for (const each of numbered(0, 5)) eve.say(channel, each);
  await ann.hears("word 4");
  pipe.cut();
  await ann.reads("No connection to Convoy");
  return { eve, pipe, ann };
}

export const tests = {
  "a lost link: nothing is missing, nothing is there twice": async (scene) => {
    const channel = scene.name("#resume");
    const { eve, pipe, ann } = await cutOff(scene, channel, Number(new URL(scene.base).port));
    for (const each of numbered(5, 10)) eve.say(channel, each);
    const dan = await scene.irc(scene.name("dan"));
    await dan.join(channel);
    await eve.settle();
    pipe.mend();
    await ann.press("Try again");
    await ann.hears("word 14");
    eve.say(channel, "word 15");
    await ann.hears("word 15");
    assert.deepEqual(await wordsOf(ann), numbered(0, 16));
    await ann.reads(`${dan.nick} came`);
    assert.equal(await ann.page.getByText(isHole).count(), 0);
    await assertNotReloaded(ann);
  },

  "the node is killed and comes back": async (scene) => {
    const node = await scene.node(["--open-registration", "--irc-connect-delay=0"]);
    const channel = scene.name("#kill");
    const eve = await scene.irc(scene.name("eve"));
    await eve.join(channel);
    const ann = await scene.person(scene.name("ann"), [channel], { base: node.base });
    ann.allow(/WebSocket|ERR_CONNECTION|Failed to load/);
    await mark(ann);
    for (const each of numbered(0, 5)) eve.say(channel, each);
    await ann.hears("word 4");
    await node.die();
    await ann.reads("No connection to Convoy");
    await ann.says("word 5, said to nobody");
    await ann.says("word 6, said to nobody");
    await ann.see("article", "Waits for the connection").nth(1).waitFor();
    await node.rise();
    await ann.page.getByText("No connection to Convoy").waitFor({ state: "detached" });
    await until(() => eve.count(joinsOf(ann)) === 2, "the node is in the channel again");
    // They go by themselves once the node is on IRC and in the channel again.
    await eve.hears(/PRIVMSG \S+ :word 6/);
    for (const each of [5, 6]) assert.equal(eve.count(new RegExp(`PRIVMSG \\S+ :word ${each}`)), 1, `word ${each} is said once`);
    eve.say(channel, "word 7");
    await ann.hears("word 7");
    const all = [...numbered(0, 5), "word 5, said to nobody", "word 6, said to nobody", "word 7"];
    await becomes(() => wordsOf(ann), all, "all is there once");
    assert.equal(await ann.see("button", "Try again", { exact: true }).count(), 0);
    await assertNotReloaded(ann);
  },

  "more was missed than is told again: it is fetched, and the hole is shown": async (scene) => {
    const node = await scene.node(["--open-registration", "--irc-connect-delay=0", "--max-resumed-events=10"]);
    const channel = scene.name("#hole");
    const { eve, pipe, ann } = await cutOff(scene, channel, node.port);
    for (const each of numbered(5, 30)) eve.say(channel, each);
    await eve.settle();
    pipe.mend();
    await ann.press("Try again");
    await ann.hears("word 34");
    await ann.log.getByText(/^The connection was lost until .* Something may be missing here\.$/).waitFor();
    eve.say(channel, "word 35");
    await ann.hears("word 35");
    await becomes(() => wordsOf(ann), numbered(0, 36), "all is there once, in its order");
    await assertNotReloaded(ann);
  },

  "what is said before what was missed is fetched comes behind it": async (scene) => {
    const node = await scene.node(["--open-registration", "--irc-connect-delay=0", "--max-resumed-events=10"]);
    const channel = scene.name("#hole");
    // What the page asks for is late once, so that what is new comes before it.
    let beforeLoad;
    const delayLoad = ({ page }) =>
      page.routeWebSocket(/\/events/, (near) => {
        const far = near.connectToServer();
        near.onMessage((text) => {
          const act = JSON.parse(text).method === "load" && beforeLoad;
          if (act) void act().then(() => far.send(text));
          else far.send(text);
        });
        far.onMessage((text) => {
          near.send(text);
          if (/"message":"word 37"/.test(text)) heard();
        });
      });
    let heard;
    const isHeard = new Promise((done) => (heard = done));
    const { eve, pipe, ann } = await cutOff(scene, channel, node.port, delayLoad);
    for (const each of numbered(5, 30)) eve.say(channel, each);
    await eve.settle();
    beforeLoad = async () => {
      for (const each of numbered(35, 3)) eve.say(channel, each);
      await isHeard;
      await pause(500);
    };
    pipe.mend();
    await ann.press("Try again");
    await ann.hears("word 37");
    eve.say(channel, "word 38");
    await ann.hears("word 38");
    await becomes(() => wordsOf(ann), numbered(0, 39), "all is there once, in its order");
    const lines = await ann.log.locator("[data-row], .row-hole").allInnerTexts();
    const hole = lines.findIndex((each) => isHole.test(each));
    assert.match(lines[hole - 1], /word 4\b/);
    assert.match(lines[hole + 1], /word 5\b/);
    await assertNotReloaded(ann);
  },

  "a hole is shown": async (scene) => {
    const node = await scene.node(["--open-registration", "--irc-connect-delay=0"]);
    const channel = scene.name("#hole");
    const eve = await scene.irc(scene.name("eve"));
    await eve.join(channel);
    const ann = await scene.person(scene.name("ann"), [channel], { base: node.base });
    ann.allow(/WebSocket|ERR_CONNECTION|Failed to load/);
    eve.say(channel, "before");
    await ann.hears("before");
    await node.die();
    await ann.reads("No connection to Convoy");
    // The node was not on IRC meanwhile, and knows it.
    eve.say(channel, "heard by nobody");
    await node.rise();
    await until(() => eve.count(joinsOf(ann)) === 2, "the node is in the channel again");
    eve.say(channel, "after");
    await ann.hears("after");
    await ann.page.getByText(isHole).first().waitFor();
  },
};
