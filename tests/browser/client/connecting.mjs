// SPDX-License-Identifier: Apache-2.0
// Networks and channels: how one comes to them, and what one is told when not.
import { freePort } from "../processes.mjs";
import { becomes } from "./until.mjs";

async function newcomer(scene, nick, base = scene.base) {
  const visitor = await scene.visit({ base });
  await visitor.register(`${nick}@example.com`);
  await visitor.goto("/");
  await visitor.sees("heading", "Which network?");
  return visitor;
}

async function fillServer(visitor, port) {
  await visitor.see("button", /^Another server/).click();
  await visitor.fill("Address of the server", "127.0.0.1");
  await visitor.fill("Port", String(port));
  await visitor.see("checkbox", /^Encrypt the connection/).uncheck();
}

export const tests = {
  "the well-known networks can be searched": async (scene) => {
    const visitor = await newcomer(scene, scene.name("amy"));
    const networks = visitor.page.getByRole("main").getByRole("listitem");
    await visitor.sees("button", /OFTC/);
    await visitor.fill("Find a network", "libera");
    await becomes(() => networks.getByRole("button", { name: /Libera/ }).count(), 1, "Libera.Chat is found");
    await becomes(() => networks.getByRole("button", { name: /OFTC/ }).count(), 0, "others are not shown");
    await visitor.see("button", /Libera/).click();
    await visitor.sees("heading", "Connect to Libera.Chat");
  },

  "a server of one's own, and a channel at once": async (scene) => {
    const nick = scene.name("amy");
    const channel = scene.name("#hall");
    const visitor = await newcomer(scene, nick);
    await fillServer(visitor, scene.ircPort);
    await visitor.fill("Nick", nick);
    await visitor.fill("Channel to join", channel);
    await visitor.press("Connect");
    await visitor.sees("heading", channel);
    await visitor.says("I am in");
    await visitor.hears("I am in");
  },

  // At a node of its own: connects to a host that fails wait for each other.
  "why there is no connection is said in words": async (scene) => {
    const { base } = await scene.node();
    const visitor = await newcomer(scene, "amy", base);
    await fillServer(visitor, await freePort());
    await visitor.fill("Nick", "amy");
    await visitor.press("Connect");
    await visitor.page.getByRole("main").getByText(/refused/i).first().waitFor();
    await visitor.goto("/settings/connection/irc-localhost");
    await visitor.page.getByRole("main").getByText(/refused/i).first().waitFor();
  },

  "what is wrong with an address stands at its field": async (scene) => {
    const visitor = await newcomer(scene, scene.name("amy"));
    visitor.allow(/status of 400/);
    await fillServer(visitor, 99999999);
    await visitor.press("Connect");
    await becomes(
      () => visitor.page.getByLabel("Port", { exact: true }).getAttribute("aria-invalid"),
      "true",
      "the port is marked"
    );
  },

  "the list of channels: search, join": async (scene) => {
    const [here, other] = [scene.name("#harbour"), scene.name("#market")];
    const eve = await scene.irc(scene.name("eve"));
    await eve.join(here);
    eve.send(`TOPIC ${here} :Ships and \x02tides\x02`);
    await eve.join(other);
    await eve.settle();
    const ann = await scene.person(scene.name("ann"), [scene.name("#hall")]);
    await ann.goto("/settings/channels/irc-localhost");
    await ann.page.getByRole("listitem").filter({ hasText: other }).waitFor();
    await ann.fill("Search in names and topics", "tides");
    await ann.page.getByRole("listitem").filter({ hasText: other }).waitFor({ state: "detached" });
    await ann.page.getByRole("listitem").filter({ hasText: here }).getByText("Ships and tides").waitFor();
    await ann.press(`Join ${here}`);
    await ann.sees("heading", here);
    await ann.reads("Ships and tides");
  },

  "change, disconnect, connect, remove": async (scene) => {
    const [nick, next] = [scene.name("ann"), scene.name("anna")];
    const channel = scene.name("#hall");
    const eve = await scene.irc(scene.name("eve"));
    await eve.join(channel);
    const ann = await scene.person(nick, [channel]);
    await ann.goto("/settings/connection/irc-localhost");
    await ann.fill("Nick", next);
    await ann.press("Save");
    await ann.reads("Saved.");
    await ann.press("Disconnect");
    await eve.hears(new RegExp(`:${nick}!\\S+ QUIT`));
    await ann.page.getByRole("main").getByText("Disconnected", { exact: true }).waitFor();
    await ann.press("Connect");
    await eve.hears(new RegExp(`:${next}!\\S+ JOIN`));
    await ann.page.getByRole("main").getByText("Connected", { exact: true }).waitFor();
    await ann.press("Remove this connection");
    await ann.page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await ann.sees("heading", "Connections");
    await ann.reads("No connections yet");
  },
};
