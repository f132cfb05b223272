// SPDX-License-Identifier: Apache-2.0
// Files: chosen, dropped, pasted.
import assert from "node:assert/strict";
import { becomes, until } from "./until.mjs";

// Does with files what a hand or a clipboard would do.
const bring = (visitor, selector, event, files) =>
  visitor.page.evaluate(
    ([selector, event, files]) => {
      const data = new DataTransfer();
      for (const [name, text] of files) data.items.add(new File([text], name, { type: "text/plain" }));
      const options = { bubbles: true, cancelable: true };
      const made =
        event === "paste" ? new ClipboardEvent(event, { ...options, clipboardData: data }) : new DragEvent(event, { ...options, dataTransfer: data });
      document.querySelector(selector).dispatchEvent(made);
    },
    [selector, event, files]
  );

export const tests = {
  "by button, by drop and by paste": async (scene) => {
    const channel = scene.name("#files");
    const eve = await scene.irc(scene.name("eve"));
    await eve.join(channel);
    const ann = await scene.person(scene.name("ann"), [channel]);
    const links = async () => (await ann.composer.inputValue()).trim().split(/\s+/).filter(Boolean);

    const hostile = `'><img src=x onerror=alert(1)>.txt`;
    const chosen = { name: hostile, mimeType: "text/plain", buffer: Buffer.from("by button") };
    await ann.page.locator("input[type=file]").setInputFiles([chosen]);
    await becomes(async () => (await links()).length, 1, "the button uploads");
    await bring(ann, ".talk", "dragover", [["dropped.txt", "by drop"]]);
    await ann.reads("Drop the files to upload them");
    await bring(ann, ".talk", "drop", [["dropped.txt", "by drop"], ["dropped too.txt", "by drop too"]]);
    await becomes(async () => (await links()).length, 3, "dropping uploads");
    await bring(ann, ".composer textarea", "paste", [["pasted.txt", "by paste"]]);
    await becomes(async () => (await links()).length, 4, "pasting uploads");

    const [first] = await links();
    await ann.composer.press("Enter");
    await eve.hears(/PRIVMSG \S+ :http\S+\/file\//);
    const file = await ann.context.request.get(first);
    assert.equal(file.status(), 200);
    await ann.goto("/settings/files");
    const row = ann.page.getByRole("main").getByRole("listitem").filter({ hasText: hostile });
    await row.waitFor();
    assert.equal(await ann.page.locator("main img").count(), 0);
    const viewed = await ann.newPage();
    const answer = await viewed.goto(await row.getByRole("link").getAttribute("href"));
    assert.match(answer.headers()["content-security-policy"], /default-src 'none'.*sandbox/);
    await until(async () => (await viewed.content()).includes("by button"), "the file is shown");

    await row.getByRole("button", { name: "Delete" }).click();
    await ann.page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await row.waitFor({ state: "detached" });
  },
};
