// SPDX-License-Identifier: Apache-2.0
// Gives each nick one of sixteen colours, the same one everywhere. The colours themselves are
// in ui/nicks.css, where each can be read in both themes.

const colours = 16;

// FNV-1a over the nick without what people put around it: `ann`, `Ann_` and `ann|away` are one.
export function nickColour(nick: string): string {
  const folded = nick.toLowerCase();
  const core = folded.replace(/[|[\]{}`^\\_-].*$/u, "") || folded;
  let hash = 0x811c9dc5;
  for (let at = 0; at < core.length; ++at)
    hash = Math.imul(hash ^ core.charCodeAt(at), 0x01000193) >>> 0;
  return `nick-${(((hash >>> 16) ^ hash) >>> 0) % colours}`;
}
