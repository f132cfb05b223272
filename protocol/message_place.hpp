// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/ids.hpp"
#include "protocol/time.hpp"

namespace convoy::protocol {

/// A place in a history, which goes by time and, within a microsecond, by
/// number.
struct message_place {
  timestamp time{};
  event_seq seq = 0;
};

} // namespace convoy::protocol
