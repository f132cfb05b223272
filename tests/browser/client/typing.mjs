// SPDX-License-Identifier: Apache-2.0
// What the keyboard does.
import assert from "node:assert/strict";
import { becomes } from "./until.mjs";

const suggestions = (visitor) => visitor.see("listbox", "Suggestions").getByRole("option");

export const tests = {
  "completion of commands, nicks, channels and emoji": async (scene) => {
    const channel = scene.name("#typing");
    const eve = await scene.irc(scene.name("evelyn"));
    await eve.join(channel);
    const ann = await scene.person(scene.name("ann"), [channel]);
    const text = () => ann.composer.inputValue();

    await ann.composer.pressSequentially("/");
    await suggestions(ann).filter({ hasText: "Marks you as away" }).waitFor();
    await ann.composer.pressSequentially("top");
    await becomes(() => suggestions(ann).count(), 1, "one is left");
    await ann.composer.press("Tab");
    assert.match(await text(), /^\/topic $/);
    await ann.reads("/topic [text]");

    await ann.composer.fill("");
    await ann.composer.pressSequentially("eve");
    await ann.composer.press("Tab");
    await becomes(text, `${eve.nick}: `, "a nick is completed");
    await ann.composer.pressSequentially("come to #typ");
    await ann.composer.press("Tab");
    await becomes(text, `${eve.nick}: come to ${channel} `, "a channel is completed");
    await ann.composer.pressSequentially(":tad");
    await suggestions(ann).first().waitFor();
    await ann.composer.press("Tab");
    await becomes(async () => /\p{Emoji_Presentation}/u.test(await text()), true, "an emoji is completed");

    // An emoji can be looked for as well.
    await ann.press("Emoji");
    await ann.see("searchbox", "Find an emoji").fill("anchor");
    await ann.see("button", /anchor/).first().click();
    await becomes(async () => (await text()).includes("⚓"), true, "an emoji is put in");
  },

  "keys: their list, what was said before, another conversation": async (scene) => {
    const [first, second] = [scene.name("#aaa"), scene.name("#bbb")];
    const ann = await scene.person(scene.name("ann"), [first, second]);
    await ann.says("said once");
    await ann.hears("said once");
    await ann.composer.press("ArrowUp");
    await becomes(() => ann.composer.inputValue(), "said once", "it comes again");
    await ann.composer.fill("");
    await ann.page.keyboard.press("Alt+ArrowDown");
    await ann.sees("heading", second);
    await ann.page.keyboard.press("Alt+ArrowUp");
    await ann.sees("heading", first);
    await ann.log.focus();
    await ann.page.keyboard.press("?");
    const overlay = ann.see("dialog", "Keys");
    await overlay.getByText("Next unread conversation").waitFor();
    await ann.page.keyboard.press("Escape");
    await overlay.waitFor({ state: "detached" });
    // The messages can be walked through.
    await ann.log.focus();
    await ann.page.keyboard.press("ArrowUp");
    await becomes(() => ann.line("said once").evaluate((each) => each === document.activeElement), true, "a message has the focus");
  },

  "Tab begins with the way past the conversations": async (scene) => {
    const channel = scene.name("#aaa");
    const ann = await scene.person(scene.name("ann"), [channel]);
    const focused = () => ann.page.evaluate(() => document.activeElement.ariaLabel ?? document.activeElement.innerText);
    await ann.goto("/settings");
    await ann.sees("heading", "Account");
    await ann.page.keyboard.press("Tab");
    assert.equal(await focused(), "Skip to the conversation");
    await ann.page.keyboard.press("Tab");
    await ann.page.keyboard.press("Tab");
    assert.equal(await focused(), "Keys", "the conversations are next");
    await ann.page.keyboard.press("Shift+Tab");
    await ann.page.keyboard.press("Shift+Tab");
    await ann.page.keyboard.press("Enter");
    await becomes(() => ann.page.evaluate(() => document.activeElement.id), "main", "it leads past them");
    await ann.page.keyboard.press("Tab");
    assert.ok(await ann.page.evaluate(() => document.activeElement.closest("main") !== null), "Tab goes on there");
  },

  "what others say is told to who cannot see it": async (scene) => {
    const channel = scene.name("#aaa");
    const eve = await scene.irc(scene.name("eve"));
    await eve.join(channel);
    const ann = await scene.person(scene.name("ann"), [channel]);
    const told = ann.page.locator("[aria-live=polite].visually-hidden");
    eve.say(channel, "ships \x02ahoy\x02");
    await told.getByText(`${eve.nick}: ships ahoy`).waitFor({ state: "attached" });
    await ann.says("heard");
    await ann.hears("heard");
    assert.equal(await told.getByText("heard").count(), 0);
  },

  "Ctrl-K goes anywhere": async (scene) => {
    const [first, second] = [scene.name("#aaa"), scene.name("#bbb")];
    const ann = await scene.person(scene.name("ann"), [first, second]);
    const goTo = async (words) => {
      await ann.page.keyboard.press("Control+k");
      await ann.see("combobox", "Where to?").fill(words);
      await ann.page.getByRole("option").first().waitFor();
      await ann.page.keyboard.press("Enter");
    };
    await goTo(second);
    await ann.sees("heading", second);
    await goTo("devices");
    await ann.sees("heading", "Devices");
    await goTo("dark theme");
    await becomes(() => ann.page.evaluate(() => document.documentElement.dataset.theme), "dark", "it does things");
    await goTo(scene.name("#newplace"));
    await ann.sees("heading", /^#newplace/);
  },
};
