// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/event.hpp"

#include <string>

namespace convoy::actors::store {

/// Which end of a span of a history is kept when not all of it fits a page.
enum class history_end { oldest, newest };

/// The query for one span of a conversation: user, connection, conversation,
/// the places (time and number) before its first and behind its last message,
/// and the number of rows.
std::string history_sql(history_end kept);

/// A message as a log has it, which is what a `match` looks at
/// (spec/events-and-irc.md §7.2).
std::string log_line(const protocol::event& what);

} // namespace convoy::actors::store
