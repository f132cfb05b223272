// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/clock.hpp"
#include "net/link.hpp"
#include "net/runtime.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

namespace convoy::net {

/// How IRC servers are connected to.
struct irc_dialer_settings {
  /// Look-up, connect and TLS handshake together.
  std::chrono::milliseconds connect_timeout{20'000};
  /// Whether loopback, private, link-local and other addresses that are not
  /// public may be dialled.
  bool allow_private = false;
  /// Certificate authorities to trust besides the system's, PEM; "" for none.
  std::string ca_file;
  /// Threads that look names up: so many names may be slow at a time.
  unsigned lookup_threads = 4;
  /// Look-ups that may wait; one more fails its connect.
  std::size_t max_lookups = 16'384;
  /// Bytes that may wait to be written on one connection; beyond that it is
  /// closed with "Send queue exceeded.".
  std::size_t send_queue = 256 * 1024;
  /// How long `close` may go on writing.
  std::chrono::milliseconds close_timeout{1'000};
  clock_source clock = system_clock_source();
};

/// Connects to IRC servers over TCP and TLS. Addresses are checked after the
/// look-up, when they are dialled, and tried in turn.
class irc_dialer final : public irc_connector {
public:
  irc_dialer(runtime& loop, irc_dialer_settings settings);
  /// Waits for look-ups that are under way; open connections stay.
  ~irc_dialer() override;

  /// To be called first. "" when all is well, else what is wrong with the
  /// settings.
  std::string start();
  /// Reads the certificate authorities anew, those in `ca_file` and the
  /// system's, for the connections from now on. "" or what is wrong, and then
  /// nothing has changed. From any thread.
  std::string trust(const std::string& ca_file);

  std::shared_ptr<irc_link>
  connect(irc_endpoint where, std::shared_ptr<irc_observer> observer) override;
  client_certificate make_certificate(const std::string& name) override;
  std::optional<client_certificate>
  read_certificate(const std::string& pem) override;

private:
  struct impl;
  std::unique_ptr<impl> impl_;
};

} // namespace convoy::net
