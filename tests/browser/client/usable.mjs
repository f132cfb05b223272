// SPDX-License-Identifier: Apache-2.0
// Whether everybody can use what is shown, as far as a program can tell.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
// With what is looked for in each: in the other colours only these can be wrong.
export const themes = [
  ["light", ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]],
  ["dark", ["color-contrast", "link-in-text-block"]],
];
// Colours go over into each other; what is folded away does so when it is shown.
export const hasSettled = (page) =>
  page.waitForFunction(() =>
    document
      .getAnimations()
      .every((each) => !(each instanceof CSSTransition) || !each.effect.target.checkVisibility({ contentVisibilityAuto: true }))
  );

// Nothing can be scrolled sideways, nor is cut off: not the page, which shows all that it has, nor
// what scrolls in it. A text that ends in dots is meant to.
export async function assertFits(visitor, what) {
  const wide = await visitor.page.evaluate(() => {
    const isCut = (each) => {
      if (each.scrollWidth <= each.clientWidth + 1 || !each.checkVisibility({ contentVisibilityAuto: true })) return false;
      if (each.closest(".visually-hidden") || each.matches("input, select")) return false;
      const { overflowX, textOverflow } = getComputedStyle(each);
      return overflowX !== "visible" && textOverflow !== "ellipsis";
    };
    const found = [...document.body.querySelectorAll("*")].filter(isCut);
    if (document.documentElement.scrollWidth > innerWidth) found.push(document.documentElement);
    return found.map((each) => `${each.localName}.${each.className}: ${each.scrollWidth} px in ${each.clientWidth}`);
  });
  assert.deepEqual(wide, [], `${what} is too wide`);
}

export async function assertUsable(visitor, what) {
  const { page } = visitor;
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
  for (const [colorScheme, runOnly] of themes) {
    await page.emulateMedia({ colorScheme });
    await hasSettled(page);
    const found = await page.evaluate(async (runOnly) => {
      const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"], runOnly });
      return violations.map(({ id, nodes }) => [id, ...nodes.slice(0, 3).map((each) => `${each.html} ${each.failureSummary}`)]);
    }, runOnly);
    assert.deepEqual(found, [], `${what}, ${colorScheme}`);
  }
}
