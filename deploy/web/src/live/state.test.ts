// SPDX-License-Identifier: Apache-2.0
import { beforeEach, expect, test } from "vitest";

import { Connection } from "./models";
import { setMuted } from "./muted";
import { connections, totals } from "./state";

const connection = new Connection("irc");
const channel = connection.conversation("#a");
const partner = connection.conversation("bob");

beforeEach(() => {
  connections.value = [connection];
  for (const each of [channel, partner]) {
    each.unread.value = 0;
    each.notifications.value = 0;
    setMuted(each, false);
  }
});

test("what the page of notifications does not list is no mention", () => {
  partner.unread.value = 3;
  expect(totals.value).toEqual({ mentions: 0, calls: 3 });
});

test("what is unread in a channel calls only who is mentioned", () => {
  channel.unread.value = 5;
  channel.notifications.value = 2;
  partner.unread.value = 1;
  expect(totals.value).toEqual({ mentions: 2, calls: 3 });
});

test("a muted conversation does not count", () => {
  channel.notifications.value = 2;
  partner.unread.value = 1;
  for (const each of [channel, partner]) setMuted(each, true);
  expect(totals.value).toEqual({ mentions: 0, calls: 0 });
});
