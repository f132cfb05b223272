// SPDX-License-Identifier: Apache-2.0
// What covers the page of a phone: the conversations, and the people of a channel.
import assert from "node:assert/strict";
import { becomes } from "./until.mjs";
import { assertFits, assertUsable } from "./usable.mjs";

const viewport = { width: 320, height: 640 };

const isIn = (visitor, selector) => visitor.page.evaluate((selector) => document.activeElement.closest(selector) !== null, selector);

// Tab, so often that it goes around: the focus is in there, or where the browser itself has it.
async function assertHeld(visitor, selector) {
  assert.ok(await isIn(visitor, selector), "the focus has gone into it");
  const visited = new Set();
  for (let count = 0; count < 30; ++count) {
    await visitor.page.keyboard.press("Tab");
    visited.add(await visitor.page.evaluate((selector) => {
      const { activeElement } = document;
      if (activeElement === document.body) return "browser";
      return activeElement.closest(selector) ? "in" : activeElement.className;
    }, selector));
  }
  visited.delete("browser");
  // The people cover the talk only, and this leads there.
  if (selector === ".people") visited.delete("skip-link");
  assert.deepEqual([...visited], ["in"]);
}

// By a key, by its own button, and by a press beside it.
async function assertCovers(visitor, what, { opener, selector, shade }) {
  const cover = visitor.page.locator(selector);
  const isBack = () => opener().evaluate((each) => each === document.activeElement);
  const ways = [
    () => visitor.page.keyboard.press("Escape"),
    () => cover.getByRole("button", { name: "Close" }).click(),
    () => visitor.page.locator(shade).click({ position: shade === ".people-shade" ? { x: 10, y: 300 } : { x: 310, y: 300 } }),
  ];
  for (const close of ways) {
    await opener().click();
    await cover.waitFor();
    await assertHeld(visitor, selector);
    await cover.getByRole("button").first().focus();
    if (close === ways[0]) {
      await assertUsable(visitor, what);
      await assertFits(visitor, what);
    }
    await close();
    await cover.waitFor({ state: "hidden" });
    await becomes(isBack, true, "the focus is where it was");
  }
}

export const tests = {
  "the conversations on a phone": async (scene) => {
    const [channel, other] = [scene.name("#small"), scene.name("#other")];
    const ann = await scene.person(scene.name("ann"), [channel, other], { viewport });
    const opener = () => ann.see("button", "Conversations", { exact: true });
    await assertCovers(ann, "the conversations", { opener, selector: "#sidebar", shade: ".sidebar-shade" });
    await opener().click();
    await ann.place(other).getByRole("link").click();
    await ann.sees("heading", other);
    await ann.sidebar.waitFor({ state: "hidden" });
    // Where there is room it lies beside the page, and nothing is behind it.
    await opener().click();
    await ann.page.setViewportSize({ width: 1280, height: 800 });
    await ann.types("there is room");
    assert.equal(await ann.composer.inputValue(), "there is room");
  },

  "the people of a channel on a phone": async (scene) => {
    const channel = scene.name("#small");
    const ann = await scene.person(scene.name("ann"), [channel], { viewport });
    const opener = () => ann.see("button", /^People: /);
    await assertCovers(ann, "the people", { opener, selector: ".people", shade: ".people-shade" });
    await opener().click();
    await ann.page.setViewportSize({ width: 1280, height: 800 });
    await ann.types("there is room");
    assert.equal(await ann.composer.inputValue(), "there is room");
  },
};
