// SPDX-License-Identifier: Apache-2.0
// What was said before: scrolled to, searched for, jumped to.
import assert from "node:assert/strict";
import { becomes, until } from "./until.mjs";

const many = 400;

// A channel with a past, which somebody has told while nobody looked.
async function withPast(scene) {
  const [channel, other] = [scene.name("#past"), scene.name("#present")];
  const eve = await scene.irc(scene.name("eve"));
  await eve.join(channel);
  const ann = await scene.person(scene.name("ann"), [other, channel]);
  for (let at = 0; at < many; ++at) eve.say(channel, at === 7 ? "the needle in it" : `tale ${at} of many`);
  await becomes(() => ann.unread(channel), `${many} unread messages`, "all arrive unread");
  return { channel, eve, ann };
}

async function scrollTo(ann, edge) {
  await ann.log.hover();
  await ann.page.mouse.wheel(0, edge === "top" ? -3000 : 3000);
}

async function scrollUntil(ann, edge, isThere, what) {
  await until(async () => {
    if (await isThere()) return true;
    await scrollTo(ann, edge);
    return false;
  }, what);
}

export const tests = {
  "to the first unread message, to the begin, and back": async (scene) => {
    const { channel, ann } = await withPast(scene);
    await ann.place(channel).getByRole("link").click();
    await ann.hears(`tale ${many - 1} of many`);
    await ann.see("button", /unread messages$/).click();
    await ann.page.getByRole("separator", { name: "New messages" }).waitFor();
    await ann.hears("tale 0 of many");
    const begin = ann.page.getByText("This is where the history begins.");
    await scrollUntil(ann, "top", () => begin.isVisible(), "the begin is reached");
    // Only what is near to the view is in the page.
    assert.ok((await ann.log.getByRole("article").count()) < 200, "the list is virtual");
    await scrollUntil(ann, "bottom", () => ann.line(`tale ${many - 1} of many`).isVisible(), "newer ones come again");
  },

  "a search hit and a date lead to where something was said": async (scene) => {
    const { channel, ann, eve } = await withPast(scene);
    await ann.goto("/search");
    await ann.see("searchbox", "Search all conversations").fill("needle");
    await ann.page.getByRole("search").getByRole("button", { name: "Search" }).click();
    const hit = ann.page.getByRole("main").getByRole("link").filter({ hasText: "the needle in it" });
    await hit.getByText("needle", { exact: true }).and(ann.page.locator("mark")).waitFor();
    await hit.click();
    await ann.sees("heading", channel);
    await ann.hears("the needle in it");
    assert.ok(await ann.line("the needle in it").isVisible());
    assert.equal(await ann.line(`tale ${many - 1} of many`).count(), 0);
    await scrollUntil(ann, "bottom", () => ann.line(`tale ${many - 1} of many`).isVisible(), "it goes on from there");
    eve.say(channel, "live");
    await ann.hears("live");

    await ann.press("More about this conversation");
    await ann.press("Jump to a date", "menuitem");
    await ann.page.getByRole("dialog").getByRole("button", { name: "Jump" }).click();
    // The day began before the first of them.
    await ann.hears("tale 0 of many");
  },

  "a search is narrowed, turned round, and goes further back": async (scene) => {
    const { ann, eve } = await withPast(scene);
    await ann.goto("/search");
    await ann.see("searchbox", "Search all conversations").fill("tale");
    await ann.page.getByRole("search").getByRole("button", { name: "Search" }).click();
    const hits = ann.page.getByRole("main").getByRole("listitem");
    const first = hits.first();
    await ann.reads("50 messages so far.");
    await first.getByText(`tale ${many - 1} of many`).waitFor();
    await ann.press("Search further back");
    await ann.reads("100 messages so far.");
    assert.equal(await hits.count(), 100);
    await first.getByText(`tale ${many - 1} of many`).waitFor();
    await hits.last().getByText(`tale ${many - 100} of many`).waitFor();

    await ann.page.getByText("Narrow it down").click();
    await ann.fill("From whom", ann.nick);
    await ann.reads("Nothing was found");
    await ann.fill("From whom", eve.nick);
    await ann.reads("50 messages so far.");
    await ann.fill("Not after", "2000-01-01");
    await ann.reads("Nothing was found");
    await ann.fill("Not after", "");
    await ann.fill("Not before", "2000-01-01");
    await ann.page.getByLabel("Where", { exact: true }).selectOption({ index: 1 });
    await ann.page.getByLabel("Order", { exact: true }).selectOption("Best first");
    await ann.reads("50 messages so far.");
  },
};
