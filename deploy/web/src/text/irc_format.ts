// SPDX-License-Identifier: Apache-2.0
// The formatting codes of IRC: a text with them is cut into spans of one look each.

export interface Look {
  bold: boolean;
  italic: boolean;
  underline: boolean;
  strike: boolean;
  mono: boolean;
  // A number of the palette (0 to 98), or "#rrggbb"; undefined is the colour of the page.
  foreground?: number | string;
  background?: number | string;
}

export interface Span extends Look {
  text: string;
}

const code = { colour: "\x03", hexColour: "\x04", reverse: "\x16" } as const;

/** What each of these begins and ends. All other codes end everything. */
const toggles: ReadonlyMap<string, "bold" | "italic" | "underline" | "strike" | "mono"> = new Map([
  ["\x02", "bold"],
  ["\x11", "mono"],
  ["\x1d", "italic"],
  ["\x1e", "strike"],
  ["\x1f", "underline"],
]);

const anyCode = /[\x02-\x04\x0f\x11\x16\x1d-\x1f]/;
// What a client should never have sent, and what nobody can see.
const otherControls = /[\x00\x01\x05-\x08\x0b-\x0e\x10\x12-\x15\x17-\x1c\x7f]/g;

const colourNumbers = /^(\d{1,2})(?:,(\d{1,2}))?/;
const colourHexes = /^([0-9a-f]{6})(?:,([0-9a-f]{6}))?/i;

// 99 is the colour of the page.
const paletteColour = (digits: string): number | undefined => {
  const number = Number(digits);
  return number === 99 ? undefined : number;
};

interface State {
  look: Look;
  reversed: boolean;
}

const plain = (): State => ({
  look: { bold: false, italic: false, underline: false, strike: false, mono: false },
  reversed: false,
});

// Which colours a colour code leaves behind, and how long it is.
function readColours(
  state: State,
  rest: string,
  pattern: RegExp,
  value: (text: string) => number | string | undefined,
): number {
  const found = pattern.exec(rest);
  if (!found) {
    delete state.look.foreground;
    delete state.look.background;
    return 0;
  }
  const set = (which: "foreground" | "background", text: string): void => {
    const colour = value(text);
    if (colour === undefined) delete state.look[which];
    else state.look[which] = colour;
  };
  set("foreground", found[1] ?? "");
  if (found[2] !== undefined) set("background", found[2]);
  return found[0].length;
}

// Takes one code at the beginning of `rest`; returns how long it was.
function takeCode(state: State, rest: string): number {
  const toggle = toggles.get(rest[0] ?? "");
  if (toggle) {
    state.look[toggle] = !state.look[toggle];
    return 1;
  }
  switch (rest[0]) {
    case code.reverse:
      state.reversed = !state.reversed;
      return 1;
    case code.colour:
      return 1 + readColours(state, rest.slice(1), colourNumbers, paletteColour);
    case code.hexColour:
      return (
        1 + readColours(state, rest.slice(1), colourHexes, (text) => `#${text.toLowerCase()}`)
      );
    default:
      Object.assign(state, plain());
      return 1;
  }
}

// How a state looks: reversed, the colours change places, and the page's own are white on black.
function seen({ look, reversed }: State): Look {
  if (!reversed) return { ...look };
  return { ...look, foreground: look.background ?? 0, background: look.foreground ?? 1 };
}

export function parseFormat(text: string): Span[] {
  const spans: Span[] = [];
  const state = plain();
  let rest = text.replace(otherControls, "");
  while (rest !== "") {
    const next = rest.search(anyCode);
    const run = next < 0 ? rest : rest.slice(0, next);
    if (run !== "") spans.push({ ...seen(state), text: run });
    rest = rest.slice(run.length);
    if (rest !== "") rest = rest.slice(takeCode(state, rest));
  }
  return spans;
}

export const stripFormat = (text: string): string =>
  parseFormat(text)
    .map((each) => each.text)
    .join("");
