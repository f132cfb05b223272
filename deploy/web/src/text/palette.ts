// SPDX-License-Identifier: Apache-2.0
// The colours 16 to 98 of IRC, and what makes any colour readable on a page.

type Rgb = readonly [number, number, number];

// Twelve hues in seven shades, as clients agree on them, then thirteen greys.
const extended =
  "470000 472100 474700 324700 004700 00472c 004747 002747 000047 2e0047 470047 47002a " +
  "740000 743a00 747400 517400 007400 007449 007474 004074 000074 4b0074 740074 740045 " +
  "b50000 b56300 b5b500 7db500 00b500 00b571 00b5b5 0063b5 0000b5 7500b5 b500b5 b5006b " +
  "ff0000 ff8c00 ffff00 b2ff00 00ff00 00ffa0 00ffff 008cff 0000ff a500ff ff00ff ff0098 " +
  "ff5959 ffb459 ffff71 cfff60 6fff6f 65ffc9 6dffff 59b4ff 5959ff c459ff ff66ff ff59bc " +
  "ff9c9c ffd39c ffff9c e2ff9c 9cff9c 9cffdb 9cffff 9cd3ff 9c9cff dc9cff ff9cff ff94d3 " +
  "000000 131313 282828 363636 4d4d4d 656565 818181 9f9f9f bcbcbc e2e2e2 ffffff";

const firstExtended = 16;
const table = extended.split(" ");

export const paletteHex = (number: number): string | undefined => {
  const found = table[number - firstExtended];
  return found === undefined ? undefined : `#${found}`;
};

const toRgb = (hex: string): Rgb => [
  Number.parseInt(hex.slice(1, 3), 16),
  Number.parseInt(hex.slice(3, 5), 16),
  Number.parseInt(hex.slice(5, 7), 16),
];

const toHex = (rgb: Rgb): string =>
  `#${rgb.map((each) => Math.round(each).toString(16).padStart(2, "0")).join("")}`;

// Relative luminance, as WCAG has it.
function luminance(rgb: Rgb): number {
  const [red, green, blue] = rgb.map((each) => {
    const part = each / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function contrast(one: string, other: string): number {
  const bright = luminance(toRgb(one)) + 0.05;
  const dark = luminance(toRgb(other)) + 0.05;
  return Math.max(bright, dark) / Math.min(bright, dark);
}

const enough = 4.6;
const steps = 20;

// `hex`, or what is nearest to it on the way to `end` and can be read on `page`.
function towards(hex: string, end: string, page: string): string {
  const from = toRgb(hex);
  const to = toRgb(end);
  for (let step = 0; step <= steps; ++step) {
    const share = step / steps;
    const mixed = toHex([
      from[0] + (to[0] - from[0]) * share,
      from[1] + (to[1] - from[1]) * share,
      from[2] + (to[2] - from[2]) * share,
    ]);
    if (contrast(mixed, page) >= enough) return mixed;
  }
  return end;
}

// The grounds that text is on in the two themes; the ones with the least contrast.
const lightGround = "#f0e4c0";
const darkGround = "#3a3118";

// A colour for text, in whichever theme is in force.
export const readable = (hex: string): string =>
  `light-dark(${towards(hex, "#000000", lightGround)}, ${towards(hex, "#ffffff", darkGround)})`;
