// SPDX-License-Identifier: Apache-2.0
// What is new, for whom, and that one browser knows what was read in another.
import assert from "node:assert/strict";
import { becomes } from "./until.mjs";

async function withTwoBrowsers(scene) {
  const [here, there] = [scene.name("#here"), scene.name("#there")];
  const eve = await scene.irc(scene.name("eve"));
  await eve.join(there);
  const ann = await scene.person(scene.name("ann"), [here, there]);
  const phone = await scene.visit();
  await phone.login(ann.email);
  await phone.open(here);
  return { here, there, eve, ann, phone };
}

// Keeps what the desktop would be told, for the browser has no desktop here.
function recordNotifications() {
  globalThis.told = [];
  globalThis.Notification = class {
    static permission = "granted";
    static requestPermission = async () => "granted";
    constructor(title, options) {
      globalThis.told.push([title, options.body]);
    }
    close() {}
  };
  document.hasFocus = () => false;
}

export const tests = {
  "two browsers of one person know what was read": async (scene) => {
    const { there, eve, ann, phone } = await withTwoBrowsers(scene);
    for (const each of ["one", "two", "three"]) eve.say(there, each);
    for (const each of [ann, phone]) await becomes(() => each.unread(there), "3 unread messages", "three are unread in both");
    await phone.page.bringToFront();
    await phone.place(there).getByRole("link").click();
    await phone.hears("three");
    for (const each of [phone, ann]) await becomes(() => each.unread(there), "", "read in both");
  },

  "mentions, and the page of notifications": async (scene) => {
    const { here, there, eve, ann } = await withTwoBrowsers(scene);
    const mentions = () => ann.see("link", /^Notifications/).innerText().then((text) => text.replace(/\D+/g, ""));
    // What is said to one alone calls, and is where it was said: the page does not list it.
    eve.say(ann.nick, "between us");
    await ann.place(eve.nick).getByText("One message for you").waitFor();
    await becomes(() => ann.page.title(), `(1) ${here} – Convoy`, "the title calls");
    assert.equal(await mentions(), "");
    eve.say(there, "nothing special");
    eve.say(there, `${ann.nick}: this is for you`);
    await becomes(mentions, "1", "it counts");
    await becomes(() => ann.page.title(), `(2) ${here} – Convoy`, "the title calls for both");
    await ann.place(there).getByText("One message for you").waitFor();
    await ann.see("link", /^Notifications/).click();
    const found = ann.page.getByRole("main").getByRole("listitem");
    await found.filter({ hasText: "this is for you" }).waitFor();
    assert.equal(await found.filter({ hasText: "nothing special" }).count(), 0);
    await ann.press("Mark all as read");
    await becomes(mentions, "", "none is left");
    await found.getByRole("link").click();
    await ann.sees("heading", there);
    await ann.hears("this is for you");
  },

  "older mentions are shown when one asks for them": async (scene) => {
    const { there, eve, ann } = await withTwoBrowsers(scene);
    const mentions = 70;
    for (let at = 0; at < mentions; ++at) eve.say(there, `${ann.nick}: call ${at}.`);
    await becomes(() => ann.unread(there), `${mentions} messages for you`, "all have come");
    await ann.goto("/chat");
    const found = ann.page.getByRole("main").getByRole("listitem");
    await found.first().getByText(`call ${mentions - 1}.`).waitFor();
    assert.equal(await found.count(), 60);
    await ann.press("Show older ones");
    await found.last().getByText("call 0.").waitFor();
    assert.equal(await found.count(), mentions);
    assert.equal(await ann.see("button", "Show older ones").count(), 0);
  },

  "highlight words": async (scene) => {
    const { there, eve, ann } = await withTwoBrowsers(scene);
    await ann.goto("/settings/words");
    await ann.fill("Words", "zeppelin\n");
    await ann.press("Save");
    await ann.reads("Saved.");
    await ann.goto("/chat");
    await ann.reads("Nobody has mentioned you yet");
    eve.say(there, "look, a Zeppelin!");
    // Nothing moves under the pointer: what is new is shown when one asks for it.
    await ann.press("Show one new");
    await ann.page.getByRole("main").getByRole("listitem").filter({ hasText: "look, a Zeppelin!" }).waitFor();
  },

  "a muted conversation is quiet": async (scene) => {
    const { here, there, eve, ann } = await withTwoBrowsers(scene);
    await ann.open(there);
    await ann.press("More about this conversation");
    await ann.press("Mute", "menuitem");
    await ann.open(here);
    eve.say(there, "psst");
    eve.say(there, `${ann.nick}: hey`);
    // What comes later is here: so are those.
    eve.say(ann.nick, "between us");
    await ann.place(eve.nick).getByText("One message for you").waitFor();
    assert.equal(await ann.place(there).locator(".side-link-muted").count(), 1);
    assert.equal(await ann.place(there).locator(".side-link-news").count(), 0);
    assert.equal(await ann.unread(there), "");
    assert.equal(await ann.page.title(), `(1) ${here} – Convoy`);
    await ann.open(there);
    await ann.hears("psst");
    await ann.hears("hey");
  },

  "the desktop is told of what is for one": async (scene) => {
    const { here, there, eve, ann } = await withTwoBrowsers(scene);
    await ann.goto("/settings/notifications");
    await ann.context.grantPermissions(["notifications"]);
    await ann.context.addInitScript(recordNotifications);
    await ann.page.reload();
    await ann.see("checkbox", /Show them on the desktop/).check();
    await ann.open(here);
    eve.say(there, "for nobody");
    eve.say(there, `\x02${ann.nick}\x02: \x0304come\x03 over`);
    await becomes(
      () => ann.page.evaluate(() => globalThis.told),
      [[`${eve.nick} – ${there}`, `${ann.nick}: come over`]],
      "the desktop is told once"
    );
  },
};
