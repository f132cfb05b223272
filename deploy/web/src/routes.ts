// SPDX-License-Identifier: Apache-2.0
// Which page an address is.
import { site } from "./api/site";

export type Route =
  | { page: "home" }
  | { page: "login" }
  | { page: "register"; email: string; exp: string; token: string }
  | { page: "notifications" }
  | { page: "conversation"; connection: string; conversation: string; at?: string }
  | { page: "search"; match: string }
  | { page: "help" }
  | { page: "settings"; section: string }
  /** Without an id, a new one. */
  | { page: "connection"; id?: string; uri?: string }
  | { page: "channels"; connection: string }
  | { page: "admin"; section: string }
  | { page: "missing" };

type Query = Readonly<Record<string, string>>;

function segmentsOf(path: string): string[] | undefined {
  if (!path.startsWith(`${site.basePath}/`) && path !== site.basePath) return undefined;
  try {
    return path.slice(site.basePath.length).split("/").filter(Boolean).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

export function routeOf(path: string, query: Query): Route {
  const [first, ...rest] = segmentsOf(path) ?? ["missing"];
  switch (first) {
    case undefined:
      return { page: "home" };
    case "login":
      return { page: "login" };
    case "register":
      return { page: "register", email: query["email"] ?? "", exp: query["exp"] ?? "", token: query["token"] ?? "" };
    case "chat":
      return chatRoute(rest, query);
    case "search":
      return { page: "search", match: query["match"] ?? "" };
    case "help":
      return { page: "help" };
    case "settings":
      return settingsRoute(rest, query);
    default:
      return { page: "missing" };
  }
}

// What is behind a third slash is a part of the name: `#a/b` that somebody did not encode.
function chatRoute([connection, ...name]: string[], query: Query): Route {
  if (connection === undefined) return { page: "notifications" };
  const at = query["at"];
  return { page: "conversation", connection, conversation: name.join("/"), ...(at ? { at } : {}) };
}

function settingsRoute([section = "account", id]: string[], query: Query): Route {
  if (section === "connection") {
    const uri = query["uri"];
    return { page: "connection", ...(id !== undefined && id !== "add" ? { id } : {}), ...(uri ? { uri } : {}) };
  }
  if (section === "channels" && id !== undefined) return { page: "channels", connection: id };
  if (section === "admin") return { page: "admin", section: id ?? "users" };
  return { page: "settings", section };
}
