// SPDX-License-Identifier: Apache-2.0
// Who is there, what they may do, and what a channel is like.
import assert from "node:assert/strict";
import { becomes } from "./until.mjs";

const panel = (visitor) => visitor.see("complementary", "People");
const person = (visitor, nick) => panel(visitor).getByRole("button").filter({ hasText: nick });

export const tests = {
  "participants, their modes, cards": async (scene) => {
    const channel = scene.name("#people");
    const eve = await scene.irc(scene.name("eve"), { realName: "Eve <b>of</b> Test" });
    await eve.join(channel);
    const ann = await scene.person(scene.name("ann"), [channel]);
    await person(ann, eve.nick).getByText("(Operator)").waitFor();
    await person(ann, ann.nick).getByText("(you)").waitFor();
    eve.send(`MODE ${channel} +v ${ann.nick}`);
    await person(ann, ann.nick).getByText("(Voice, you)").waitFor();
    eve.send(`NICK ${eve.nick}x`);
    await person(ann, `${eve.nick}x`).click();
    const card = ann.page.getByRole("dialog");
    await card.getByText("Eve <b>of</b> Test").waitFor();
    assert.equal(await card.locator("dd b").count(), 0);
    await ann.page.keyboard.press("Escape");
    await card.waitFor({ state: "detached" });
    eve.leave();
    await becomes(() => panel(ann).getByRole("button").filter({ hasText: eve.nick }).count(), 0, "who left is gone");
  },

  "nobody moves under the pointer": async (scene) => {
    const channel = scene.name("#people");
    const ann = await scene.person(scene.name("ann"), [channel]);
    const others = [];
    for (const name of ["bea", "cleo"]) {
      others.push(await scene.irc(scene.name(name)));
      await others.at(-1).join(channel);
    }
    const [bea, cleo] = others;
    const nicks = () => panel(ann).locator(".person bdi").allInnerTexts();
    await becomes(nicks, [ann.nick, bea.nick, cleo.nick], "operators come first, then by nick");
    await person(ann, bea.nick).hover();
    // Without the pointer.
    await ann.composer.fill(`/voice ${cleo.nick}`);
    await ann.composer.press("Enter");
    await person(ann, cleo.nick).getByText("(Voice)").waitFor();
    assert.deepEqual(await nicks(), [ann.nick, bea.nick, cleo.nick]);
    const abe = await scene.irc(scene.name("abe"));
    await abe.join(channel);
    await becomes(nicks, [ann.nick, bea.nick, cleo.nick, abe.nick], "who is new follows");
    await ann.log.hover();
    await becomes(nicks, [ann.nick, cleo.nick, abe.nick, bea.nick], "they are sorted when the pointer is gone");
    // So it is for who goes through them with the keyboard.
    await person(ann, abe.nick).focus();
    await ann.page.keyboard.press("Shift+Tab");
    abe.send(`NICK z${abe.nick}`);
    await becomes(nicks, [ann.nick, cleo.nick, bea.nick, `z${abe.nick}`], "a new name follows");
    const zoe = await scene.irc(scene.name("aza"));
    await zoe.join(channel);
    await becomes(nicks, [ann.nick, cleo.nick, bea.nick, `z${abe.nick}`, zoe.nick], "so does who is new");
    await ann.composer.focus();
    await becomes(nicks, [ann.nick, cleo.nick, zoe.nick, bea.nick, `z${abe.nick}`], "they are sorted then");
  },

  "who is away": async (scene) => {
    const channel = scene.name("#people");
    const eve = await scene.irc(scene.name("eve"));
    await eve.join(channel);
    const ann = await scene.person(scene.name("ann"), [channel]);
    eve.send("AWAY :gone \x02fishing\x02");
    await person(ann, eve.nick).getByText("(Operator, Away)").waitFor();
    eve.send("AWAY");
    await person(ann, eve.nick).getByText("(Operator)").waitFor();
    // A conversation of two says it at its top.
    await ann.says(`/query ${eve.nick}`);
    await ann.sees("heading", eve.nick);
    const header = ann.page.locator(".talk-header");
    await header.getByText("localhost").waitFor();
    assert.equal(await header.getByText("Away").count(), 0);
    eve.send("AWAY :gone \x02fishing\x02");
    await header.getByText("Away: gone fishing").waitFor();
    eve.send("AWAY");
    await header.getByText("Away").waitFor({ state: "detached" });

    await ann.open(channel);
    await ann.says("/away back soon");
    await becomes(async () => {
      eve.send(`WHOIS ${ann.nick}`);
      await eve.settle();
      return eve.count(/ 301 .* :back soon$/) > 0;
    }, true, "others are told");
    // The server tells nobody of themselves: it is asked when the channel is opened.
    await ann.page.reload();
    await person(ann, ann.nick).getByText("(Away, you)").waitFor();
  },

  "topic, modes, and who is made to leave": async (scene) => {
    const channel = scene.name("#people");
    const ann = await scene.person(scene.name("ann"), [channel]);
    const eve = await scene.irc(scene.name("eve"));
    await eve.join(channel);
    await ann.press("Set a topic");
    const dialog = ann.page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Topic" }).fill("Of ships & <i>tides</i>");
    await dialog.getByRole("checkbox", { name: "Only who has a voice may speak" }).check();
    await dialog.getByRole("button", { name: "Save" }).click();
    await eve.hears(/TOPIC \S+ :Of ships & <i>tides<\/i>$/);
    await eve.hears(/MODE \S+ :?\+m/);
    await ann.page.getByRole("banner").or(ann.page.locator("header")).getByText("Of ships & <i>tides</i>").first().waitFor();
    await person(ann, eve.nick).click();
    await dialog.getByRole("button", { name: "Give voice" }).click();
    await eve.hears(/MODE \S+ :?\+v/);
    await dialog.getByRole("button", { name: "Remove" }).click();
    await ann.page.getByRole("dialog").last().getByRole("button", { name: "Remove" }).click();
    await eve.hears(/ KICK /);
    await ann.log.getByText(`${eve.nick} was removed by ${ann.nick}`).waitFor();
  },

  "a key, a limit and a ban": async (scene) => {
    const [channel, other] = [scene.name("#people"), scene.name("#other")];
    const ann = await scene.person(scene.name("ann"), [channel]);
    const bob = await scene.person(scene.name("bob"), [other]);
    const dialog = ann.page.getByRole("dialog");
    const openSettings = async () => {
      await ann.press("More about this conversation");
      await ann.press("Channel settings", "menuitem");
      await dialog.getByLabel("Key").waitFor();
    };
    await openSettings();
    await dialog.getByLabel("Key").fill("sesame");
    await dialog.getByLabel("Limit of people").fill("2");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "detached" });

    // Who has no key is told so, and asked for one.
    await bob.says(`/join ${channel}`);
    await bob.place(channel).getByRole("link").click();
    const notice = bob.page.locator(".frozen");
    await notice.getByText("This channel has a key: join with the right one.").waitFor();
    await notice.getByLabel("Key").fill("sesame");
    await notice.getByRole("button", { name: "Join" }).click();
    await notice.waitFor({ state: "detached" });
    await bob.says("the key fits");
    await ann.hears("the key fits");

    const eve = await scene.irc(scene.name("eve"));
    eve.send(`JOIN ${channel} sesame`);
    await eve.hears(/ 471 /);

    await ann.says("/ban nobody!*@*");
    await openSettings();
    await dialog.getByText("nobody!*@*").waitFor();
    await dialog.getByRole("button", { name: "Lift the ban of nobody!*@*" }).click();
    await dialog.getByText("nobody!*@*").waitFor({ state: "detached" });
    // What is saved leaves the key and the limit as they are.
    await dialog.getByRole("checkbox", { name: "Hidden from lists" }).check();
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "detached" });
    await ann.log.getByText(`${ann.nick} set +s`).waitFor();
    eve.send(`JOIN ${channel}`);
    await eve.hears(/ 475 /);
    await ann.says("/mode -l");
    await ann.log.getByText(`${ann.nick} set -l`).waitFor();
    eve.send(`JOIN ${channel} sesame`);
    await eve.hears(/ 366 /);
  },

  "to leave a channel": async (scene) => {
    const [channel, other] = [scene.name("#people"), scene.name("#other")];
    const ann = await scene.person(scene.name("ann"), [channel, other]);
    await ann.press("More about this conversation");
    await ann.press("Leave", "menuitem");
    await ann.page.getByRole("dialog").getByRole("button", { name: "Leave" }).click();
    await ann.place(channel).waitFor({ state: "detached" });
    await ann.place(other).waitFor();
  },
};
