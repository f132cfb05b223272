// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "peer.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include <cstdint>
#include <memory>

namespace convoy::scenarios {

/// One end of an IRC connection: the scripted server's, or that of a scripted
/// client on a real server. A line is what stands before an LF, without one CR
/// at its end.
class line_peer final : public peer {
public:
  /// A connection that was accepted; `tls` null for plain text.
  line_peer(boost::asio::ip::tcp::socket socket,
            boost::asio::ssl::context* tls);
  /// A client that connects to `host`; it answers PING by itself.
  line_peer(boost::asio::io_context& io, const std::string& host,
            std::uint16_t port);
  ~line_peer() override;

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
  /// Whether the other side has ended the connection, though perhaps not all
  /// that it has sent was read yet.
  bool has_hung_up() const;
  /// Of the other side, without its port.
  std::string address() const;
  /// SHA-512 of the certificate that the client has shown, lower-case hex; ""
  /// without one.
  std::string certificate() const;

private:
  struct state;
  std::shared_ptr<state> state_;
};

} // namespace convoy::scenarios
