// SPDX-License-Identifier: Apache-2.0
// As much of an IRC server as it takes to take messages back
// (draft/message-redaction): channels, whose first member is their operator,
// messages with ids, and REDACT for who wrote them and for operators.
import { createServer } from "node:net";
import { createInterface } from "node:readline";

const offered = "draft/message-redaction echo-message message-tags server-time";
const name = "irc.example";

class Channels {
  #members = new Map();
  #authors = new Map();
  #lastId = 0;

  members(channel) {
    const key = channel.toLowerCase();
    if (!this.#members.has(key)) this.#members.set(key, []);
    return this.#members.get(key);
  }

  isOperator(channel, client) {
    return this.members(channel)[0] === client;
  }

  names(channel) {
    return this.members(channel).map((each) => (this.isOperator(channel, each) ? "@" : "") + each.nick).join(" ");
  }

  remember(author) {
    this.#authors.set(`m${++this.#lastId}`, author);
    return `m${this.#lastId}`;
  }

  wrote(author, id) {
    return this.#authors.get(id) === author;
  }

  leave(client) {
    for (const [key, members] of this.#members) this.#members.set(key, members.filter((each) => each !== client));
  }
}

class Client {
  nick = "*";
  #socket;
  #channels;

  constructor(socket, channels) {
    this.#socket = socket;
    this.#channels = channels;
    socket.on("error", () => undefined);
    socket.on("close", () => channels.leave(this));
    createInterface({ input: socket }).on("line", (line) => this.#take(line));
  }

  get #mask() {
    return `${this.nick}!${this.nick}@host.example`;
  }

  hear(line) {
    this.#socket.write(`${line}\r\n`);
  }

  #reply(numeric, rest) {
    this.hear(`:${name} ${numeric} ${this.nick} ${rest}`);
  }

  #tell(channel, line) {
    for (const each of this.#channels.members(channel)) each.hear(line);
  }

  #take(line) {
    const [, tags = "", command, rest = ""] = /^(?:@(\S+) +)?(\S+) *(.*)$/.exec(line) ?? [];
    const [middle, ...text] = rest.split(/(?:^| ):(.*)$/);
    const params = [...middle.split(" ").filter(Boolean), ...text.slice(0, 1)];
    this.#answers[command?.toUpperCase()]?.(params, tags);
  }

  #answers = {
    CAP: ([what, list]) => {
      if (what === "LS") this.hear(`:${name} CAP ${this.nick} LS :${offered}`);
      if (what === "REQ") this.hear(`:${name} CAP ${this.nick} ACK :${list}`);
    },
    NICK: ([nick]) => {
      this.nick = nick;
    },
    USER: () => {
      this.#reply("001", ":Welcome");
      this.#reply("005", "NETWORK=Example PREFIX=(ov)@+ CHANTYPES=# :are supported by this server");
      this.#reply("422", ":No message of the day");
    },
    PING: ([token]) => this.hear(`:${name} PONG ${name} :${token}`),
    JOIN: ([channel]) => {
      this.#channels.members(channel).push(this);
      this.#tell(channel, `:${this.#mask} JOIN ${channel}`);
      this.#answers.NAMES([channel]);
    },
    NAMES: ([channel]) => {
      this.#reply("353", `= ${channel} :${this.#channels.names(channel)}`);
      this.#reply("366", `${channel} :End`);
    },
    WHO: ([mask]) => this.#reply("315", `${mask} :End`),
    TOPIC: ([channel]) => this.#reply("331", `${channel} :No topic is set`),
    MODE: ([channel]) => this.#reply("324", `${channel} +nt`),
    PRIVMSG: ([channel, text]) => {
      const tags = `@msgid=${this.#channels.remember(this)};time=${new Date().toISOString()}`;
      this.#tell(channel, `${tags} :${this.#mask} PRIVMSG ${channel} :${text}`);
    },
    REDACT: ([channel, id, why = ""]) => {
      const may = this.#channels.wrote(this, id) || this.#channels.isOperator(channel, this);
      if (may) this.#tell(channel, `:${this.#mask} REDACT ${channel} ${id} :${why}`);
      else this.hear(`:${name} FAIL REDACT REDACT_FORBIDDEN ${channel} ${id} :You may not take that back`);
    },
  };
}

export async function startRedactingIrc() {
  const channels = new Channels();
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket);
    new Client(socket, channels);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    port: server.address().port,
    close() {
      for (const each of sockets) each.destroy();
      server.close();
    },
  };
}
