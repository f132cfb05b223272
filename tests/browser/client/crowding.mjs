// SPDX-License-Identifier: Apache-2.0
// A channel of 100,000 messages.
import assert from "node:assert/strict";
import { dayOf, makePast, textOf } from "../past.mjs";
import { becomes, until } from "./until.mjs";

const count = 100_000;
const mostRows = 250;

// What holds the page up for so long that one notices, and how much of it there was.
const recordLongTasks = () => {
  globalThis.longTasks = [];
  new PerformanceObserver((list) => globalThis.longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
    type: "longtask",
  });
};

// Which of the tales are in the page, in their order: also those that are not measured yet,
// and not shown.
const textsOf = (ann) => ann.log.locator(".line-text").allTextContents();
const tales = async (ann) => (await textsOf(ann)).map((each) => Number(/^tale (\d+) /.exec(each)?.[1] ?? -1)).filter((each) => each >= 0);

// No hole in what is shown, and not more than is near to the view.
async function assertWhole(ann) {
  assert.ok((await ann.page.locator("[data-row]").count()) < mostRows, "only what is near to the view is in the page");
  const shown = await tales(ann);
  assert.deepEqual(shown, shown.map((_, at) => shown[0] + at), "one follows the other");
}

async function jumpTo(ann, day) {
  await ann.press("More about this conversation");
  await ann.press("Jump to a date", "menuitem");
  await ann.page.getByRole("dialog").getByLabel("Date").fill(day);
  await ann.page.getByRole("dialog").getByRole("button", { name: "Jump" }).click();
}

// With the wheel, until one of the tales is in the page.
async function scrollTo(ann, tale, by) {
  await ann.log.hover();
  await until(async () => {
    await assertWhole(ann);
    if ((await tales(ann)).includes(tale)) return true;
    await ann.page.mouse.wheel(0, by);
    return false;
  }, `tale ${tale} is scrolled to`);
}

export const tests = {
  "100,000 messages: by date, by wheel, and one more": async (scene) => {
    const [nick, channel] = [scene.name("ann"), scene.name("#past")];
    let login;
    const node = await scene.node(["--irc-connect-delay=0"], async (folder) => {
      login = await makePast(scene.stage.program, folder, { nick, channel, count, ircPort: scene.ircPort });
    });
    const ann = await scene.visit({ base: node.base });
    await ann.context.addInitScript(recordLongTasks);
    await ann.login(login.email, login.password);
    await ann.open(channel);
    await ann.hears(textOf(count - 1));
    await assertWhole(ann);

    for (const at of [0, 50_000, 20_000, 99_000]) {
      await jumpTo(ann, dayOf(at));
      await ann.hears(textOf(at));
      await assertWhole(ann);
      await scrollTo(ann, at + 300, 1200);
      await scrollTo(ann, at, -1200);
    }
    await jumpTo(ann, dayOf(0));
    await ann.hears(textOf(0));
    await ann.reads("This is where the history begins.");
    // Once more, from elsewhere, to the day that the address has already.
    await scrollTo(ann, 600, 1200);
    await jumpTo(ann, dayOf(0));
    await ann.hears(textOf(0));
    await assertWhole(ann);

    await ann.press("To the newest");
    await ann.hears(textOf(count - 1));
    await scrollTo(ann, count - 1500, -1200);
    const height = () => ann.log.evaluate((box) => box.scrollHeight);
    const whenLong = await height();
    await ann.press("To the newest");
    await ann.hears(textOf(count - 1));
    await until(async () => (await height()) < whenLong / 2, "what is far above is forgotten");
    await assertWhole(ann);
    assert.ok(await ann.line(textOf(count - 1)).isVisible(), "the newest is still in sight");
    const isAtEnd = () => ann.log.evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight < 2);
    assert.ok(await isAtEnd(), "nothing has moved");
    await scrollTo(ann, count - 1000, -1200);
    await ann.press("To the newest");
    await ann.hears(textOf(count - 1));
    const eve = await scene.irc(scene.name("eve"));
    await eve.join(channel);
    await becomes(() => ann.see("button", /^People: /).getAttribute("aria-label"), "People: 2", "both are there");
    for (const each of ["one more", "and one more", "the last"]) {
      eve.say(channel, each);
      await ann.hears(each);
      await assertWhole(ann);
    }
    const tasks = await ann.page.evaluate(() => globalThis.longTasks);
    console.log(`tasks over 50 ms: ${tasks.length}, the longest ${Math.max(0, ...tasks)} ms`);
  },
};
