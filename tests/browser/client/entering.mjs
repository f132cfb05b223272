// SPDX-License-Identifier: Apache-2.0
// Accounts: the first one, the way back in, invitations and lost passwords.
import assert from "node:assert/strict";

const password = "correct horse battery";

const isIn = (visitor) => visitor.sidebar.waitFor();

async function registerFirst(scene, node) {
  const admin = await scene.visit({ base: node.base });
  await admin.goto("/");
  await admin.sees("heading", "Welcome to Convoy");
  await admin.fill("Email", "root@example.com");
  await admin.fill("Password", password);
  await admin.press("Make an account");
  await isIn(admin);
  return admin;
}

// What an admin would send by mail.
const linkOf = (admin) => admin.page.getByLabel("Link", { exact: true }).inputValue();

export const tests = {
  "the first account is an admin's": async (scene) => {
    const node = await scene.node();
    const admin = await registerFirst(scene, node);
    await admin.sees("heading", "Which network?");
    await admin.sees("link", "Administration");
  },

  "log out, a wrong password, log in": async (scene) => {
    const node = await scene.node();
    const admin = await registerFirst(scene, node);
    await admin.goto("/settings");
    await admin.page.getByRole("main").getByRole("link", { name: "Log out" }).click();
    await admin.sees("heading", "Log in");
    // The browser tells of every refusal.
    admin.allow(/status of 400/);
    await admin.fill("Email", "root@example.com");
    await admin.fill("Password", "something else");
    await admin.press("Log in");
    await admin.reads("The email or the password is wrong.");
    await admin.fill("Password", password);
    await admin.press("Log in");
    await isIn(admin);
  },

  "a field says what is wrong with it": async (scene) => {
    const visitor = await scene.visit();
    visitor.allow(/status of 400/);
    await visitor.goto("/register");
    await visitor.fill("Email", "nobody@example.com");
    await visitor.fill("Password", "short");
    await visitor.press("Make an account");
    const field = visitor.page.getByLabel("Password", { exact: true });
    await visitor.reads("This is too short.");
    assert.equal(await field.getAttribute("aria-invalid"), "true");
  },

  "without an invitation nobody comes in": async (scene) => {
    const node = await scene.node();
    await registerFirst(scene, node);
    const stranger = await scene.visit({ base: node.base });
    stranger.allow(/status of 400/);
    await stranger.goto("/register");
    await stranger.sees("heading", "Registration is closed");
    await stranger.goto("/register?email=a%40example.com&exp=4000000000&token=wrong");
    await stranger.sees("heading", "This invitation is not valid");
  },

  "an invitation, and a link for a lost password": async (scene) => {
    const node = await scene.node();
    const admin = await registerFirst(scene, node);
    await admin.press("Administration", "link");
    await admin.fill("Email", "bob@example.com");
    await admin.press("Make the link");
    const invitation = await linkOf(admin);

    const bob = await scene.visit({ base: node.base });
    await bob.page.goto(invitation);
    await bob.sees("heading", "You are invited");
    await bob.fill("Password", password);
    await bob.press("Make an account");
    await isIn(bob);
    assert.equal(await bob.see("link", "Administration").count(), 0);

    await admin.page.reload();
    await admin.press("What to do with bob@example.com");
    await admin.press("Link for a new password", "menuitem");
    const recovery = await linkOf(admin);
    const forgetful = await scene.visit({ base: node.base });
    await forgetful.page.goto(recovery);
    await forgetful.sees("heading", "Set a new password");
    await forgetful.fill("New password", "another horse battery");
    await forgetful.press("Set the password");
    await isIn(forgetful);
    // All that were logged in before are not any more.
    bob.allow(/status of 401|WebSocket/);
    await bob.sees("heading", "Log in");
    await bob.fill("Email", "bob@example.com");
    await bob.fill("Password", "another horse battery");
    await bob.press("Log in");
    await isIn(bob);
  },
};
