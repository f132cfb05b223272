// SPDX-License-Identifier: Apache-2.0
// The programs that the test starts, each on a port of its own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { createInterface } from "node:readline";

const running = [];

export function stopAll() {
  for (const child of running.splice(0)) child.kill("SIGKILL");
}

function start(program, args) {
  // Debian has servers in a folder that not everybody looks into.
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };
  const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  running.push(child);
  child.log = [];
  child.on("error", (why) => child.log.push(String(why)));
  const lines = [];
  for (const stream of [child.stdout, child.stderr]) {
    const reader = createInterface({ input: stream });
    reader.on("line", (line) => {
      child.log.push(line);
      for (const each of lines) each(line);
    });
  }
  // The line that says that it is up.
  child.said = (pattern) =>
    new Promise((done, failed) => {
      lines.push((line) => pattern.exec(line) && done(pattern.exec(line)));
      child.on("exit", () => failed(new Error(`${program} ended:\n${child.log.join("\n")}`)));
    });
  return child;
}

export const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

// Whether somebody listens, as soon as somebody does.
async function listening(port, child) {
  while (child.exitCode === null) {
    const is = await new Promise((done) => {
      const socket = connect(port, "127.0.0.1", () => done(true));
      socket.on("error", () => done(false));
      socket.on("connect", () => socket.destroy());
    });
    if (is) return;
  }
  throw new Error(`It ended:\n${child.log.join("\n")}`);
}

export async function startIrc(folder) {
  const port = await freePort();
  const file = `${folder}/ngircd.conf`;
  const user = process.getuid() === 0 ? "ServerUID = nobody\nServerGID = nogroup\n" : "";
  await writeFile(
    file,
    `[Global]\nName = irc.example\nInfo = test\nListen = 127.0.0.1\nPorts = ${port}\n` +
      `MotdPhrase = Hello\n${user}[Limits]\nMaxConnectionsIP = 0\n[Options]\nDNS = no\nIdent = no\nPAM = no\n`
  );
  await listening(port, start("ngircd", ["-n", "-f", file]));
  return port;
}

// A server with the extensions that replies and reactions need.
export async function startInspircd(folder) {
  const port = await freePort();
  const file = `${folder}/inspircd.conf`;
  const modules =
    "cap botmode chghost ircv3 ircv3_accounttag ircv3_batch ircv3_capnotify ircv3_ctctags ircv3_echomessage " +
    "ircv3_invitenotify ircv3_labeledresponse ircv3_msgid ircv3_servertime monitor namesx setname";
  await writeFile(
    file,
    `<server name="irc.example" description="test" network="Example">
<admin name="a" nick="a" email="a@example.com">
<path datadir="${folder}" logdir="${folder}" runtimedir="${folder}">
<pid file="${folder}/inspircd.pid">
<dns server="127.0.0.1" timeout="1">
<class name="none" commands="">
<performance nouserdns="yes">
<connect allow="*" timeout="60" pingfreq="120" resolvehostnames="no" localmax="1000" globalmax="1000"
  softsendq="9999999" hardsendq="99999999" recvq="9999999" threshold="1000000" commandrate="100000000" fakelag="off">
<bind address="127.0.0.1" port="${port}" type="clients">
${modules.split(" ").map((each) => `<module name="${each}">`).join("\n")}
`
  );
  await listening(port, start("inspircd", ["--nofork", "--runasroot", "--config", file]));
  return port;
}

// Ends at once and says nothing to anybody.
export async function kill(child) {
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

// On a port of its own, unless it is to be the one that it had before.
export async function startConvoy(program, folder, options, port = 0) {
  await mkdir(folder, { recursive: true });
  const child = start(program, [
    "serve",
    `--listen=127.0.0.1:${port}`,
    "--internal-listen=127.0.0.1:0",
    `--store=sqlite:${folder}/convoy.sqlite`,
    "--default-connection=",
    "--event-time=iso",
    "--irc-allow-private",
    "--irc-flood-interval=0",
    "--password-cost=min",
    ...options,
  ]);
  const up = await child.said(/event=listening listener=public .*port=(\d+)/);
  return { port: Number(up[1]), child };
}

// A site on which Convoy is one folder among others, as operators have it.
export async function startProxy(folder, path, target) {
  const port = await freePort();
  const file = `${folder}/haproxy.cfg`;
  await writeFile(
    file,
    `defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  timeout tunnel 1h
frontend site
  bind 127.0.0.1:${port}
  http-request set-header X-Request-Base http://127.0.0.1:${port}${path}
  acl font path_reg ^/assets/[^/]+\\.woff2?$
  http-request deny deny_status 404 unless font or { path ${path} /api } or { path_beg ${path}/ }
  http-request replace-path ${path}/?(.*) /\\1
  default_backend convoy
backend convoy
  server convoy 127.0.0.1:${target}
`
  );
  await listening(port, start("haproxy", ["-f", file, "-db"]));
  return port;
}
