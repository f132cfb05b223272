// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/clock.hpp"
#include "net/outbox.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace convoy::net {

struct meters;
const meters& no_meters();

/// How an HTTP server listens, and the bounds of what it takes.
struct http_settings {
  std::string host = "127.0.0.1"; ///< an address, or a name of this machine
  std::uint16_t port = 0;         ///< 0 for any that is free
  std::string web_root;           ///< folder of static files, "" for none
  std::chrono::seconds static_max_age{300};

  /// Connections at a time, WebSockets among them; who comes then gets 503.
  std::size_t max_connections = 20'000;
  std::size_t header_limit = 16 * 1024; ///< bytes; 431 beyond
  std::size_t body_limit = 256 * 1024;  ///< bytes; 413 beyond
  /// Of the one that may be larger, an upload, form and all.
  std::size_t upload_limit = 40'000'000 + 64 * 1024;
  /// Bytes of uploads that are larger than `body_limit`, and of answers that
  /// are larger than `large_answer`, that are in memory at a time; who comes
  /// then gets 503, and so does who holds a quarter of them alone.
  std::size_t max_upload_bytes_held = 8 * (40'000'000 + 64 * 1024);
  std::size_t large_answer = 1024 * 1024;
  std::size_t max_answer_bytes_held = 512 * 1024 * 1024;
  std::chrono::milliseconds header_timeout{15'000};
  std::chrono::milliseconds idle_timeout{75'000}; ///< between two requests
  std::chrono::milliseconds body_timeout{30'000};
  std::chrono::milliseconds upload_timeout{300'000};
  std::chrono::milliseconds write_timeout{30'000}; ///< without any progress

  // -- WebSocket --------------------------------------------------------------

  /// Requests that were not dealt with; no more are read then.
  std::size_t max_unhandled_requests = 64;
  /// A socket is dropped after this long with no bytes in either direction,
  /// pings of ours not counted (spec/events-and-irc.md §1).
  std::chrono::milliseconds inactivity_timeout{60'000};
  std::chrono::milliseconds ping_interval{20'000};
  /// How long the answer to a close frame is waited for.
  std::chrono::milliseconds close_timeout{5'000};
  /// Beyond this a session is closed with 1013.
  outbox_limits outbox;

  // -- what may change while the server runs ----------------------------------

  /// Said with every HTML answer that does not say its own; "" for none.
  std::string content_security_policy;
  /// Whether the log has a line for each request.
  bool log_requests = false;
  /// Origins that may open `/events` besides the one that `Host` names, such as
  /// `https://chat.example.org`.
  std::vector<std::string> allowed_origins;
  /// Peers whose `X-Forwarded-For`, `X-Forwarded-Proto` and `X-Request-Base`
  /// are believed: CIDR blocks, addresses, or `loopback`, `private`,
  /// `link-local`.
  std::vector<std::string> trusted_proxies;

  const meters* counts = &no_meters(); ///< what is counted; never null
  clock_source clock = system_clock_source();
};

} // namespace convoy::net
