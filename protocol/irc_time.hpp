// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/time.hpp"

#include <string>

namespace convoy::protocol {

/// `time` as IRC servers write it, cut to milliseconds (IRCv3 server-time):
/// `2026-11-22T07:01:18.420Z`.
std::string to_irc_time(timestamp time);

} // namespace convoy::protocol
