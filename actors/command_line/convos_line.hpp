// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/event.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace convoy::actors::command_line {

/// One line of a log of Convos 8 or 9, without its end (spec/events-and-irc.md
/// §7.2): time, highlight, kind, sender and text of a message. Whatever has a
/// time but no sender is a notice from nobody. Nothing when there is no time.
std::optional<protocol::event> read_log_line(std::string_view line);

/// One line of `notifications.log` (§7.4): a message as above, its connection
/// and its conversation, highlighted.
std::optional<protocol::event> read_notification(std::string_view line);

/// Which line of a log a notification is of, or could be.
std::string notification_key(const protocol::event& what);

} // namespace convoy::actors::command_line
