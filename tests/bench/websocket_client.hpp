// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/bench/stream_socket.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace convoy::bench {

/// A session of the load: one WebSocket at `/events`.
class websocket_client final : public stream_socket {
public:
  /// Who is told; `index` is the number of the session.
  class listener {
  public:
    virtual ~listener() = default;
    virtual void on_open(std::size_t index) = 0;
    /// @param now monotonic time at which the bytes were read.
    virtual void on_text(std::size_t index, std::string_view text,
                         std::int64_t now) = 0;
    /// All that waited has been read.
    virtual void on_idle(std::size_t index) = 0;
  };

  /// @param cookie value of the `convos` cookie.
  websocket_client(loop& events, std::uint16_t port, std::string_view cookie,
                   std::size_t index, listener& target);

private:
  std::size_t received(std::string_view bytes) override;
  [[noreturn]] void closed(const std::string& reason) override;
  /// Reads the answer to the upgrade; 0 while it is incomplete.
  std::size_t upgraded(std::string_view bytes);

  std::size_t index_;
  listener& listener_;
  bool open_ = false;
};

} // namespace convoy::bench
