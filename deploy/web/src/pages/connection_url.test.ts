// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";

import { blankConnection, readConnectionUrl, writeConnectionUrl } from "./connection_url";

test("an address is read into its fields", () => {
  expect(
    readConnectionUrl("irc://ann:se%20cret@irc.example.net:6697/%23convoy?nick=ann&sasl=plain&realname=Ann%20B&tls=1"),
  ).toEqual({
    host: "irc.example.net",
    port: "6697",
    tls: true,
    verify: true,
    nick: "ann",
    realname: "Ann B",
    login: "plain",
    user: "ann",
    password: "se cret",
    channel: "#convoy",
  });
});

test("what it does not say is as the node has it", () => {
  expect(readConnectionUrl("irc://irc.example.net")).toMatchObject({ port: "6697", tls: true, verify: true, login: "none" });
  expect(readConnectionUrl("irc://irc.example.net?tls=0")).toMatchObject({ port: "6667", tls: false });
  expect(readConnectionUrl("ircs://irc.example.net?tls=0")).toMatchObject({ tls: true });
  expect(readConnectionUrl("irc://irc.example.net?tls_verify=0")).toMatchObject({ verify: false });
});

test("a channel may have lost its sign, or have it as it is", () => {
  expect(readConnectionUrl("irc://irc.example.net/convoy")?.channel).toBe("#convoy");
  expect(readConnectionUrl("irc://irc.example.net/#convoy")?.channel).toBe("#convoy");
  expect(readConnectionUrl("irc://irc.example.net/")?.channel).toBe("");
});

test("a password without SASL is one of the server", () => {
  expect(readConnectionUrl("irc://me:pass@bnc.example.net?sasl=none")?.login).toBe("server");
});

test("what is no address of IRC is none", () => {
  for (const text of ["", "irc.example.net", "https://irc.example.net", "javascript:alert(1)", "irc://", "irc:///x"])
    expect(readConnectionUrl(text), text).toBeUndefined();
});

test("fields are written as an address, which is read as the same", () => {
  const fields = {
    ...blankConnection,
    host: "2001:db8::1",
    port: "7000",
    nick: "ann|b",
    realname: "Ann & Bob",
    login: "scram-sha-256" as const,
    user: "ann@home",
    password: "p:/@?#",
  };
  const url = writeConnectionUrl(fields);
  expect(url).toContain("irc://ann%40home:p%3A%2F%40%3F%23@[2001:db8::1]:7000/?");
  expect(readConnectionUrl(url)).toEqual(fields);
});

test("what no field has stays, what a field has not goes", () => {
  const url = writeConnectionUrl(
    { ...blankConnection, host: "irc.example.net", tls: false, port: "6667", nick: "ann" },
    "irc://irc.example.net:6697?nick=old&realname=Old&authname=x&tls=1&local_address=10.0.0.1",
  );
  const query = new URL(url).searchParams;
  expect(Object.fromEntries(query)).toEqual({
    nick: "ann",
    sasl: "none",
    authname: "x",
    tls: "0",
    local_address: "10.0.0.1",
  });
});

test("who does not log in any more is forgotten, who only types no password is not", () => {
  const fields = { ...blankConnection, host: "irc.example.net", user: "ann" };
  const old = "irc://ann@irc.example.net:6697/?sasl=plain";
  expect(writeConnectionUrl({ ...fields, login: "none" }, old)).toMatch(/^irc:\/\/:@irc\.example\.net:6697\//);
  expect(writeConnectionUrl({ ...fields, login: "none" })).toMatch(/^irc:\/\/irc\.example\.net:6697\//);
  expect(writeConnectionUrl({ ...fields, login: "plain" }, old)).toMatch(/^irc:\/\/ann@irc\.example\.net:6697\//);
});
