// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/account.hpp"
#include "protocol/connection_profile.hpp"
#include "protocol/irc_message.hpp"
#include "protocol/irc_session.hpp"

#include <caf/actor.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// What an IRC connection is told, and what it tells the dialer and the lists of
// channels.
namespace convoy::actors {

// -- irc_connection -----------------------------------------------------------

/// user → irc_connection: run a command. Answered in a `connection_output`.
struct execute {
  /// Counters that changed since the last command: results show them.
  struct counters {
    std::string conversation_id;
    std::uint32_t unread = 0;
    std::uint32_t notifications = 0;
  };
  protocol::irc_command command;
  std::vector<counters> changed;
};

/// user → irc_connection: the record has changed.
struct reconfigure {
  protocol::connection_record record;
  bool reconnect = false;
};

/// user → irc_connection: the person is seen at that address.
struct person_at {
  std::string address;
};

/// user → irc_connection: what is said of the network from the next connect on.
struct new_profile {
  protocol::connection_profile profile;
};

/// user → irc_connection: the text is at `url`; or, when that is "", it is not,
/// for `problem`.
struct paste_saved {
  std::uint64_t id = 0;
  std::string url;
  std::string problem;
};

/// user → irc_connection: all up to that message has been read.
struct person_read {
  std::string conversation_id;
  protocol::timestamp when{};
};

/// user → irc_connection: leave IRC and end; or, `at_once`, without a word to
/// the server.
struct leave {
  bool at_once = false;
};

// socket → irc_connection; `attempt` tells one socket's calls from the next's.
struct irc_connected {
  std::uint64_t attempt = 0;
  protocol::irc_socket_info socket;
};
struct irc_lines {
  std::uint64_t attempt = 0;
  std::vector<protocol::irc_message> lines;
  protocol::instant received{};
};
struct irc_written {
  std::uint64_t attempt = 0;
  std::uint64_t mark = 0;
};
struct irc_closed {
  std::uint64_t attempt = 0;
  std::string reason;
  protocol::irc_end end = protocol::irc_end::lost;
};

/// irc_connection → itself: something may be due.
struct tick {};
/// irc_connection → itself: the back-off is over.
struct retry {
  std::uint64_t attempt = 0;
};

// -- dialer -------------------------------------------------------------------

/// irc_connection → dialer: I want to connect. Answered with `dial_place` at
/// once and with `dial_granted` when it may.
struct dial_request {
  std::string host;
  std::uint64_t attempt = 0;
  caf::actor connection;
  bool skips_queue = false;    ///< it need not wait for others
  std::string local_address{}; ///< to connect from; "" for any
};
struct dial_place {
  std::uint64_t attempt = 0;
  double wait_seconds = 0;
};
struct dial_granted {
  std::uint64_t attempt = 0;
  /// A policy is to use TLS, with this port where it would not be used anyway,
  /// and to verify the certificate.
  std::optional<std::uint16_t> secure_port;
};
/// irc_connection → dialer: it is up, or it failed, or I do not want it any
/// more.
struct dial_done {
  std::string host;
  std::uint64_t attempt = 0;
  bool success = false;
  caf::actor connection;
};
/// irc_connection → dialer: what a host says over TLS (IRCv3 sts).
struct sts_seen {
  protocol::irc_sts policy;
};
/// dialer → itself: a host's gap is over.
struct dial_next {
  std::string host;
};

// -- channel lists ------------------------------------------------------------

/// irc_connection → channel_lists: what LIST said to that user.
struct list_heard {
  std::string network; ///< `host:port`
  protocol::user_id user{};
  bool begins = false;
  std::vector<protocol::irc_listed> channels;
  bool ends = false;
};
/// irc_connection → channel_lists. Answered with `list_answer`.
struct list_wanted {
  std::string network;
  protocol::user_id user{};
  std::string filter;
};
struct list_answer {
  std::string result; ///< JSON object
};

// -- doorman ------------------------------------------------------------------

/// rest_call → doorman: somebody at `address` wants to log in, or to make an
/// account. Answered with the seconds until they may; 0: now, and it counts.
struct knock {
  std::string address;
};

} // namespace convoy::actors
