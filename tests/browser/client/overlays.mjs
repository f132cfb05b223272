// SPDX-License-Identifier: Apache-2.0
// What lies above the page: everybody can use each of them, in both themes.
import { assertUsable } from "./usable.mjs";

const dialog = (ann) => ann.page.getByRole("dialog").last();

// Opens one, looks whether everybody can use it, and closes it.
async function examine(ann, what, open, isOpen) {
  await open();
  await isOpen().waitFor();
  await assertUsable(ann, what);
  await ann.page.keyboard.press("Escape");
  await isOpen().waitFor({ state: "detached" });
}

const fromMenu = (ann, item) => async () => {
  await ann.press("More about this conversation");
  await ann.press(item, "menuitem");
};

export const tests = {
  "in the chat": async (scene) => {
    const channel = scene.name("#above");
    const ann = await scene.person(scene.name("ann"), [channel]);
    const eve = await scene.irc(scene.name("eve"), { realName: "Eve of Test" });
    await eve.join(channel);
    eve.say(channel, "hello there");
    await ann.hears("hello there");
    const menu = () => ann.page.getByRole("menu");

    await examine(ann, "palette", () => ann.page.keyboard.press("Control+k"), () => ann.see("dialog", "Go to anything"));
    await ann.log.focus();
    await examine(ann, "keys", () => ann.page.keyboard.press("?"), () => ann.see("dialog", "Keys"));
    await examine(ann, "network menu", () => ann.see("button", /what can be done$/).click(), menu);
    await examine(ann, "conversation menu", () => ann.press("More about this conversation"), menu);
    await examine(ann, "channel settings", fromMenu(ann, "Channel settings"), () =>
      ann.see("checkbox", "Only who has a voice may speak")
    );
    await examine(ann, "date", fromMenu(ann, "Jump to a date"), () => dialog(ann).getByLabel("Date"));
    await examine(ann, "leaving", fromMenu(ann, "Leave"), () => ann.see("heading", `Leave ${channel}?`));
    await examine(ann, "emoji", () => ann.press("Emoji"), () => ann.see("dialog", "Emoji"));
    await examine(ann, "commands", () => ann.types("/"), () =>
      ann.page.getByRole("option").first()
    );
    await ann.composer.fill("");

    const line = ann.line("hello there");
    const point = () => line.hover();
    await examine(ann, "message menu", () => point().then(() => line.getByRole("button", { name: "More" }).click()), menu);
    await examine(ann, "reactions", () => point().then(() => line.getByRole("button", { name: "React" }).click()), () =>
      ann.see("dialog", "Emoji")
    );

    const card = () => ann.log.getByRole("button", { name: eve.nick }).first().click();
    await examine(ann, "card", card, () => dialog(ann).getByText("Eve of Test"));
    const kick = () => card().then(() => dialog(ann).getByRole("button", { name: "Remove" }).click());
    await examine(ann, "removing somebody", kick, () => ann.see("heading", `Remove ${eve.nick} from the channel?`));
  },

  "in the settings": async (scene) => {
    const { base } = await scene.node(["--open-registration", "--irc-connect-delay=0"]);
    const ann = await scene.person(scene.name("ann"), [scene.name("#above")], { base });
    const bob = await scene.visit({ base });
    await bob.register("bob@example.com");

    await ann.goto("/settings/admin/profiles");
    await examine(ann, "a profile", () => ann.press("Add a network"), () => dialog(ann).getByLabel("Address", { exact: true }));
    await ann.goto("/settings/connection/irc-localhost");
    await examine(ann, "removing a connection", () => ann.press("Remove this connection"), () => ann.see("heading", /^Remove .*\?$/));
    await ann.goto("/settings/tokens");
    await ann.fill("What is it for?", "a bot");
    await ann.press("Make the token");
    await ann.page.getByRole("listitem").filter({ hasText: "a bot" }).waitFor();
    await assertUsable(ann, "a new token");
    const removal = () => ann.page.getByRole("listitem").filter({ hasText: "a bot" }).getByRole("button", { name: "Remove" }).click();
    await examine(ann, "removing a token", removal, () => ann.see("heading", "Remove the token a bot?"));
    await ann.goto("/settings/admin/users");
    const openMenu = () => ann.press("What to do with bob@example.com");
    const choose = (item) => () => openMenu().then(() => ann.press(item, "menuitem"));
    await examine(ann, "a menu of a user", openMenu, () => ann.page.getByRole("menu"));
    await examine(ann, "a link for a user", choose("Link for a new password"), () => ann.see("heading", /^A new password for/));
    await examine(ann, "deleting a user", choose("Delete the account"), () => ann.see("heading", /^Delete the account/));
  },
};
