// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";

import { reason } from "./reasons";

test("what the node says is known", () => {
  expect(reason("Invalid email or password.")).toBe("The email or the password is wrong.");
  expect(reason("String is too short: 9/10.")).toBe("This is too short.");
  expect(reason("URL need a port between 1 and 65535.")).toBe("A port is a number from 1 to 65535.");
  expect(reason("Contact URL require a scheme and host.")).toMatch(/not an address/);
});

test("why a channel or a connection is as it is", () => {
  expect(reason("Not active in this room.")).toBe("You are not in this channel.");
  expect(reason("Connecting to irc.example in about 12s.")).toBe("Connecting to irc.example in about 12 s");
  expect(reason("Connecting to irc.example.")).toBe("Connecting to irc.example");
  expect(reason("Could not resolve host irc.example.")).toBe("There is no server with the name irc.example.");
  expect(reason("Connection refused")).toBe("Connection refused");
});

test("a reason may have another one in it", () => {
  expect(reason("SASL authentication failed: The server wants TLS.")).toMatch(/: The server wants encryption for it\.$/);
  expect(reason("SASL authentication failed: Account is suspended")).toMatch(/: Account is suspended$/);
});

test("what an IRC server says is shown as it is", () => {
  expect(reason("Cannot join channel (+i)")).toBe("Cannot join channel (+i)");
});

test("without words, the status says it", () => {
  expect(reason("", 0)).toMatch(/cannot be reached/);
  expect(reason("", 429)).toMatch(/Too many/);
  expect(reason("", 413)).toMatch(/too large/);
  expect(reason("", 500)).toMatch(/went wrong/);
});
