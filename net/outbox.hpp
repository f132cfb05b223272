// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/link.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace convoy::net {

/// How much may wait in an outbox: frames and their bytes, headers included.
struct outbox_limits {
  std::size_t bytes = 4 * 1024 * 1024;
  std::size_t frames = 16'384;
};

/// The header of an unmasked text frame of a server with `size` bytes of
/// payload (RFC 6455 §5.2): 2, 4 or 10 bytes.
std::string websocket_header(std::size_t size);

/// The bytes that wait for a WebSocket's socket, in order. Frames are kept as
/// the payload that their receivers share; the header is made when the frame
/// is copied out.
class outbox {
public:
  explicit outbox(outbox_limits limits) : limits_(limits) {
    // nop
  }

  /// Queues a text frame. False when it would pass a limit: then it is not
  /// queued. A frame after `seal` is dropped, and that is no failure.
  bool push_frame(payload text);
  /// Queues bytes as they are: what the protocol itself says. They have no
  /// limit, for their writer waits until they are gone. Dropped after `seal`.
  void push_bytes(std::string_view bytes);
  /// Nothing is queued any more.
  void seal() noexcept {
    sealed_ = true;
  }
  bool sealed() const noexcept {
    return sealed_;
  }
  /// Drops what waits, but for a frame of which a part is gone already.
  void drop_waiting();

  /// Copies the first bytes that wait, at most `out.size()`; how many.
  std::size_t gather(std::span<char> out) const;
  /// Removes `count` bytes, which `gather` gave. How many of them were of text
  /// frames.
  std::size_t consume(std::size_t count);

  bool empty() const noexcept {
    return first_ == items_.size();
  }
  /// Bytes that wait.
  std::size_t size() const noexcept {
    return size_;
  }
  /// Bytes that were ever queued, and that were ever removed: where a piece
  /// queued now ends, and whether it is gone.
  std::uint64_t queued() const noexcept {
    return removed_ + size_;
  }
  std::uint64_t removed() const noexcept {
    return removed_;
  }

private:
  struct item {
    payload text;
    bool framed;

    std::size_t header_size() const noexcept;
    std::size_t size() const noexcept {
      return header_size() + text->size();
    }
  };

  void append(item what);

  outbox_limits limits_;
  std::vector<item> items_;
  std::size_t first_ = 0;  ///< the item that is next
  std::size_t offset_ = 0; ///< how much of it is gone
  std::size_t size_ = 0;
  std::uint64_t removed_ = 0;
  bool sealed_ = false;
};

} // namespace convoy::net
