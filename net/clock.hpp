// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/time.hpp"

#include <functional>

namespace convoy::net {

/// Reads both clocks. Whoever needs the time is given one, so that a test can
/// give its own.
using clock_source = std::function<protocol::moment()>;

/// The clocks of the machine.
clock_source system_clock_source();

} // namespace convoy::net
