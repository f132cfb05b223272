// SPDX-License-Identifier: Apache-2.0
// Every page, in both themes: whether everybody can use it, and how it looks.
import assert from "node:assert/strict";
import { converse } from "./conversation.mjs";
import { assertFits, assertUsable, hasSettled, themes } from "./usable.mjs";

const sizes = [
  [320, 640],
  [1280, 800],
  [2560, 1440],
];

const pages = [
  ["notifications", "/chat"],
  ["search", "/search?match=compiler"],
  ["help", "/help"],
  ["account", "/settings"],
  ["devices", "/settings/devices"],
  ["words", "/settings/words"],
  ["files", "/settings/files"],
  ["tokens", "/settings/tokens"],
  ["connections", "/settings/connections"],
  ["looks", "/settings/looks"],
  ["notify", "/settings/notifications"],
  ["networks", "/settings/connection/add"],
  ["add", "/settings/connection/add?uri=ircs://irc.example.net/convoy"],
  ["connection", "/settings/connection/irc-localhost"],
  ["channels", "/settings/channels/irc-localhost"],
  ["users", "/settings/admin/users"],
  ["site", "/settings/admin/site"],
  ["profiles", "/settings/admin/profiles"],
  ["health", "/settings/admin/health"],
  ["missing", "/settings/nonsense"],
];

// Nothing is still on its way.
// A part of the page that is still fetched takes the place of another with a heading.
async function isDone(visitor) {
  await visitor.page.waitForLoadState("networkidle");
  await visitor.page.waitForFunction(
    () => document.querySelector("h1") && !document.querySelector("main .spinner, main [aria-busy=true]")
  );
}

async function photograph(visitor, pictures, what, prepare = () => undefined) {
  for (const [width, height] of sizes) {
    await visitor.page.setViewportSize({ width, height });
    await prepare();
    await assertFits(visitor, `${what} at ${width} px`);
    if (!pictures) continue;
    for (const [colorScheme] of themes) {
      await visitor.page.emulateMedia({ colorScheme });
      await hasSettled(visitor.page);
      await visitor.page.screenshot({ path: `${pictures}/${what}-${width}-${colorScheme}.png` });
    }
  }
  await visitor.page.setViewportSize({ width: 1280, height: 800 });
}

// The first one at a node, so that there is nothing that they may not see.
async function admin(scene, options = {}) {
  const { base } = await scene.node(["--open-registration", "--irc-connect-delay=0"]);
  const port = await scene.ircServer();
  const ann = await scene.person("ann", ["#convoy", "#compilers"], { base, port, ...options });
  await converse(scene, port, ann);
  return ann;
}

export const tests = {
  "every page can be used by everybody, and fits": async (scene) => {
    const { pictures } = scene.stage;
    const ann = await admin(scene);
    ann.allow(/status of 404/);
    const titles = new Set();
    for (const [what, path] of pages) {
      await ann.goto(path);
      await isDone(ann);
      await assertUsable(ann, what);
      titles.add(await ann.page.title());
      await photograph(ann, pictures, what);
    }
    // Each can be told from the others in a list of windows.
    assert.equal(titles.size, pages.length, [...titles].join(", "));
  },

  "the chat can be used by everybody, and fits": async (scene) => {
    const { pictures } = scene.stage;
    const ann = await admin(scene);
    await ann.open("#convoy");
    await ann.hears("no more questions");
    await assertUsable(ann, "chat");
    await ann.line("no more questions").hover();
    await assertUsable(ann, "a message that is pointed at");
    // Opened there, as on a phone.
    await photograph(ann, pictures, "chat", async () => {
      await ann.page.reload();
      await ann.hears("no more questions");
    });
    await ann.page.keyboard.press("Control+k");
    await ann.sees("dialog", "Go to anything");
    await photograph(ann, pictures, "palette");
    await ann.page.keyboard.press("Escape");
    await ann.press("More about this conversation");
    await ann.press("Channel settings", "menuitem");
    await ann.sees("checkbox", "Only who has a voice may speak");
    await photograph(ann, pictures, "channel-settings");
    await ann.page.keyboard.press("Escape");
    await ann.log.getByRole("button", { name: "grace" }).first().click();
    await ann.page.getByRole("dialog").getByText("irc.example").waitFor();
    await photograph(ann, pictures, "whois");
  },

  "in Arabic": async (scene) => {
    const { pictures } = scene.stage;
    const ann = await scene.visit({ locale: "ar" });
    await ann.register(`${scene.name("ann")}@example.com`);
    await ann.connectTo(scene.ircPort, scene.name("ann"), [scene.name("#majlis")]);
    for (const [what, path] of [["account-ar", "/settings"], ["help-ar", "/help"], ["chat-ar", "/"]]) {
      await ann.goto(path);
      await isDone(ann);
      await assertUsable(ann, what);
      await photograph(ann, pictures, what);
    }
  },

  "before one is logged in": async (scene) => {
    const visitor = await scene.visit();
    for (const what of ["login", "register"]) {
      await visitor.goto(`/${what}`);
      await isDone(visitor);
      await assertUsable(visitor, what);
      await photograph(visitor, scene.stage.pictures, what);
    }
  },
};
