// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/secrets.hpp"
#include "protocol/json.hpp"

#include <chrono>
#include <cstddef>
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
  /// URL of the connection that a new account gets; "" for none.
  std::string default_connection = "irc://irc.libera.chat:6697/%23convos";
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

  // -- bounds -----------------------------------------------------------------

  /// Commands of one session that wait for an answer; one more is refused.
  std::size_t max_open_requests = 64;
  /// Events of one user that are not committed yet; beyond it the user's IRC
  /// connections are not read until the store has caught up (P7).
  std::size_t max_uncommitted_events = 4096;
  std::size_t max_sessions_per_user = 2000;
  std::size_t max_connections_per_user = 50;
};

} // namespace convoy::actors
