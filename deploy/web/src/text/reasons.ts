// SPDX-License-Identifier: Apache-2.0
// What the node says for a reason, in the language of the page. A sentence that is not known here,
// such as one of an IRC server, is shown as it came.
import { t, type Key } from "./i18n";

/** The named groups of a pattern are put into the text. What is `why` may be a reason itself. */
const known: readonly (readonly [RegExp, Key])[] = [
  // Of accounts and requests.
  [/^Need to log in first\.|^The session has ended\.|^Your account is not open any more\./, "reason.login"],
  [/^Invalid email or password\./, "reason.bad_login"],
  [/^Does not match email format\./, "reason.email"],
  [/^Email is taken\./, "reason.email_taken"],
  [/^String is too short/, "reason.too_short"],
  [/^String is too long/, "reason.too_long"],
  [/^Missing (?:property|name|CTCP command)\./, "reason.missing"],
  [/^Expected a number from (?<low>\d+) to (?<high>\d+)\./, "reason.range"],
  [/^Expected at most (?<most>\d+) /, "reason.at_most"],
  [/registration is not open to public\.$/, "reason.closed"],
  [/^Invalid token\.|^This time is over\./, "reason.bad_invite"],
  [/^(?:Connection|Conversation|Connection profile|Session|Token|File|User)? ?not found\.$/i, "reason.not_found"],
  [/^No such user\./, "reason.not_found"],
  [/^You are the only admin left\.|^Somebody else has to be an admin first\./, "reason.last_admin"],
  [/^You are the only user left\./, "reason.last_user"],
  [/^An API token cannot do this/, "reason.token_only"],
  [/^This token (?:may not send|is not good for )/, "reason.no_right"],
  [/^Only admins can /, "reason.admins"],
  [/^You cannot delete the default connection\./, "reason.default_profile"],
  [/^Only the default connection can be forced\./, "reason.forced_default"],
  [/^There is no room left for your files\.|^No room for this file: /, "reason.no_room"],
  [/^Maximum message size exceeded|^Request body too large\./, "reason.too_large"],
  [/^Cannot link to a text of that length: /, "reason.no_link"],
  [/^Internal Server Error\./, "reason.unknown"],
  // When something cannot be done just now.
  [/^The store (?:does not answer|is being opened)/, "reason.store"],
  [/^Promise timeout|did not answer in time\.$|^Connect(?:ion)? time(?:d )?out[.!]$/, "reason.timeout"],
  [/^The list of channels does not answer\./, "reason.timeout"],
  [/^Too many (?:requests|large answers|names|uploads|long messages|lines|open (?:commands|requests))\b/, "reason.busy"],
  [/^Too many \w+\.$/, "reason.too_many"],
  [/^Nobody knows whether this was sent: /, "reason.nobody_knows"],
  [/(?:connect again|resume elsewhere|load anew|connect again and resume|try again|send it again)\.$/, "reason.again"],
  [/^The node stops\.|^The user's home |^This node has no lease/, "reason.again"],
  // Of addresses.
  [/^Connection already exists\./, "reason.connection_exists"],
  [/^Missing "host" in URL|^URL need a valid host/, "reason.host"],
  [/^URL need a port/, "reason.port"],
  [/^URL scheme /, "reason.scheme"],
  [/URL require a scheme and host\.$|^Expected an http:\/\/ or https:\/\/ URL\./, "reason.url"],
  [/^URL (?:has a bad|must not have|is longer than) /, "reason.url"],
  [/^Will only accept forced connection URL\./, "reason.forced"],
  // Why nothing can be said in a channel.
  [/^Not connected\.$/, "reason.not_connected"],
  [/^Not active in this room\.$/, "reason.not_active"],
  [/^Invalid password\.$/, "reason.bad_key"],
  [/^This channel requires an invitation\.$/, "reason.invite_only"],
  [/^You have a pending invitation\.$/, "reason.invited"],
  // Why a connection is in its state.
  [/^Connecting\.$/, "chat.state.connecting"],
  [/^Disconnecting\.$/, "chat.state.disconnecting"],
  [/^Connecting to (?<host>\S+) in about (?<seconds>\d+)s/, "reason.connecting_soon"],
  [/^Connecting to (?<host>\S+?)\.?$/, "reason.connecting_to"],
  [/^Connected to (?<host>\S+)\.$/, "reason.connected_to"],
  [/^Does not want to be connected\.$/, "reason.unwanted"],
  [/^Connection closed\.$/, "reason.connection_closed"],
  [/^Connection closed during the TLS handshake\.$/, "reason.closed_in_handshake"],
  [/^Certificate verify failed: (?<why>.+)$/, "reason.certificate"],
  [/^The server's certificate is not the pinned one: expected SHA-256 (?<expected>[^,]+), seen (?<seen>.+)\.$/, "reason.pinned"],
  [/^TLS failed: (?<why>.+)$/, "reason.tls"],
  [/^TLS could not be set up for host (?<host>.+)\.$/, "reason.no_tls"],
  [/^Could not resolve host (?<host>.+)\.$/, "reason.unresolved"],
  [/^No address (?:found\.|of the family of )/, "reason.no_address"],
  [/^Private address refused: (?<address>.+)\.$/, "reason.private_address"],
  [/^Send queue exceeded\.$/, "reason.slow_server"],
  // Why the network did not log one in.
  [/^SASL authentication failed: (?<why>.+)$/, "reason.sasl"],
  [/^SASL needs a user name and a password/, "reason.sasl_identity"],
  [/^The user name or the password has characters /, "reason.sasl_characters"],
  [/^SCRAM has been tried often enough\./, "reason.sasl_often"],
  [/^The server (?:does not offer it\.|has only )/, "reason.not_offered"],
  [/^The server wants TLS\./, "reason.needs_tls"],
  [/^There is no client certificate to show/, "reason.no_certificate"],
  [/: it may be an impostor\.$/, "reason.impostor"],
  [/^The server's (?:SASL|SCRAM) |^The server refuses the SCRAM exchange\./, "reason.sasl_broken"],
  [/^The server goes on with SASL |^The server wants too (?:few|many) rounds /, "reason.sasl_broken"],
  [/^The server does not support it\./, "reason.unsupported"],
  // Of what was typed.
  [/^Unknown command\.$/, "reason.unknown_command"],
  [/^Cannot send empty message\./, "reason.empty_message"],
  [/^Message is too long\./, "reason.message_too_long"],
  [/^Cannot send (?:message to target with|without target)|^Unknown target\./, "reason.bad_target"],
  [/^Missing (?:or invalid )?nick\.|^Expected a nick\./, "reason.nick"],
  [/^(?:Missing|Invalid) mask\./, "reason.mask"],
  [/^Unknown mask\./, "reason.unknown_mask"],
  [/^Missing message id/, "reason.message_id"],
  [/^Must be (?:active, paused or done|\+ or - with nicks)|^Invalid input\./, "reason.other_words"],
  [/^WARNING! \/clear history /, "reason.clear_history"],
  // Of anything else.
  [/^Expected |^Not in enum list: |^This is not what was expected\.|^Must be (?:before|less than) /, "reason.expected"],
];

/** `status` is that of the answer; 0 when there was none, or it came over the WebSocket. */
export function reason(message: string, status?: number): string {
  for (const [pattern, key] of known) {
    const found = pattern.exec(message);
    if (!found) continue;
    const { why, ...values } = found.groups ?? {};
    return t(key, why === undefined ? values : { ...values, why: reason(why) });
  }
  if (status === 0 && message === "") return t("reason.offline");
  if (status === 413) return t("reason.too_large");
  if (status === 429) return t("reason.busy");
  return message === "" ? t("reason.unknown") : message;
}
