// SPDX-License-Identifier: Apache-2.0
// Somebody on IRC with another program, who says what a test wants and knows
// what the server told.
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { until } from "./until.mjs";

const reachable = "CAP REQ :message-tags server-time echo-message";

export class IrcPerson {
  #socket;
  #heard = [];

  static async come(port, nick, realName = nick) {
    const person = new IrcPerson(port, nick);
    for (const line of [reachable, "CAP END", `NICK ${nick}`, `USER ${nick} 0 * :${realName}`]) person.send(line);
    await person.hears(/ 001 /);
    return person;
  }

  constructor(port, nick) {
    this.nick = nick;
    this.#socket = connect(port, "127.0.0.1");
    // A server that ends takes its connections with it.
    this.#socket.on("error", () => undefined);
    createInterface({ input: this.#socket }).on("line", (line) => {
      if (line.startsWith("PING")) this.send(line.replace("PING", "PONG"));
      else this.#heard.push(line);
    });
  }

  send(line) {
    this.#socket.write(`${line}\r\n`);
  }

  // Of all that was heard so far, or is heard soon.
  async hears(pattern) {
    await until(() => this.count(pattern) > 0, `${this.nick} hears ${pattern}`);
    return this.#heard.map((line) => pattern.exec(line)).find(Boolean);
  }

  count(pattern) {
    return this.#heard.filter((line) => pattern.test(line)).length;
  }

  async join(channel) {
    this.send(`JOIN ${channel}`);
    await this.hears(new RegExp(` 366 \\S+ ${channel.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")} `, "i"));
  }

  say(target, text) {
    this.send(`PRIVMSG ${target} :${text}`);
  }

  // All that was sent before has been done.
  async settle() {
    const token = `settled-${Math.random()}`;
    this.send(`PING ${token}`);
    await this.hears(new RegExp(`PONG .*${token}`));
  }

  leave() {
    this.#socket.destroy();
  }
}
