// SPDX-License-Identifier: Apache-2.0
// What comes from others stays text, whatever they call themselves and say.
import assert from "node:assert/strict";
import { assertFits } from "./usable.mjs";

const markup = `<img src=x onerror="globalThis.isHurt=1"><script>globalThis.isHurt=1</script><b>&lt;</b>{{CSRF}}`;
const links = `javascript:alert(1) data:text/html,<script>alert(1)</script> vbscript:x https://x.example/"onmouseover="alert(1)`;
const overrides = "\u202eevil\u2066\u200f \x02\x03\x1d\x0399,99";

async function assertUnhurt(visitor) {
  const found = await visitor.page.evaluate(() => ({
    isHurt: globalThis.isHurt ?? 0,
    strange: [...document.querySelectorAll("img, iframe, object, embed, form[action], [onerror], [onmouseover], [style*=url]")].length,
    scripts: [...document.scripts].filter((each) => each.src === "").length,
    links: [...document.links].map(({ protocol }) => protocol).filter((each) => !/^(?:https?|irc|ircs|mailto):$/.test(each)),
  }));
  assert.deepEqual(found, { isHurt: 0, strange: 0, scripts: 0, links: [] });
  await assertFits(visitor, "what an attacker says");
}

export const tests = {
  "nicks, topics, messages, names and reasons": async (scene) => {
    const channel = `#${scene.name("<img/src=x/onerror=alert(1)>&amp;")}`;
    const mallory = await scene.irc(`{{CSRF}}\`${scene.name("[x]")}`.slice(0, 28), { realName: markup });
    await mallory.join(channel);
    mallory.send(`TOPIC ${channel} :${markup}`);
    await mallory.settle();
    const ann = await scene.person(scene.name("ann"), [channel]);
    await ann.sees("heading", channel);
    await ann.page.locator("header").getByText(markup).waitFor();
    assert.equal(await ann.page.title(), `${channel} – Convoy`);
    for (const each of [markup, links, overrides, "w".repeat(380), `\x01ACTION ${markup}\x01`]) mallory.say(channel, each);
    mallory.send(`NOTICE ${channel} :${markup}`);
    mallory.say(channel, `${ann.nick}: the last`);
    await ann.hears("the last");
    await ann.line(markup).first().waitFor();
    await ann.line("javascript:alert(1)").waitFor();
    await assertUnhurt(ann);

    await ann.log.getByRole("button", { name: mallory.nick }).first().click();
    await ann.page.getByRole("dialog").getByText(markup).waitFor();
    await assertUnhurt(ann);
    await ann.page.keyboard.press("Escape");

    await ann.goto("/chat");
    await ann.page.getByRole("main").getByRole("listitem").filter({ hasText: "the last" }).waitFor();
    await ann.goto(`/search?match=${encodeURIComponent("onerror")}`);
    await ann.page.getByRole("main").getByRole("listitem").first().waitFor();
    await assertUnhurt(ann);
    await ann.goto("/settings/channels/irc-localhost");
    await ann.page.getByRole("listitem").filter({ hasText: channel }).filter({ hasText: "onerror" }).first().waitFor();
    await assertUnhurt(ann);

    await ann.open(channel);
    await ann.hears("the last");
    mallory.send(`QUIT :${markup}`);
    await ann.log.getByText(`${mallory.nick} left`).waitFor();
    await assertUnhurt(ann);
  },

  "addresses": async (scene) => {
    const ann = await scene.visit();
    await ann.register(`${scene.name("ann")}@example.com`);
    for (const each of ["/chat/%3Cscript%3E/%22%3E%3Cimg%20src=x%3E", "/search?match=%3Cimg%20src=x%20onerror=alert(1)%3E", "/settings/%3Cb%3E"]) {
      await ann.goto(each);
      await ann.page.getByRole("heading", { level: 1 }).waitFor();
      await assertUnhurt(ann);
    }
  },
};
