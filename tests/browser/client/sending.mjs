// SPDX-License-Identifier: Apache-2.0
// What becomes of what one says while something on the way is bad.
import assert from "node:assert/strict";
import { isLiveLink } from "./pipe.mjs";
import { becomes, until } from "./until.mjs";

const says = (text) => new RegExp(`PRIVMSG \\S+ :${text}$`);

// Somebody whose live link goes through a pipe, and who is heard on IRC.
async function connected(scene) {
  const channel = scene.name("#send");
  const eve = await scene.irc(scene.name("eve"));
  await eve.join(channel);
  const pipe = await scene.pipe(Number(new URL(scene.base).port), isLiveLink);
  const ann = await scene.person(scene.name("ann"), [channel], { base: `http://127.0.0.1:${pipe.port}` });
  return { channel, eve, pipe, ann };
}

const isOnItsWay = (ann, text) => ann.see("article", "Sending…").filter({ hasText: text }).waitFor();
const isWaiting = (ann, text) => ann.see("article", "Waits for the connection").filter({ hasText: text }).waitFor();
const isSent = (ann, text) =>
  becomes(() => ann.line(text).and(ann.page.locator("[data-row]")).count(), 1, `"${text}" is sent`);

// With which nonces a text is sent from now on.
async function noncesOf(ann, text) {
  const nonces = [];
  ann.page.on("websocket", (socket) =>
    socket.on("framesent", ({ payload }) => {
      const { message, nonce } = JSON.parse(payload);
      if (message === text) nonces.push(nonce);
    })
  );
  await ann.page.reload();
  await ann.composer.waitFor();
  await ann.log.waitFor();
  return nonces;
}

export const tests = {
  "sending, sent": async (scene) => {
    const { pipe, ann, eve } = await connected(scene);
    pipe.hold();
    await ann.says("slow");
    await isOnItsWay(ann, "slow");
    await eve.hears(says("slow"));
    pipe.release();
    await isSent(ann, "slow");
    assert.equal(await ann.see("article", "Sending…").count(), 0);
  },

  "an answer that is lost: sent again, said once": async (scene) => {
    const { pipe, ann, eve, channel } = await connected(scene);
    ann.allow(/WebSocket/);
    pipe.hold();
    await ann.says("only once");
    await eve.hears(says("only once"));
    pipe.cut();
    await isWaiting(ann, "only once");
    pipe.mend();
    await ann.press("Try again");
    await isSent(ann, "only once");
    await ann.says("and this");
    await eve.hears(says("and this"));
    assert.equal(eve.count(says("only once")), 1, `in ${channel}`);
  },

  "without a link messages wait, in their order, and outlive the page": async (scene) => {
    const { pipe, ann, eve } = await connected(scene);
    ann.allow(/WebSocket/);
    pipe.cut();
    await ann.reads("No connection to Convoy. What was missed will follow.");
    for (const each of ["one", "two", "three"]) {
      await ann.says(`number ${each}`);
      await isWaiting(ann, `number ${each}`);
    }
    await ann.reads("3 messages wait and will be sent in their order");
    const kept = await ann.page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.includes("outbox")));
    assert.deepEqual(
      kept.map(([, each]) => JSON.parse(each).text).sort(),
      ["number one", "number three", "number two"]
    );
    await ann.page.reload();
    pipe.mend();
    await ann.log.waitFor();
    for (const each of ["one", "two", "three"]) await isSent(ann, `number ${each}`);
    await eve.hears(says("number three"));
    const heard = await ann.texts();
    assert.deepEqual(
      heard.filter((each) => each.startsWith("number")),
      ["number one", "number two", "number three"]
    );
    assert.equal(eve.count(says("number one")), 1);
  },

  "two pages of a browser: what one leaves behind the other says, once, and not what was removed": async (scene) => {
    const { pipe, ann, eve } = await connected(scene);
    ann.allow(/WebSocket/);
    const other = await ann.besides();
    pipe.cut();
    for (const each of [ann, other]) await each.reads("No connection to Convoy");
    await ann.says("from one");
    await other.says("from the other");
    await ann.says("better not");
    for (const each of [ann, other])
      for (const text of ["from one", "from the other", "better not"]) await isWaiting(each, text);
    await other.line("better not").getByRole("button", { name: "Remove" }).click();
    await ann.line("better not").waitFor({ state: "detached" });
    await ann.page.close();
    pipe.mend();
    await other.press("Try again");
    for (const text of ["from one", "from the other"]) {
      await isSent(other, text);
      await eve.hears(says(text));
    }
    await other.says("and that is all");
    await eve.hears(says("and that is all"));
    assert.deepEqual(
      ["from one", "from the other", "better not"].map((text) => eve.count(says(text))),
      [1, 1, 0]
    );
    const kept = () => other.page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes("outbox")).length);
    await becomes(kept, 0, "nothing is kept");
  },

  "a reply that waits is read and edited as it was typed": async (scene) => {
    const { pipe, ann, eve, channel } = await connected(scene);
    ann.allow(/WebSocket/);
    eve.say(channel, "shall we dance?");
    await ann.hears("shall we dance?");
    pipe.cut();
    await ann.reads("No connection to Convoy");
    await ann.line("shall we dance?").hover();
    await ann.line("shall we dance?").getByRole("button", { name: "Reply" }).click();
    await ann.says("not now");
    const waiting = ann.see("article", "Waits for the connection").filter({ hasText: "not now" });
    await waiting.locator(".line-quote", { hasText: "shall we dance?" }).waitFor();
    assert.equal(await waiting.locator(".line-text").innerText(), "not now");
    await waiting.getByRole("button", { name: "Edit" }).click();
    assert.equal(await ann.composer.inputValue(), "not now");
    await ann.page.locator(".composer-reply", { hasText: "shall we dance?" }).waitFor();
    await ann.composer.press("Enter");
    pipe.mend();
    await ann.press("Try again");
    await isSent(ann, "not now");
    await ann.line("not now").locator(".line-quote", { hasText: "shall we dance?" }).waitFor();
    assert.equal(eve.count(says("not now")), 1);
  },

  "while the network is away messages wait for it": async (scene) => {
    const channel = scene.name("#send");
    const eve = await scene.irc(scene.name("eve"));
    await eve.join(channel);
    const pipe = await scene.pipe(scene.ircPort);
    const ann = await scene.person(scene.name("ann"), [channel], { port: pipe.port });
    pipe.cut();
    await ann.page.getByRole("status").filter({ hasText: /Disconnected|Connecting|Waiting to connect/ }).first().waitFor();
    for (const each of ["one", "two"]) {
      await ann.says(`number ${each}`);
      await ann.see("article", /^Waits until .* is connected$/).filter({ hasText: `number ${each}` }).waitFor();
    }
    pipe.mend();
    // Needs no IRC, and so does not wait behind them.
    await ann.says("/reconnect");
    for (const each of ["one", "two"]) await isSent(ann, `number ${each}`);
    await eve.hears(says("number two"));
    assert.equal(eve.count(says("number one")), 1);
    assert.equal(await ann.see("article", "Not sent").count(), 0);
  },

  "what waits for a channel that one has left is shown with what the server says": async (scene) => {
    const channel = scene.name("#send");
    const pipe = await scene.pipe(scene.ircPort);
    const ann = await scene.person(scene.name("ann"), [channel], { port: pipe.port });
    pipe.cut();
    await ann.page.getByRole("status").filter({ hasText: /Disconnected|Connecting|Waiting to connect/ }).first().waitFor();
    await ann.says("left behind");
    await ann.see("article", /^Waits until .* is connected$/).filter({ hasText: "left behind" }).waitFor();
    await ann.says("/part");
    const line = ann.see("article", /^Waits until /).filter({ hasText: `Message to ${channel}` });
    await line.waitFor();
    assert.equal(await line.locator(".line-text").innerText(), "left behind");
    assert.equal(await line.getByRole("button", { name: "Edit" }).count(), 0);
    pipe.mend();
    // It is not said where one is not any more.
    await ann.see("article", `Waits until you are in ${channel} again`).filter({ hasText: "left behind" }).waitFor();
    await line.getByRole("button", { name: "Remove" }).click();
    await line.waitFor({ state: "detached" });
  },

  "a network that one has left refuses at once": async (scene) => {
    const { ann } = await connected(scene);
    await ann.says("/disconnect");
    await ann.page.getByRole("status").filter({ hasText: "Disconnected" }).first().waitFor();
    await ann.says("hello?");
    await ann.see("article", "Not sent").filter({ hasText: "hello?" }).waitFor();
  },

  "refused, and tried again": async (scene) => {
    const { ann, eve, channel } = await connected(scene);
    eve.send(`MODE ${channel} +m`);
    await ann.reads(`${eve.nick} set +m`);
    await ann.says("may I speak?");
    const line = ann.see("article", "Not sent").filter({ hasText: "may I speak?" });
    await line.waitFor();
    eve.send(`MODE ${channel} -m`);
    await ann.reads(`${eve.nick} set -m`);
    await line.getByRole("button", { name: "Try again" }).click();
    await isSent(ann, "may I speak?");
    await eve.hears(says("may I speak\\?"));
  },

  "nobody knows, and one tries again": async (scene) => {
    const channel = scene.name("#send");
    const eve = await scene.irc(scene.name("eve"));
    await eve.join(channel);
    // This time the way to the network is bad.
    const pipe = await scene.pipe(scene.ircPort);
    const ann = await scene.person(scene.name("ann"), [channel], { port: pipe.port });
    const nonces = await noncesOf(ann, "did you hear?");
    pipe.hold();
    await ann.says("did you hear?");
    await eve.hears(says("did you hear\\?"));
    pipe.cut();
    const line = ann.see("article", "It is not known whether this was sent").filter({ hasText: "did you hear?" });
    await line.waitFor();
    pipe.mend();
    await until(() => eve.count(new RegExp(`:${ann.nick}!\\S+ JOIN`)) === 2, "the node is in the channel again");
    await line.getByRole("button", { name: "Try again" }).click();
    // The node says the same again, and nothing to the channel.
    await becomes(() => nonces.length, 2, "it is sent again");
    assert.equal(nonces[0], nonces[1]);
    await ann.says("was it you?");
    await eve.hears(says("was it you\\?"));
    assert.equal(eve.count(says("did you hear\\?")), 1, "it is said once");
    await line.waitFor();
    await line.getByRole("button", { name: "Remove" }).click();
    await line.waitFor({ state: "detached" });
  },
};
