// SPDX-License-Identifier: Apache-2.0
// A network between a page, or a node, and its server, which can be bad.
import { connect, createServer } from "node:net";

// What a connection begins with tells whether it is one of those to be hurt.
export async function makePipe(target, isHurt = () => true) {
  const pairs = new Set();
  const state = { isCut: false, isHeld: false };

  const attach = (near) => {
    const far = connect(target, "127.0.0.1");
    const pair = { near, far, kept: [], isHurt: false };
    pairs.add(pair);
    let isFirst = true;
    near.on("data", (data) => {
      if (isFirst) pair.isHurt = isHurt(data.toString("latin1"));
      isFirst = false;
      if (pair.isHurt && state.isCut) return near.destroy();
      far.write(data);
    });
    far.on("data", (data) => {
      if (pair.isHurt && state.isHeld) pair.kept.push(data);
      else near.write(data);
    });
    for (const [one, other] of [[near, far], [far, near]]) {
      one.on("error", () => undefined);
      one.on("close", () => {
        other.destroy();
        pairs.delete(pair);
      });
    }
  };

  const server = createServer(attach);
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    port: server.address().port,
    // No connection any more, and no new one.
    cut() {
      state.isCut = true;
      for (const { near, isHurt: isOne } of pairs) if (isOne) near.destroy();
    },
    mend() {
      state.isCut = false;
      state.isHeld = false;
    },
    // What the server answers does not arrive any more; what it is told does.
    hold() {
      state.isHeld = true;
    },
    release() {
      state.isHeld = false;
      for (const { near, kept } of pairs) kept.splice(0).forEach((data) => near.write(data));
    },
    close() {
      for (const { near } of pairs) near.destroy();
      server.close();
    },
  };
}

// Of a page only its live link, so that it can still be loaded.
export const isLiveLink = (begin) => /^GET \S*\/events/.test(begin);
