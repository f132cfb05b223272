// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace convoy::actors::store {

/// Which end of a span of time is kept when not all of it fits a page.
enum class history_end { oldest, newest };

/// The query for one span of a conversation: user, connection, conversation,
/// first time (inclusive), last time (exclusive) and the number of rows.
std::string history_sql(history_end kept);

} // namespace convoy::actors::store
