// SPDX-License-Identifier: Apache-2.0
// Parts of the page that are fetched when they are looked at, and cannot be.
import assert from "node:assert/strict";

const missing = "This part of the page could not be fetched.";

async function withPart(scene, part) {
  const ann = await scene.person(scene.name("ann"), [scene.name("#parts")]);
  ann.allow(/Failed to (?:load resource|fetch dynamically)/);
  const pattern = `**/immutable/${part}-*.js`;
  await ann.context.route(pattern, (route) => route.abort());
  return { ann, unblock: () => ann.context.unroute(pattern) };
}

// What the scripts weigh on their way that come before somebody can read and write.
async function scriptsUntil(visitor, path, isThere) {
  const scripts = [];
  const note = (request) => request.resourceType() === "script" && scripts.push(request);
  visitor.page.on("requestfinished", note);
  await visitor.goto(path);
  await isThere();
  visitor.page.off("requestfinished", note);
  const sizes = await Promise.all(scripts.map((each) => each.sizes()));
  assert.ok(sizes.length > 0);
  return sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0);
}

export const tests = {
  "the first page needs few scripts": async (scene) => {
    const most = 100 * 1024;
    const channel = scene.name("#light");
    const { email } = await scene.person(scene.name("ann"), [channel]);
    const stranger = await scene.visit();
    const login = await scriptsUntil(stranger, "/login", () => stranger.sees("heading", "Log in"));
    // Another browser, which has nothing yet.
    const ann = await scene.visit();
    await ann.login(email);
    const chat = await scriptsUntil(ann, `/chat/irc-localhost/${encodeURIComponent(channel)}`, () => ann.composer.waitFor());
    for (const [what, size] of Object.entries({ login, chat })) {
      assert.ok(size > 10_000, `${what}: ${size} bytes cannot be all`);
      assert.ok(size < most, `${what}: ${size} bytes`);
    }
    console.log(`scripts: ${login} bytes to log in, ${chat} to chat`);
  },

  "what lies over the page is tried again": async (scene) => {
    const { ann, unblock } = await withPart(scene, "palette");
    await ann.page.keyboard.press("Control+k");
    const dialog = ann.see("dialog", "Something is missing");
    await dialog.getByText(missing).waitFor();
    await ann.page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await ann.page.keyboard.press("Control+k");
    await dialog.getByText(missing).waitFor();
    await unblock();
    await dialog.getByRole("button", { name: "Try again" }).click();
    await ann.sees("combobox", "Where to?");
    await dialog.waitFor({ state: "detached" });
  },

  "a page is tried again": async (scene) => {
    const { ann, unblock } = await withPart(scene, "settings");
    await ann.sidebar.getByRole("link", { name: ann.email }).click();
    await ann.page.getByRole("alert").getByText(missing).waitFor();
    // The rest of the page goes on.
    await ann.place("#parts").getByRole("link").click();
    await ann.composer.waitFor();
    await ann.sidebar.getByRole("link", { name: ann.email }).click();
    await ann.page.getByRole("alert").getByText(missing).waitFor();
    await unblock();
    await ann.press("Try again");
    await ann.sees("heading", "Account");
  },

  "a new version of the page is loaded": async (scene) => {
    const { ann, unblock } = await withPart(scene, "settings");
    const another = (route) => route.fulfill({ contentType: "text/html", body: `<script type="module" src="/immutable/index-new.js"></script>` });
    await ann.context.route(`${scene.base}/`, another);
    await ann.sidebar.getByRole("link", { name: ann.email }).click();
    await ann.page.getByRole("alert").getByText("The server has a new version of this page.").waitFor();
    await unblock();
    await ann.context.unroute(`${scene.base}/`);
    await ann.press("Load the new version");
    await ann.sees("heading", "Account");
  },

  "without the texts of a language the page is in English": async (scene) => {
    const visitor = await scene.visit({ locale: "ar" });
    visitor.allow(/Failed to (?:load resource|fetch dynamically)/);
    const answer = await visitor.context.request.get(`${scene.base}/login`);
    const [main] = /immutable\/index-[^"]+\.js/.exec(await answer.text());
    await visitor.context.route(/\/immutable\/index-[^/]+\.js$/, (route) =>
      route.request().url().endsWith(main) ? route.continue() : route.abort()
    );
    await visitor.goto("/login");
    await visitor.sees("heading", "Log in");
    await visitor.reads(missing);
    assert.equal(await visitor.page.evaluate(() => document.documentElement.dir), "ltr");
  },
};
