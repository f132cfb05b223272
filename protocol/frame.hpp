// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/event.hpp"
#include "protocol/json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoy::protocol {

/// Longest frame a client may send, in bytes (spec/events-and-irc.md §1).
inline constexpr std::size_t max_frame_size = 262'144;
/// Deepest nesting of a frame or a request body.
inline constexpr std::size_t max_json_depth = 64;

enum class method : std::uint8_t {
  ping,
  load,
  send,
  debug,
  unknown,
  malformed
};

/// One frame of a client, decoded at the edge.
struct request {
  method what = method::ping;
  /// The method as it was given; the reply to an unknown one is named for it.
  std::string name = "ping";
  /// Encoded JSON value that the reply repeats; "" when there was none.
  std::string id;
  bool id_is_falsy = true;
  std::string connection_id;
  std::string conversation_id;
  std::string message;
  std::string nonce;
  bool want_connections = false;
  bool want_conversations = false;
  /// `malformed`: what is wrong, for people. `send`: a key of the wrong type.
  std::string problem;
  std::string problem_path; ///< JSON pointer of that key
  /// `send` and `debug`: the whole frame, for the reply repeats its keys.
  std::string body;
};

/// Decodes one text frame; never fails: what is not JSON, or no object, or too
/// deep is a `malformed` request that says so.
request decode_request(std::string_view text);

// Replies. `now` gives an id to requests that came without one.

std::string encode_pong(const request& to, timestamp now);
std::string encode_debug(const request& to, timestamp now);
/// `sent`: the members of `result` (JSON object or ""), and every key of the
/// request that `result` has not or has as a falsy value (spec §4.1).
std::string encode_sent(const request& to, std::string_view result,
                        timestamp now);
/// `load`: `user` is an encoded user object.
std::string encode_load(const request& to, std::string_view user,
                        std::string_view stream, event_seq seq, timestamp now);
/// The error reply (spec §2.3), with `path` and `code` where they are not "".
std::string encode_error(const request& to, std::string_view message,
                         std::string_view path, timestamp now,
                         std::string_view code = {});
/// The first frame of a session that gave its place (design §5): either the
/// events behind `since` follow, or, without it, the window is gone and what
/// follows is behind `seq`.
std::string encode_resume(std::optional<event_seq> since,
                          std::string_view stream, event_seq seq);
/// The frame for a socket without a session (spec §1).
std::string encode_handshake_error();

/// A broadcast event.
std::string encode_event(const event& what, ts_format format);

} // namespace convoy::protocol
