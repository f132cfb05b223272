// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/secrets.hpp"
#include "protocol/json.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace convoy::actors {

/// How the actors of a node behave. Validated once, at the start, and then
/// shared by all; nobody changes it.
struct settings {
  using seconds = std::chrono::duration<double>;

  // -- people -----------------------------------------------------------------

  bool open_registration = false;
  password_cost cost = password_cost::interactive;
  std::chrono::seconds session_lifetime{30 * 24 * 3600};
  std::chrono::seconds invite_lifetime{24 * 3600};
  /// From one address so many logins and registrations may be tried at once,
  /// then one in each interval; 0 seconds: no limit.
  unsigned login_burst = 20;
  seconds login_interval{3};
  /// URL of the connection that a new account gets; "" for none.
  std::string default_connection = "irc://irc.libera.chat:6697/%23convos";
  /// Whether people may only have the default connection.
  bool forced_connection = false;
  std::string video_service;
  /// Where people reach us, for links; "" to use what the request says.
  std::string base_url;
  /// How `ts` of events is written where a session does not ask.
  protocol::ts_format event_time = protocol::ts_format::epoch;

  // -- IRC --------------------------------------------------------------------

  /// The first back-off, and the gap between two connects to one host.
  seconds connect_delay{4};
  seconds connect_delay_max{900};
  seconds irc_read_timeout{120};
  seconds command_timeout{60};
  seconds names_timeout{30};
  seconds nick_interval{60};
  std::string product_url = "https://convoy.chat";
  /// So many lines leave to a server at once, then one in each interval; 0
  /// seconds: no limit. A connection profile may say otherwise.
  unsigned irc_flood_burst = 5;
  seconds irc_flood_interval{2};
  unsigned irc_max_queued_lines = 100;
  /// Address to connect from where a connection's URL names none; "" for any.
  std::string irc_local_address;

  // -- what is kept -----------------------------------------------------------

  /// State events are kept for so long: a session that comes back later than
  /// that loads anew (design §3).
  std::chrono::seconds resume_window{7 * 24 * 3600};
  /// Messages, and what servers say, are kept for so long; 0: for ever.
  std::chrono::seconds message_lifetime{0};
  std::chrono::seconds notice_lifetime{90 * 24 * 3600};
  /// Bytes of text that the journal of one person may have; the oldest go when
  /// there are more. 0: no bound.
  std::uint64_t max_journal_bytes_per_user = 0;
  /// The answer to a `send` with a nonce is remembered for so long.
  std::chrono::seconds nonce_lifetime{24 * 3600};
  /// What is kept for too long is looked for so often.
  std::chrono::seconds cleaning_interval{600};

  // -- bounds -----------------------------------------------------------------

  /// Who missed more events than this loads anew.
  std::size_t max_resumed_events = 100'000;
  /// Bytes of one file that is uploaded.
  unsigned max_upload_bytes = 40'000'000;

  /// Commands of one session that wait for an answer; one more is refused.
  std::size_t max_open_requests = 64;
  /// Events of one user that are not committed yet; beyond it the user's IRC
  /// connections are not read until the store has caught up (P7).
  std::size_t max_uncommitted_events = 4096;
  std::size_t max_sessions_per_user = 2000;
  std::size_t max_connections_per_user = 50;
  /// Bytes that the files of one person may have together.
  unsigned max_file_bytes_per_user = 100'000'000;
  /// A user with neither a session nor a wanted connection is kept for so long.
  seconds user_patience{300};
  /// A node that is drained closes its sessions, and then lets its users go,
  /// each spread over so long.
  seconds drain_window{5};
  /// Users that a node which has clearly more than its share lets go of in a
  /// minute, so that others get theirs; 0: none.
  unsigned rebalance = 6;
};

} // namespace convoy::actors
