// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/event_description.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace convoy::scenarios {

/// Looks at both sides of one WebSocket for what is not as the node's own
/// description of `/events` (`GET /api/events`) says.
class event_check {
public:
  /// It looks at the `first` events; of those behind them, at some.
  explicit event_check(std::size_t first = 500) : first_(first) {
    // nop
  }

  /// A frame of a client. It may be wrong, but then it must be refused.
  void sent(std::string_view frame);
  /// Why a frame of Convoy is not as described; "" when it is.
  std::string problem(std::string_view frame);

private:
  std::size_t first_;
  std::size_t events_ = 0; ///< that came
  /// What is wrong with the requests that have no answer yet, by their id.
  std::map<std::string, std::string> wrong_;
  /// Members that requests had; `sent` repeats them.
  protocol::event_description::names echoed_;
};

} // namespace convoy::scenarios
