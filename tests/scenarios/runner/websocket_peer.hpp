// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event_check.hpp"
#include "http.hpp"
#include "peer.hpp"

#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <memory>

namespace convoy::scenarios {

/// A browser's WebSocket. Every text frame has to be a JSON object, and the
/// `seq` of broadcast events has to go up by one each time (promise P2), with
/// that of `load` saying where it stands.
class websocket_peer final : public peer {
public:
  /// `contract` looks at its frames.
  explicit websocket_peer(boost::asio::io_context& io,
                          event_check contract = event_check());
  ~websocket_peer() override;

  /// Starts the upgrade on 127.0.0.1.
  void open(std::uint16_t port, const std::string& target,
            const http_headers& headers);
  bool is_open() const noexcept;
  /// HTTP status of an upgrade that was refused; 0 when no answer came.
  std::optional<unsigned> refused() const noexcept;
  /// A header of the answer to the upgrade; "" without it.
  std::string header(std::string_view name) const;
  void send_ping(std::string_view payload);
  /// From now on it reads what comes and looks at none of it, as fast as it
  /// can.
  void turn_deaf();

  void send(std::string_view text) override;
  void send_bytes(std::string_view bytes) override;
  void send_binary(std::string_view bytes) override;
  std::string send_fence() override;
  bool is_fence(std::string_view item, const std::string& token) const override;
  std::optional<std::string> differs(const std::string& expected,
                                     const std::string& item,
                                     variables& names) const override;
  void close() override;
  void drop() override;
  void stall(bool on) override;

private:
  struct state;
  std::shared_ptr<state> state_;
};

} // namespace convoy::scenarios
