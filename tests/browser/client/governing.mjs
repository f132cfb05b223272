// SPDX-License-Identifier: Apache-2.0
// What admins see: people, the site, networks, and how the node is.
import assert from "node:assert/strict";
import { becomes } from "./until.mjs";

async function site(scene) {
  const { base } = await scene.node(["--open-registration"]);
  const admin = await scene.visit({ base });
  await admin.register("root@example.com");
  const bob = await scene.visit({ base });
  await bob.register("bob@example.com");
  return { base, admin, bob };
}

export const tests = {
  "people: an admin is made, an account is deleted": async (scene) => {
    const { admin, bob } = await site(scene);
    await bob.goto("/settings/admin/users");
    await bob.reads("Only admins can see this");
    bob.allow(/status of 40[13]|WebSocket/);
    await admin.goto("/settings/admin/users");
    await admin.reads("2 people have an account.");
    const choose = async (what) => {
      await admin.press("What to do with bob@example.com");
      await admin.press(what, "menuitem");
    };
    await choose("Make an admin");
    await admin.reads("bob@example.com is an admin now.");
    await choose("Delete the account");
    await admin.page.getByRole("dialog").getByRole("button", { name: "Delete the account" }).click();
    await admin.reads("bob@example.com is deleted.");
    await admin.reads("One person has an account.");
  },

  "the site is named and closed": async (scene) => {
    const { base, admin } = await site(scene);
    await admin.goto("/settings/admin/site");
    await admin.fill("Name of the site", "Harbour <b>& Co</b>");
    await admin.see("checkbox", /^Anybody may make an account/).uncheck();
    await admin.press("Save");
    await admin.reads("Saved.");
    const visitor = await scene.visit({ base });
    await visitor.goto("/login");
    await visitor.reads("Harbour <b>& Co</b>");
    assert.equal(await visitor.page.title(), "Log in – Harbour <b>& Co</b>");
    assert.equal(await visitor.see("link", "Make an account").count(), 0);
  },

  "what holds for a network": async (scene) => {
    const { admin } = await site(scene);
    await admin.goto("/settings/admin/profiles");
    await admin.press("Add a network");
    const dialog = admin.page.getByRole("dialog");
    await dialog.getByLabel("Address").fill("irc://irc.harbour.example:6697");
    await dialog.getByRole("button", { name: "Save" }).click();
    const row = admin.page.getByRole("main").getByRole("listitem").filter({ hasText: "irc.harbour.example" });
    await row.waitFor();
    await row.getByRole("button", { name: "Edit" }).click();
    await dialog.getByLabel("Bytes of a line").fill("300");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "detached" });
    await row.getByRole("button", { name: "Edit" }).click();
    await becomes(() => dialog.getByLabel("Bytes of a line").inputValue(), "300", "it is kept");
    await admin.page.keyboard.press("Escape");
    // It is offered to who looks for a network.
    await admin.goto("/settings/connection/add");
    await admin.sees("button", /irc\.harbour\.example/);
    await admin.goto("/settings/admin/profiles");
    await row.getByRole("button", { name: "Remove" }).click();
    await dialog.getByRole("button", { name: "Remove" }).click();
    await admin.reads("Nothing is set for any network.");
  },

  "the health page has live figures": async (scene) => {
    const { base, admin, bob } = await site(scene);
    await admin.goto("/settings/admin/health");
    await admin.reads("All is well");
    const pages = () => admin.page.locator(".figure").filter({ hasText: "Open pages and programs" }).locator("dd").innerText();
    await becomes(pages, "1", "the admin's own page");
    await bob.goto("/help");
    await becomes(pages, "2", "somebody came");
    await bob.page.close();
    await becomes(pages, "1", "and left");
    assert.ok(base);
  },
};
