// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/irc_session.hpp"

#include <optional>
#include <string_view>

namespace convoy::protocol {

/// What the last words of a server (the text of ERROR, 465, KILL …) say about
/// the next try: a ban, a wrong password, or that we come too often. Nothing
/// when they say none of it; then the connection is merely lost. There is no
/// standard for them: these are the words that servers use.
std::optional<irc_end> parse_farewell(std::string_view words);

} // namespace convoy::protocol
