// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/link.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

namespace convoy::net {

/// What came over the bus.
struct bus_message {
  std::string subject;
  std::string body;
  /// Where an answer goes; "" when none is waited for.
  std::string reply_to;
};

/// Why a request has no answer.
enum class bus_failure {
  no_responders, ///< nobody listens to that subject
  timeout,       ///< nobody answered in time: what became of it is not known
  disconnected   ///< it was not sent
};

using bus_answer = std::variant<std::string, bus_failure>;

/// As long as it lives, messages come.
class bus_subscription {
public:
  virtual ~bus_subscription() = default;
};

/// Carries what is live between the nodes of a fleet (design §4). It may lose a
/// message; what one sender says to one subscriber stays in order. Handlers are
/// called on any thread and may not block.
class bus {
public:
  virtual ~bus() = default;

  /// Says it to all who listen. Never blocks; lost while there is no connection
  /// for longer than what is buffered holds.
  virtual void publish(std::string_view subject, payload body) = 0;
  /// Calls `done` exactly once, not before it returns.
  virtual void request(std::string_view subject, payload body,
                       std::chrono::milliseconds deadline,
                       std::function<void(bus_answer)> done) = 0;
  /// Subjects are words with dots between; `*` stands for one word. After the
  /// subscription is gone nothing comes any more.
  [[nodiscard]] virtual std::unique_ptr<bus_subscription>
  subscribe(std::string_view subject,
            std::function<void(bus_message)> take) = 0;
  /// Why it cannot be used now; "" when it can.
  virtual std::string problem() const = 0;
  /// How often a connection was made: what was said before the last one may be
  /// lost.
  virtual std::uint64_t connects() const = 0;
};

} // namespace convoy::net
