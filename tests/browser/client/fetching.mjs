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

export const tests = {
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
