// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "variables.hpp"

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace convoy::scenarios {

/// One who talks in a scenario: what it got waits in `inbox` until a step
/// expects it.
class peer {
public:
  peer() = default;
  peer(const peer&) = delete;
  peer& operator=(const peer&) = delete;
  virtual ~peer() = default;

  /// One frame, or one line without its end.
  virtual void send(std::string_view text) = 0;
  /// Bytes as they are: the text of a frame, or a piece of a line.
  virtual void send_bytes(std::string_view bytes) = 0;
  virtual void send_binary(std::string_view bytes) = 0;
  /// Asks for an answer that comes behind everything before it; returns the
  /// token that `is_fence` looks for.
  virtual std::string send_fence() = 0;
  virtual bool is_fence(std::string_view item,
                        const std::string& token) const = 0;
  /// Why `item` is not what `expected` says, see pattern.hpp.
  virtual std::optional<std::string> differs(const std::string& expected,
                                             const std::string& item,
                                             variables& names) const = 0;
  /// Ends the connection: politely (`close`), or at once (`drop`).
  virtual void close() = 0;
  virtual void drop() = 0;
  /// Stops and goes on reading.
  virtual void stall(bool on) = 0;

  /// Puts what came at the end of the inbox.
  void arrive(std::string item) {
    inbox.push_back(std::move(item));
    tell();
  }

  /// Says that there is something new.
  void tell() const {
    if (on_news)
      on_news();
  }

  /// Takes the first item.
  std::string take() {
    auto item = std::move(inbox.front());
    inbox.pop_front();
    taken.push_back(item);
    if (taken.size() > 10)
      taken.pop_front();
    return item;
  }

  std::deque<std::string> inbox;
  std::deque<std::string> taken; ///< the last ten that a step took
  /// The connection has ended: the WebSocket close code (1006 without a close
  /// frame), 0 for IRC.
  std::optional<unsigned> closed;
  /// Pings of the WebSocket protocol since the last step that asked.
  unsigned pings = 0;
  /// Whether items that no step expects are skipped.
  bool loose = false;
  /// A promise that this peer saw broken, or "".
  std::string violation;
  /// Called when something came, and when the connection opened or ended. It
  /// must not destroy this peer.
  std::function<void()> on_news;
};

} // namespace convoy::scenarios
