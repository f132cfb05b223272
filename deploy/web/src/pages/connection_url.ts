// SPDX-License-Identifier: Apache-2.0
// The address of a connection, as a form has it and as the node has it:
// `irc://user:password@host:port/%23channel?nick=…&sasl=…&tls=…`.

export const loginKinds = ["none", "plain", "scram-sha-256", "scram-sha-512", "external", "server"] as const;

/** How to log in to the network; "server" is a password of the server itself, or of a bouncer. */
export type LoginKind = (typeof loginKinds)[number];

export type ConnectionFields = {
  host: string;
  port: string;
  tls: boolean;
  verify: boolean;
  nick: string;
  realname: string;
  login: LoginKind;
  user: string;
  password: string;
  channel: string;
};

export const blankConnection: ConnectionFields = {
  host: "",
  port: "6697",
  tls: true,
  verify: true,
  nick: "",
  realname: "",
  login: "none",
  user: "",
  password: "",
  channel: "",
};

export const needsUser = (login: LoginKind): boolean => login !== "none" && login !== "external";

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function loginOf(url: URL): LoginKind {
  const said = (url.searchParams.get("sasl") ?? "none").toLowerCase();
  const kind = loginKinds.find((each) => each === said) ?? "none";
  return kind === "none" && (url.username !== "" || url.password !== "") ? "server" : kind;
}

/** Undefined where it is no such address. */
export function readConnectionUrl(text: string): ConnectionFields | undefined {
  let url: URL;
  try {
    // `irc` and `ircs` are no names that the browser knows, so a raw `#` would end the address.
    url = new URL(text.trim().replace(/^([a-z]+:\/\/[^/?#]*\/)#/i, "$1%23"));
  } catch {
    return undefined;
  }
  if (!/^ircs?:$/.test(url.protocol) || url.hostname === "") return undefined;
  const tls = url.protocol === "ircs:" || url.searchParams.get("tls") !== "0";
  const channel = decoded(url.pathname.slice(1));
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port || (tls ? "6697" : "6667"),
    tls,
    verify: url.searchParams.get("tls_verify") !== "0",
    nick: url.searchParams.get("nick") ?? "",
    realname: url.searchParams.get("realname") ?? "",
    login: loginOf(url),
    user: decoded(url.username),
    password: decoded(url.password),
    channel: channel === "" || /^[#&+!]/.test(channel) ? channel : `#${channel}`,
  };
}

function authority(fields: ConnectionFields, isChange: boolean): string {
  const host = fields.host.trim();
  const written = host.includes(":") ? `[${host}]` : host;
  const port = fields.port.trim();
  const address = port === "" ? written : `${written}:${port}`;
  const user = needsUser(fields.login) ? encodeURIComponent(fields.user.trim()) : "";
  const password = needsUser(fields.login) ? encodeURIComponent(fields.password) : "";
  if (password !== "") return `${user}:${password}@${address}`;
  if (user !== "") return `${user}@${address}`;
  // Without a word on the user the node keeps the one that it knows, and the password.
  return isChange && !needsUser(fields.login) ? `:@${address}` : address;
}

/** The address that the node is told. What `old` says and no field has stays as it is; the
    channel is told apart from it. */
export function writeConnectionUrl(fields: ConnectionFields, old = ""): string {
  const query = new URLSearchParams(old.split("?")[1] ?? "");
  const set = (name: string, value: string): void => {
    if (value === "") query.delete(name);
    else query.set(name, value);
  };
  set("nick", fields.nick.trim());
  set("realname", fields.realname.trim());
  set("sasl", fields.login === "server" ? "none" : fields.login);
  set("tls", fields.tls ? "1" : "0");
  set("tls_verify", fields.tls && !fields.verify ? "0" : "");
  return `irc://${authority(fields, old !== "")}/?${query.toString()}`;
}
