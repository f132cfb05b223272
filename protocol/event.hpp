// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/ids.hpp"
#include "protocol/time.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace convoy::protocol {

/// Every kind of broadcast event: first the types of `message`, then those of
/// `state` (spec/events-and-irc.md §5.1 and §5.3). The numbers are stored in
/// the journal, so they are never reused.
enum class event_kind : std::uint8_t {
  direct = 1, ///< `message`/`private`: PRIVMSG to a channel or a person
  notice = 2,
  action = 3,
  error = 4,
  preformat = 5,
  reaction = 6,    ///< `text` is the reaction; `extra` says to which message
  connection = 20, ///< `target` is the state, `text` the message
  info = 21,       ///< `extra` holds the whole info object
  frozen = 22, ///< `text` is the reason, `topic`, counters, `extra` the info
  join = 23,
  part = 24, ///< `target` is the kicker, if there was one
  quit = 25,
  nick_change = 26, ///< `from` is the old nick, `target` the new one
  mode = 27,        ///< `text` is the mode string, `target` its nick, if any
  invite = 28,      ///< `from` invites `target`
  typing = 29,      ///< `from`; `text` is active, paused or done
  away = 30,        ///< `from`; `text` the reason; no text: is back
  account = 31,     ///< `from`; `target` is the account, "" when logged out
  host = 32,        ///< `from`; `target` is the new `user@host`
  realname = 33,    ///< `from`; `text` is the new real name
  redact = 34,      ///< `from` takes message `target` (msgid) back, for `text`
  rename = 35,      ///< `target` is the old conversation id, `text` the reason
  presence = 36,    ///< `target` (monitored) is online if `has_text`
  read = 37,        ///< all up to `extra`'s `read_seq` has been read
  queued = 38,      ///< lines wait for their turn to be sent; `extra` says it
  store = 39,       ///< the store answers if `has_text` is false; `text` says
                    ///< what is wrong otherwise
};

/// Whether events of that kind are shown to who is there and then forgotten:
/// without a number, and not in the journal.
constexpr bool is_passing(event_kind kind) noexcept {
  return kind == event_kind::typing || kind == event_kind::queued
         || kind == event_kind::store;
}

constexpr bool is_message(event_kind kind) noexcept {
  return kind < event_kind::connection;
}

/// The value of the wire's `type`: "private", "frozen", …
std::string_view to_string(event_kind kind) noexcept;

/// What happened to one user, as it is numbered, stored, fanned out and
/// replayed. Flat on purpose: a kind uses the fields its line above names.
struct event {
  event_kind kind = event_kind::direct;
  bool highlight = false;
  /// `part`: whether `message` is on the wire at all. It is absent when the
  /// user removed the conversation (spec §5.3). `away`, `presence`: see there.
  bool has_text = true;
  std::uint32_t unread = 0;
  std::uint32_t notifications = 0;
  event_seq seq = 0; ///< given by the user actor, 0 before that
  timestamp time{};
  std::string connection_id;
  std::string conversation_id; ///< lower-cased name, "" is the server's
  std::string name;            ///< the conversation's name as it is spelt
  std::string from;
  std::string target;
  std::string text;
  std::string topic;
  /// More members as one encoded JSON object (`{"nick":"x"}`), or "".
  std::string extra;
};

} // namespace convoy::protocol
