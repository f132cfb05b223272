// SPDX-License-Identifier: Apache-2.0
// Every colour of a text can be read on every ground it is put on, in both themes.
import { expect, test } from "vitest";

import { contrast, paletteHex, readable } from "../text/palette";
import ircColours from "./irc_colours.css?raw";
import nickColours from "./nicks.css?raw";
import tokenSheet from "./tokens.css?raw";

const pairs = (css: string, pattern: RegExp) =>
  new Map([...css.matchAll(pattern)].map(([, name = "", light = "", dark = ""]) => [name, { light, dark }]));

const tokens = pairs(tokenSheet, /--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g);
const nicks = pairs(nickColours, /\.(nick-\d+) \{\s*color: light-dark\((#\w{6}), (#\w{6})\)/g);
const inks = pairs(ircColours, /\.(irc-ink-\d+) \{\s*color: light-dark\((#\w{6}), (#\w{6})\)/g);

const themes = ["light", "dark"] as const;
const grounds = ["page", "sunken", "raised", "field", "hover", "mention"];

const token = (name: string, theme: "light" | "dark") => {
  const found = tokens.get(name);
  expect(found, name).toBeDefined();
  return found?.[theme] ?? "";
};

const check = (what: string, ink: string, ground: string, theme: "light" | "dark", least = 4.5) =>
  expect(contrast(ink, token(ground, theme)), `${what} on ${ground}, ${theme}`).toBeGreaterThanOrEqual(least);

test("ink on all grounds", () => {
  for (const theme of themes)
    for (const ground of grounds) {
      check("ink", token("ink", theme), ground, theme, 7);
      check("ink-soft", token("ink-soft", theme), ground, theme);
      check("accent", token("accent", theme), ground, theme);
      check("danger", token("danger", theme), ground, theme);
    }
});

test("ink that has a ground of its own", () => {
  const own = [
    ["on-accent", "accent"],
    ["on-accent", "accent-hover"],
    ["on-accent-soft", "accent-soft"],
    ["ink", "accent-soft"],
    ["on-mention", "mention"],
    ["on-danger", "danger"],
    ["on-danger", "danger-hover"],
    ["danger", "danger-soft"],
    ["ink", "danger-soft"],
    ["warning", "warning-soft"],
    ["ink", "warning-soft"],
    ["good", "good-soft"],
    ["ink", "good-soft"],
    ["ink", "pressed"],
  ] as const;
  for (const theme of themes) for (const [ink, ground] of own) check(ink, token(ink, theme), ground, theme);
});

test("the edges of what one can use", () => {
  for (const theme of themes)
    for (const ground of ["page", "raised", "field", "sunken"]) check("edge", token("line-strong", theme), ground, theme, 3);
});

test("nicks", () => {
  expect(nicks.size).toBe(16);
  for (const theme of themes)
    for (const [name, colours] of nicks) for (const ground of grounds) check(name, colours[theme], ground, theme);
});

test("the colours of IRC, where the author has chosen no ground", () => {
  expect(inks.size).toBe(16);
  for (const theme of themes)
    for (const [name, colours] of inks) for (const ground of grounds) check(name, colours[theme], ground, theme);
  for (let number = 16; number < 99; ++number) {
    const [, light = "", dark = ""] = /light-dark\((#\w{6}), (#\w{6})\)/.exec(readable(paletteHex(number) ?? "")) ?? [];
    for (const ground of grounds) {
      check(`colour ${number}`, light, ground, "light");
      check(`colour ${number}`, dark, ground, "dark");
    }
  }
});

test("there are 99 colours and no more", () => {
  expect(paletteHex(16)).toBe("#470000");
  expect(paletteHex(98)).toBe("#ffffff");
  expect(paletteHex(99)).toBeUndefined();
});
