// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace convoy::bench {

/// WebSocket opcodes, RFC 6455 section 5.2.
enum class opcode : std::uint8_t {
  text = 1,
  close = 8,
  ping = 9,
  pong = 10,
};

/// One unfragmented WebSocket frame in a buffer, RFC 6455 section 5.2.
struct websocket_frame {
  opcode code = opcode::text;
  /// Whether `payload` still has to be unmasked with `key`.
  bool masked = false;
  std::uint32_t key = 0;
  std::string_view payload;
  /// Bytes of the whole frame.
  std::size_t size = 0;
};

/// The frame that `bytes` begin with; none while it is incomplete.
[[nodiscard]] std::optional<websocket_frame>
first_frame(std::string_view bytes);

/// Appends the header of an unmasked frame with `size` bytes of payload.
void append_header(std::string& out, opcode code, std::size_t size);

/// Appends a masked frame. The key is zero, so the bytes stay as they are and
/// the load generator's core has nothing to compute.
void append_masked(std::string& out, opcode code, std::string_view payload);

/// The payload as it was before masking.
[[nodiscard]] std::string unmasked(const websocket_frame& frame);

} // namespace convoy::bench
