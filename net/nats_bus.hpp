// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/bus.hpp"
#include "net/metrics.hpp"
#include "net/runtime.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

namespace convoy::net {

/// Where the bus is, and how to be let in.
struct nats_settings {
  /// `nats://[USER:PASSWORD@|TOKEN@]HOST[:PORT][,HOST[:PORT]…]`; with `tls://`
  /// nothing is said in the clear. See `nats_address`.
  std::string url;
  /// File with a JWT and its key, as NATS' tools write it; "" for none.
  std::string credentials_file{};
  /// Certificate authorities to trust besides the system's, PEM; "" for none.
  std::string ca_file{};
  std::string name{}; ///< what the server calls this connection
  /// One try to connect to one server.
  std::chrono::milliseconds connect_timeout{2'000};
  /// Between two tries, and as much again at random.
  std::chrono::milliseconds reconnect_pause{250};
  /// A server that says nothing for two of these is gone.
  std::chrono::milliseconds ping_interval{5'000};
  /// Bytes that may wait while there is no connection.
  std::size_t reconnect_buffer = std::size_t{8} * 1024 * 1024;
  /// Bytes that may wait for a server that is slow to read; what comes then is
  /// dropped, and counted.
  std::size_t max_queue = std::size_t{64} * 1024 * 1024;
  /// Requests that may wait for an answer; one more is not sent.
  std::size_t max_requests = 65'536;
};

/// The bus on NATS. Connects, for as long as it takes, on a thread of its own,
/// and subscribes anew after each loss. A body larger than the server takes is
/// sent in parts (`bus_parts`).
class nats_bus final : public bus {
public:
  /// `what` counts for as long as this lives.
  nats_bus(runtime& loop, nats_settings settings,
           const meters& what = no_meters());
  /// Stops.
  ~nats_bus() override;

  /// To be called first: begins to connect. "" when all is well, else what is
  /// wrong with the settings.
  std::string start();
  /// Disconnects. Requests that wait are answered, handlers are let go, and
  /// nothing is called any more. May be called again.
  void stop();

  void publish(std::string_view subject, payload body) override;
  void request(std::string_view subject, payload body,
               std::chrono::milliseconds deadline,
               std::function<void(bus_answer)> done) override;
  [[nodiscard]] std::unique_ptr<bus_subscription>
  subscribe(std::string_view subject,
            std::function<void(bus_message)> take) override;
  std::string problem() const override;
  std::uint64_t connects() const override;

private:
  class impl;
  std::shared_ptr<impl> impl_;
};

} // namespace convoy::net
