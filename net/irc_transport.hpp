// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/asio.hpp"
#include "net/tls_context.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace convoy::net {

/// What came of one attempt to read, write or shake hands.
struct transport_outcome {
  enum class state {
    done,
    wants_read,  ///< again when the socket can be read
    wants_write, ///< again when it can be written
    closed,      ///< the other side has closed
    failed
  };

  state what = state::done;
  std::size_t bytes = 0;
  std::string problem; ///< of a failure, a sentence for people
};

/// A sentence for people.
std::string describe(const error_code& error);

/// A connected socket, with TLS or without: attempts that never block, into and
/// from memory of the caller, so that an idle connection needs none.
class irc_transport {
public:
  explicit irc_transport(tcp_socket& socket) : socket_(socket) {
    // nop
  }

  /// Speaks TLS from now on; `handshake` comes next. `peer` is that of the
  /// session.
  void use_tls(tls_session session, std::unique_ptr<peer_check> peer) {
    peer_ = std::move(peer);
    tls_ = std::move(session);
  }
  bool tls() const noexcept {
    return tls_ != nullptr;
  }

  transport_outcome handshake();
  transport_outcome read(std::span<char> into);
  transport_outcome write(std::string_view bytes);
  /// Says that nothing more is written, if that can be said at once.
  void finish();

private:
  transport_outcome from_tls(int result, std::size_t bytes);
  /// Why the server's certificate does not do.
  std::string describe_peer(const peer_check& peer) const;

  tcp_socket& socket_;
  std::unique_ptr<peer_check> peer_; ///< until the handshake is over
  tls_session tls_;
};

} // namespace convoy::net
