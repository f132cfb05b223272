// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/event.hpp"

namespace convoy::protocol {

/// Whether a message that mentions the person is a notification: it is unless
/// the two talk alone (spec/events-and-irc.md §5.4). A person speaks in a
/// conversation of their own, whatever else a network calls channels.
bool is_notification(const event& what);

} // namespace convoy::protocol
