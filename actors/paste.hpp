// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/store.hpp"

#include <string>
#include <string_view>

namespace convoy::actors {

/// What a paste of that text is called (spec/events-and-irc.md §4.7): its first
/// five characters or more of a line that start with a letter, digit or `_`, at
/// most 28 of them, in lower case, `_` for what is no letter, and `.txt`.
std::string paste_name(std::string_view text);

/// The file that holds the text. The id is new.
store::file_record make_paste(protocol::user_id user, std::string text,
                              protocol::timestamp now);

} // namespace convoy::actors
