// SPDX-License-Identifier: Apache-2.0
// A store in which somebody has a channel with a long past: it is made as the
// logs of Convos and taken in by the program's own import.
import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);
// Of "correct horse".
const hash = "$2a$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e";
const aDay = 86_400_000;
const begin = Date.UTC(2022, 0, 1);
const people = ["ada", "grace", "lin", "margaret"];

// One message a minute, a thousand a day.
const minuteOf = (at) => new Date(begin + Math.floor(at / 1000) * aDay + (at % 1000) * 60_000).toISOString();

export const textOf = (at) => `tale ${at} of a long past, with some words behind it so that it is as long as people's`;
export const dayOf = (at) => minuteOf(at).slice(0, 10);

// Returns how somebody logs in to whom all of it belongs.
export async function makePast(program, folder, { nick, channel, count, ircPort }) {
  const email = `${nick}@example.com`;
  const home = `${folder}/convos/${email}`;
  const network = { connection_id: "irc-localhost", name: "localhost", url: `irc://127.0.0.1:${ircPort}/?nick=${nick}&tls=0` };
  const talk = { connection_id: "irc-localhost", conversation_id: channel, name: channel, topic: "", frozen: "", password: "" };
  const counts = { unread: 0, notifications: 0, info: {} };
  const months = new Map();
  for (let at = 0; at < count; ++at) {
    const minute = minuteOf(at);
    const month = minute.slice(0, 7).replace("-", "/");
    if (!months.has(month)) months.set(month, []);
    months.get(month).push(`${minute.slice(0, 19)} 0 <${people[Math.floor(at / 3) % people.length]}> ${textOf(at)}`);
  }
  for (const [month, lines] of months) {
    await mkdir(`${home}/irc-localhost/${month}`, { recursive: true });
    await writeFile(`${home}/irc-localhost/${month}/${channel}.log`, `${lines.join("\n")}\n`);
  }
  const user = { email, password: hash, uid: "1", roles: ["admin"], highlight_keywords: [], registered: "2022-01-01T00:00:00Z" };
  await writeFile(`${home}/user.json`, JSON.stringify({ ...user, unread: 0, remote_address: "127.0.0.1" }));
  const connection = { ...network, wanted_state: "connected", on_connect_commands: [], info: { nick } };
  await writeFile(`${home}/irc-localhost/connection.json`, JSON.stringify({ ...connection, conversations: [{ ...talk, ...counts }] }));
  await run(program, ["import", "convos", `${folder}/convos`, `--store=sqlite:${folder}/convoy.sqlite`]);
  return { email, password: "correct horse" };
}
