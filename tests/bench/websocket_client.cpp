// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/websocket_client.hpp"

#include "tests/bench/websocket_frame.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace convoy::bench {

namespace {

constexpr std::string_view upgrade =
    "GET /events HTTP/1.1\r\n"
    "Host: 127.0.0.1:{}\r\n"
    "Upgrade: websocket\r\n"
    "Connection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
    "Cookie: convos={}\r\n"
    "\r\n";

/// What a close frame says, RFC 6455 section 5.5.1.
std::string close_reason(std::string_view payload) {
  if (payload.size() < 2)
    return "closed without a code";
  const auto code = static_cast<unsigned char>(payload[0]) << 8
                    | static_cast<unsigned char>(payload[1]);
  return fmt::format("closed with {} {}", code, payload.substr(2));
}

} // namespace

websocket_client::websocket_client(loop& events, std::uint16_t port,
                                   std::string_view cookie, std::size_t index,
                                   listener& target)
    : stream_socket(events, connect_to_loopback(port)),
      index_(index),
      listener_(target) {
  send(fmt::format(fmt::runtime(upgrade), port, cookie));
}

std::size_t websocket_client::received(std::string_view bytes) {
  const auto now = monotonic_ns();
  std::size_t used = 0;
  if (!open_) {
    used = upgraded(bytes);
    if (used == 0)
      return 0;
    open_ = true;
    listener_.on_open(index_);
  }
  while (const auto frame = first_frame(bytes.substr(used))) {
    used += frame->size;
    if (frame->code == opcode::text) {
      listener_.on_text(index_, frame->payload, now);
    } else if (frame->code == opcode::ping) {
      std::string pong;
      append_masked(pong, opcode::pong, frame->payload);
      send(pong);
    } else if (frame->code == opcode::close) {
      closed(close_reason(frame->payload));
    }
  }
  listener_.on_idle(index_);
  return used;
}

void websocket_client::closed(const std::string& reason) {
  throw std::runtime_error(fmt::format("session {}: {}", index_, reason));
}

std::size_t websocket_client::upgraded(std::string_view bytes) {
  const auto end = bytes.find("\r\n\r\n");
  if (end == std::string_view::npos)
    return 0;
  if (!bytes.starts_with("HTTP/1.1 101 "))
    closed(fmt::format("no upgrade: {}", bytes.substr(0, bytes.find('\r'))));
  return end + 4;
}

} // namespace convoy::bench
