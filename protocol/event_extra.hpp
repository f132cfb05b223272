// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/event.hpp"

#include <string>

namespace convoy::protocol {

/// The server's id of a message (IRCv3 message-ids), as `extra` has it; "" when
/// the network gives none.
std::string msgid_of(const event& what);

} // namespace convoy::protocol
