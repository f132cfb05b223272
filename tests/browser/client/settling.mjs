// SPDX-License-Identifier: Apache-2.0
// The settings: of the account, of this browser, and of the programs that speak
// for one.
import assert from "node:assert/strict";
import { becomes } from "./until.mjs";

async function account(scene) {
  const ann = await scene.visit();
  await ann.register(`${scene.name("ann")}@example.com`);
  return ann;
}

const look = (visitor) =>
  visitor.page.evaluate(() => {
    const { dir, lang, dataset } = document.documentElement;
    const [red] = /\d+/.exec(getComputedStyle(document.documentElement).backgroundColor);
    return { dir, lang, density: dataset.density, isDark: Number(red) < 128 };
  });

export const tests = {
  "devices: the others are logged out": async (scene) => {
    const ann = await account(scene);
    const phone = await scene.visit({ userAgent: "Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0" });
    await phone.login(ann.email);
    await phone.goto("/settings/devices");
    await phone.reads("This one");
    phone.allow(/status of 401|WebSocket/);
    await ann.goto("/settings/devices");
    await ann.page.getByRole("listitem").filter({ hasText: "Firefox on Android" }).getByRole("button", { name: "Log out" }).click();
    await ann.reads("One session has ended.");
    await phone.sees("heading", "Log in");
  },

  "devices: all others are logged out at once": async (scene) => {
    const ann = await account(scene);
    const others = [];
    for (let count = 0; count < 2; ++count) {
      const other = await scene.visit();
      await other.login(ann.email);
      await other.goto("/settings/devices");
      await other.reads("This one");
      other.allow(/status of 401|WebSocket/);
      others.push(other);
    }
    await ann.goto("/settings/devices");
    await ann.press("Log out all others");
    await ann.reads("2 sessions have ended.");
    for (const each of others) await each.sees("heading", "Log in");
    await ann.reads("This one");
  },

  "another password": async (scene) => {
    const ann = await account(scene);
    await ann.goto("/settings");
    await ann.fill("New password", "yet another password");
    await ann.press("Change the password");
    await ann.reads("The password is changed.");
    const again = await scene.visit();
    await again.login(ann.email, "yet another password");
  },

  "a token is made, used and removed": async (scene) => {
    const ann = await account(scene);
    await ann.goto("/settings/tokens");
    await ann.reads("There are no tokens.");
    await ann.fill("What is it for?", "my <b>script</b>");
    await ann.press("Make the token");
    const token = await ann.page.getByLabel("Token", { exact: true }).inputValue();
    const use = () =>
      fetch(`${scene.base}/api/connections`, { headers: { Authorization: `Bearer ${token}` } }).then(({ status }) => status);
    assert.equal(await use(), 200);
    const row = ann.page.getByRole("listitem").filter({ hasText: "my <b>script</b>" });
    await row.getByRole("button", { name: "Remove" }).click();
    await ann.page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await ann.reads("There are no tokens.");
    assert.equal(await use(), 401);
  },

  "themes, density, a language from right to left": async (scene) => {
    const ann = await account(scene);
    await ann.page.emulateMedia({ colorScheme: "light" });
    await ann.goto("/settings/looks");
    await ann.sees("heading", "Appearance");
    await becomes(() => look(ann), { dir: "ltr", lang: "en", density: "comfortable", isDark: false }, "as it begins");
    await ann.page.emulateMedia({ colorScheme: "dark" });
    await becomes(async () => (await look(ann)).isDark, true, "as the system wants it");
    await ann.page.getByText("Light", { exact: true }).click();
    await becomes(async () => (await look(ann)).isDark, false, "what is chosen wins");
    await ann.page.getByText("Compact", { exact: true }).click();
    await becomes(async () => (await look(ann)).density, "compact", "lines are closer");
    await ann.page.getByText("العربية", { exact: true }).click();
    await becomes(() => look(ann), { dir: "rtl", lang: "ar", density: "compact", isDark: false }, "it is Arabic");
    await ann.page.reload();
    await ann.page.getByRole("heading", { level: 1 }).filter({ hasText: /^\p{Script=Arabic}/u }).waitFor();
    assert.equal((await look(ann)).dir, "rtl");
    // The sidebar is where reading begins.
    const { x } = await ann.page.locator("#sidebar").boundingBox();
    assert.ok(x > 640, `the sidebar is at ${x}`);
    // A browser that asks for it gets it at once.
    const other = await scene.visit({ locale: "ar" });
    await other.goto("/login");
    await other.page.getByRole("heading", { level: 1 }).filter({ hasText: /^\p{Script=Arabic}/u }).waitFor();
    assert.equal((await look(other)).dir, "rtl");
  },

  "the account is deleted": async (scene) => {
    const ann = await account(scene);
    await ann.goto("/settings");
    await ann.page.getByText("Delete the account", { exact: true }).first().click();
    await ann.fill("Type your email to be sure", ann.email);
    ann.allow(/status of 401|WebSocket/);
    await ann.press("Delete the account");
    await ann.sees("heading", "Log in");
  },
};
