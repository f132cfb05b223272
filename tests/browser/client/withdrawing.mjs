// SPDX-License-Identifier: Apache-2.0
// Messages that are taken back, and people whom one does not want to hear.
import assert from "node:assert/strict";
import { becomes } from "./until.mjs";

const isGone = "This message was taken back.";

async function takeBack(visitor, text) {
  const line = visitor.line(text);
  await line.hover();
  await line.getByRole("button", { name: "More" }).click();
  await visitor.press("Take back", "menuitem");
  // The question says which one.
  await visitor.page.getByRole("dialog").getByText(text).waitFor();
  await visitor.page.getByRole("dialog").getByRole("button", { name: "Take back" }).click();
}

const gone = (visitor) => visitor.log.locator(".line-text").getByText(isGone).count();

export const tests = {
  "a message is taken back by who wrote it, and by an operator": async (scene) => {
    const port = await scene.redactingIrc();
    const channel = scene.name("#words");
    const ann = await scene.person(scene.name("ann"), [channel], { port });
    const bob = await scene.person(scene.name("bob"), [channel], { port });
    await ann.says("first of all");
    await bob.hears("first of all");
    await bob.says("my password is moon");
    await bob.says("something rude");
    for (const each of [ann, bob]) await each.hears("something rude");

    // Not by somebody else.
    await bob.line("first of all").hover();
    await bob.line("first of all").getByRole("button", { name: "More" }).click();
    await bob.sees("menuitem", "Copy the text");
    assert.equal(await bob.see("menuitem", "Take back").count(), 0);
    await bob.page.keyboard.press("Escape");

    await takeBack(bob, "my password is moon");
    for (const each of [ann, bob]) await becomes(() => gone(each), 1, "its author has taken it back");
    assert.equal(await ann.page.getByText("moon").count(), 0);
    await takeBack(ann, "something rude");
    for (const each of [ann, bob]) await becomes(() => gone(each), 2, "an operator has taken it back");

    await bob.page.reload();
    await bob.hears("first of all");
    await becomes(() => gone(bob), 2, "the history has it neither");
    await bob.goto("/search?match=moon");
    await bob.reads("Nothing was found");
  },

  "somebody is ignored, and heard again": async (scene) => {
    const channel = scene.name("#words");
    const eve = await scene.irc(scene.name("eve"));
    await eve.join(channel);
    const ann = await scene.person(scene.name("ann"), [channel]);
    eve.say(channel, "hello");
    await ann.hears("hello");
    await ann.log.getByRole("button", { name: eve.nick }).click();
    const card = ann.page.getByRole("dialog");
    await card.getByRole("button", { name: "Ignore" }).click();
    await ann.reads(`Nothing of ${eve.nick} is shown from now on.`);
    await ann.page.keyboard.press("Escape");
    eve.say(channel, "buy my ships");
    await eve.settle();
    await ann.says(`/unignore ${eve.nick}`);
    await ann.reads("Ignored: none");
    eve.say(channel, "are you there?");
    await ann.hears("are you there?");
    assert.equal(await ann.line("buy my ships").count(), 0);
  },
};
