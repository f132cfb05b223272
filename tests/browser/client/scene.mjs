// SPDX-License-Identifier: Apache-2.0
// What a test has: a node, an IRC server, and people who use them. All that it
// has started ends with it.
import { mkdir } from "node:fs/promises";
import { kill, startConvoy, startInspircd } from "../processes.mjs";
import { startRedactingIrc } from "../redacting_irc.mjs";
import { IrcPerson } from "./irc_person.mjs";
import { makePipe } from "./pipe.mjs";
import { Visitor } from "./visitor.mjs";

let last = 0;

export class Scene {
  #visitors = [];
  #ends = [];

  // A stage has the program, the folder of the page, the browser, and a node and
  // an IRC server for everybody.
  constructor(stage) {
    this.stage = stage;
  }

  get ircPort() {
    return this.stage.irc;
  }

  get base() {
    return this.stage.base;
  }

  // Nobody else has it.
  name(what) {
    return `${what}${++last}`;
  }

  async visit({ base = this.base, ...options } = {}) {
    const visitor = await Visitor.come(this.stage.browser, base, options);
    this.#visitors.push(visitor);
    return visitor;
  }

  // Somebody with an account and a connection, who looks at the first channel.
  async person(nick, channels, { port = this.ircPort, ...options } = {}) {
    const visitor = await this.visit(options);
    visitor.nick = nick;
    await visitor.register(`${nick}@example.com`);
    await visitor.connectTo(port, nick, channels);
    await visitor.open(channels[0]);
    return visitor;
  }

  async irc(nick, { port = this.ircPort, realName } = {}) {
    const person = await IrcPerson.come(port, nick, realName);
    this.#ends.push(() => person.leave());
    return person;
  }

  async pipe(target, isHurt) {
    const pipe = await makePipe(target, isHurt);
    this.#ends.push(() => pipe.close());
    return pipe;
  }

  // With nobody else on it.
  async ircServer() {
    const own = `${this.stage.folder}/${this.name("irc")}`;
    await mkdir(own);
    return startInspircd(own);
  }

  // One that lets messages be taken back, which no server of Debian does.
  async redactingIrc() {
    const server = await startRedactingIrc();
    this.#ends.push(() => server.close());
    return server.port;
  }

  // A node of one's own, in whose folder something may be prepared.
  async node(options = [], prepare = () => undefined) {
    const { program, folder, webRoot } = this.stage;
    const own = `${folder}/${this.name("node")}`;
    await mkdir(own);
    await prepare(own);
    const start = (port) => startConvoy(program, own, [`--web-root=${webRoot}`, "--login-interval=0", ...options], port);
    let running = await start(0);
    const { port } = running;
    this.#ends.push(() => kill(running.child));
    return {
      port,
      base: `http://127.0.0.1:${port}`,
      die: () => kill(running.child),
      rise: async () => {
        running = await start(port);
      },
    };
  }

  assertNoFaults() {
    for (const each of this.#visitors) each.assertNoFaults();
  }

  // What everybody had before their eyes when it went wrong.
  async describe(name) {
    const { pictures } = this.stage;
    for (const [at, { page, faults }] of this.#visitors.entries()) {
      console.error(`${page.url()}: ${faults.join("\n") || "no faults"}`);
      if (pictures) await page.screenshot({ path: `${pictures}/failed-${name}-${at}.png` }).catch(() => undefined);
    }
  }

  async end() {
    for (const each of this.#visitors) await each.leave();
    for (const each of this.#ends.reverse()) await each();
  }
}
