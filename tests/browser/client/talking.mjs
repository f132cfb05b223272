// SPDX-License-Identifier: Apache-2.0
// What people say to each other.
import assert from "node:assert/strict";
import { becomes } from "./until.mjs";

// Two of them in a channel, each with a browser.
async function pair(scene) {
  const channel = scene.name("#talk");
  const ann = await scene.person(scene.name("ann"), [channel]);
  const bob = await scene.person(scene.name("bob"), [channel]);
  return { channel, ann, bob };
}

export const tests = {
  "two browsers talk to each other": async (scene) => {
    const { ann, bob } = await pair(scene);
    await ann.says("good <b>morning</b> & more");
    await bob.hears("good <b>morning</b> & more");
    await bob.says(`${ann.nick}: the same to you`);
    await ann.hears("the same to you");
    await ann.says("/me waves");
    await bob.hears(`${ann.nick} waves`);
    // What one says oneself is there once.
    await becomes(
      async () => (await ann.texts()).filter((each) => each.includes("morning")),
      ["good <b>morning</b> & more"],
      "the own message is there once"
    );
    assert.equal(await ann.log.locator(".line-call").count(), 1);
    // As it is written in Great Britain, whose browser this is.
    assert.match(await ann.log.locator(".line-time").first().innerText(), /^\d\d:\d\d$/);
  },

  "a conversation of two": async (scene) => {
    const { ann, bob } = await pair(scene);
    await ann.says(`/query ${bob.nick}`);
    await ann.sees("heading", bob.nick);
    await ann.says("are you there?");
    await bob.place(ann.nick).getByRole("link").click();
    await bob.hears("are you there?");
    await bob.says("yes");
    await ann.hears("yes");
  },

  "replies, reactions, who is typing": async (scene) => {
    const { ann, bob } = await pair(scene);
    await ann.says("shall we dance?");
    await bob.hears("shall we dance?");
    await bob.line("shall we dance?").hover();
    await bob.line("shall we dance?").getByRole("button", { name: "Reply" }).click();
    await bob.types("with pleasure");
    await ann.reads(`${bob.nick} is typing…`);
    await bob.composer.press("Enter");
    await ann.line("with pleasure").locator(".line-quote").getByText("shall we dance?").waitFor();

    await ann.line("with pleasure").last().hover();
    await ann.line("with pleasure").last().getByRole("button", { name: "React" }).click();
    await ann.page.getByRole("textbox", { name: "Find an emoji" }).or(ann.page.getByRole("searchbox")).first().fill("heart");
    await ann.page.locator(".emoji-picker button").first().click();
    await bob.line("with pleasure").last().getByRole("button", { name: new RegExp(`from ${ann.nick}$`) }).waitFor();
  },

  "formatting, links, notices": async (scene) => {
    const channel = scene.name("#talk");
    const eve = await scene.irc(scene.name("eve"));
    await eve.join(channel);
    const ann = await scene.person(scene.name("ann"), [channel]);
    eve.say(channel, "plain \x02bold\x02 \x0304,01red\x03 \x1ditalic\x1d see https://example.org/a?b=c&d, (irc://irc.example/x)");
    await ann.hears("plain bold red italic see https://example.org/a?b=c&d, (irc://irc.example/x)");
    const line = ann.line("plain bold");
    const weight = await line.getByText("bold", { exact: true }).evaluate((each) => getComputedStyle(each).fontWeight);
    assert.ok(Number(weight) >= 600, `bold is ${weight}`);
    const links = line.getByRole("link");
    await links.last().waitFor();
    assert.deepEqual(
      await links.evaluateAll((all) => all.map((each) => [each.href, each.rel])),
      [
        ["https://example.org/a?b=c&d", "noopener noreferrer"],
        ["irc://irc.example/x", "noopener noreferrer"],
      ]
    );
    eve.send(`NOTICE ${channel} :take note`);
    await ann.line("take note").getByText("Notice").waitFor();
  },

  "who comes and goes is one line": async (scene) => {
    const channel = scene.name("#talk");
    const ann = await scene.person(scene.name("ann"), [channel]);
    await ann.says("before");
    await ann.hears("before");
    const names = [scene.name("cat"), scene.name("dan"), scene.name("fay")];
    for (const each of names) (await scene.irc(each)).send(`JOIN ${channel}`);
    const folded = ann.log.getByRole("button", { name: `${names.join(", ")} came` });
    await folded.waitFor();
    await folded.click();
    await ann.log.getByRole("listitem").filter({ hasText: `${names[1]} came` }).waitFor();
  },

  "who comes and goes has a line each, or none": async (scene) => {
    const channel = scene.name("#talk");
    const ann = await scene.person(scene.name("ann"), [channel]);
    const choose = async (look) => {
      await ann.goto("/settings/looks");
      await ann.page.getByText(look, { exact: true }).click();
      await ann.open(channel);
    };
    const comes = async (name) => {
      const nick = scene.name(name);
      const person = await scene.irc(nick);
      await person.join(channel);
      person.say(channel, `${nick} is here`);
      await ann.hears(`${nick} is here`);
      return ann.log.getByText(`${nick} came`);
    };
    await choose("A line each");
    assert.equal(await (await comes("cat")).count(), 1);
    await choose("Not at all");
    assert.equal(await (await comes("dan")).count(), 0);
  },

  "a paste of many lines": async (scene) => {
    const { ann, bob } = await pair(scene);
    await ann.says("first line\nsecond line");
    await bob.hears("first line");
    await bob.hears("second line");
    const many = Array.from({ length: 60 }, (_, at) => `line ${at} of a long text`);
    await ann.says(many.join("\n"));
    // The node makes a file of it, and says where that is.
    await bob.log.getByRole("link", { name: /\/file\// }).waitFor();
  },
};
