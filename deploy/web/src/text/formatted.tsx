// SPDX-License-Identifier: Apache-2.0
// A text from IRC as elements: its formatting, and its links. Everything in it stays text.
import type { CSSProperties, VNode } from "preact";

import { parseFormat, type Look } from "./irc_format";
import { splitLinks } from "./links";
import { paletteHex, readable } from "./palette";

const named = 16;

type Colour = number | string | undefined;

const hexOf = (colour: Colour): string | undefined =>
  typeof colour === "number" ? paletteHex(colour) : colour;

// The first sixteen colours are in ui/irc_colours.css. On the page's own ground they are the
// readable ones; with a ground of their own they are as their author wanted them.
function classes(look: Look): string {
  const { foreground, background } = look;
  const found: string[] = [];
  if (look.bold) found.push("irc-bold");
  if (look.italic) found.push("irc-italic");
  if (look.underline) found.push("irc-underline");
  if (look.strike) found.push("irc-strike");
  if (look.mono) found.push("irc-mono");
  if (typeof foreground === "number" && foreground < named)
    found.push(background === undefined ? `irc-ink-${foreground}` : `irc-on-${foreground}`);
  if (typeof background === "number" && background < named) found.push(`irc-ground-${background}`);
  return found.join(" ");
}

function colours(look: Look): CSSProperties {
  const ink = hexOf(look.foreground);
  const ground = hexOf(look.background);
  const style: CSSProperties = {};
  if (ink !== undefined) style.color = look.background === undefined ? readable(ink) : ink;
  if (ground !== undefined) style.backgroundColor = ground;
  return style;
}

function linked(text: string): (VNode | string)[] {
  return splitLinks(text).map(({ text: words, href }) =>
    href === undefined ? (
      words
    ) : (
      <a class="link" href={href} target="_blank" rel="noopener noreferrer" dir="ltr">
        {words}
      </a>
    ),
  );
}

export function Formatted({ text }: { text: string }): VNode {
  return (
    <>
      {parseFormat(text).map((span) => {
        const looks = classes(span);
        const style = colours(span);
        const isPlain = looks === "" && Object.keys(style).length === 0;
        return isPlain ? (
          linked(span.text)
        ) : (
          <span class={looks} style={style}>
            {linked(span.text)}
          </span>
        );
      })}
    </>
  );
}
