// SPDX-License-Identifier: Apache-2.0
// The addresses of the pages, all below the path that the node says.
import { site } from "./api/site";

const part = encodeURIComponent;
const below = (path: string) => `${site.basePath}${path}`;

export const places = {
  home: () => below("/"),
  login: () => below("/login"),
  register: () => below("/register"),
  notifications: () => below("/chat"),
  /** With a moment, that part of its history. */
  conversation: (connection: string, conversation: string, around?: string) =>
    below(
      `/chat/${part(connection)}${conversation === "" ? "" : `/${part(conversation)}`}` +
        (around === undefined ? "" : `?at=${part(around)}`),
    ),
  search: (match = "") => below(`/search${match === "" ? "" : `?match=${part(match)}`}`),
  help: () => below("/help"),
  settings: (section = "account") => below(`/settings/${part(section)}`),
  addConnection: (uri?: string) => below(`/settings/connection/add${uri ? `?uri=${part(uri)}` : ""}`),
  connection: (connection: string) => below(`/settings/connection/${part(connection)}`),
  channels: (connection: string) => below(`/settings/channels/${part(connection)}`),
  admin: (section = "users") => below(`/settings/admin/${part(section)}`),
  /** Not a page of ours: the node ends the session and goes on to the login. */
  logout: () => below(`/logout?csrf=${part(site.csrf)}`),
};

/** What the router takes care of; files and the logout are the node's. */
export const pageScope = new RegExp(`^${site.basePath.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}/(chat|login|register|search|settings|help)?(/|\\?|$)`);

/** Goes to a page from where no component is. */
export function go(url: string, replace = false) {
  if (replace) history.replaceState(null, "", url);
  else history.pushState(null, "", url);
  dispatchEvent(new PopStateEvent("popstate"));
}
