// SPDX-License-Identifier: Apache-2.0
// The commands that can be typed, each with how it is used. What it does is in the
// dictionaries.

export interface Command {
  readonly name: CommandName;
  /** What stands behind it; `[…]` may be left out. */
  readonly usage: string;
}

export const commands = [
  { name: "away", usage: "[why]" },
  { name: "ban", usage: "nick|mask" },
  { name: "clear", usage: "history name" },
  { name: "connect", usage: "" },
  { name: "ctcp", usage: "nick command" },
  { name: "dehalfop", usage: "nick…" },
  { name: "deop", usage: "nick…" },
  { name: "devoice", usage: "nick…" },
  { name: "disconnect", usage: "" },
  { name: "halfop", usage: "nick…" },
  { name: "help", usage: "" },
  { name: "ignore", usage: "[nick|mask]" },
  { name: "invite", usage: "nick [#channel]" },
  { name: "ison", usage: "[nick]" },
  { name: "join", usage: "#channel [key]" },
  { name: "kick", usage: "nick [why]" },
  { name: "list", usage: "[/words/]" },
  { name: "me", usage: "text" },
  { name: "mode", usage: "[modes]" },
  { name: "monitor", usage: "[+|-nick]" },
  { name: "msg", usage: "nick text" },
  { name: "names", usage: "" },
  { name: "nick", usage: "nick" },
  { name: "notice", usage: "nick text" },
  { name: "ns", usage: "text" },
  { name: "cs", usage: "text" },
  { name: "op", usage: "nick…" },
  { name: "oper", usage: "name password" },
  { name: "part", usage: "[#channel]" },
  { name: "query", usage: "nick" },
  { name: "quiet", usage: "nick|mask" },
  { name: "quote", usage: "line" },
  { name: "reconnect", usage: "" },
  { name: "say", usage: "text" },
  { name: "setname", usage: "name" },
  { name: "shrug", usage: "[text]" },
  { name: "topic", usage: "[text]" },
  { name: "unban", usage: "mask" },
  { name: "unignore", usage: "nick|mask" },
  { name: "unquiet", usage: "mask" },
  { name: "voice", usage: "nick…" },
  { name: "who", usage: "mask" },
  { name: "whois", usage: "nick" },
  { name: "whowas", usage: "nick" },
] as const satisfies readonly { name: string; usage: string }[];

export type CommandName = (typeof commands)[number]["name"];

const aliases: Readonly<Record<string, CommandName>> = { j: "join", close: "part", raw: "quote", nickserv: "ns", chanserv: "cs" };

export function findCommand(text: string): Command | undefined {
  const name = /^\/([a-z]+)(?:\s|$)/i.exec(text)?.[1]?.toLowerCase() ?? "";
  return commands.find((each) => each.name === (aliases[name] ?? name));
}
