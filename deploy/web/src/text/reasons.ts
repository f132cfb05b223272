// SPDX-License-Identifier: Apache-2.0
// What the node refuses something with, in the language of the page. A sentence that is not known
// here, such as one of an IRC server, is shown as it came.
import { t, type Key } from "./i18n";

const known: readonly (readonly [RegExp, Key])[] = [
  [/^Need to log in first\.|^The session has ended\./, "reason.login"],
  [/^Invalid email or password\./, "reason.bad_login"],
  [/^Does not match email format\./, "reason.email"],
  [/^Email is taken\./, "reason.email_taken"],
  [/^String is too short/, "reason.too_short"],
  [/^String is too long/, "reason.too_long"],
  [/^Missing property\./, "reason.missing"],
  [/registration is not open to public\.$/, "reason.closed"],
  [/^Invalid token\.|^This time is over\./, "reason.bad_invite"],
  [/^Connection already exists\./, "reason.connection_exists"],
  [/^Missing "host" in URL|^URL need a valid host/, "reason.host"],
  [/^URL need a port/, "reason.port"],
  [/URL require a scheme and host\.$|^Expected an http:\/\/ or https:\/\/ URL\./, "reason.url"],
  [/^Will only accept forced connection URL\./, "reason.forced"],
  [/^Not connected\.$/, "reason.not_connected"],
  [/^The store does not answer/, "reason.store"],
  [/^(?:Connection|Conversation|Connection profile|Session|Token|File|User)? ?not found\.$/i, "reason.not_found"],
  [/^No such user\./, "reason.not_found"],
  [/^You are the only admin left\.|^Somebody else has to be an admin first\./, "reason.last_admin"],
  [/^You are the only user left\./, "reason.last_user"],
  [/^An API token cannot do this/, "reason.token_only"],
  [/^Promise timeout|did not answer in time\.$/, "reason.timeout"],
  [/^There is no room left for your files\./, "reason.no_room"],
  [/^Maximum message size exceeded/, "reason.too_large"],
  [/^Too many requests\./, "reason.busy"],
];

/** `status` is that of the answer; 0 when there was none, or it came over the WebSocket. */
export function reason(message: string, status?: number): string {
  for (const [pattern, key] of known) if (pattern.test(message)) return t(key);
  if (status === 0 && message === "") return t("reason.offline");
  if (status === 413) return t("reason.too_large");
  if (status === 429) return t("reason.busy");
  return message === "" ? t("reason.unknown") : message;
}
