// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/store.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace convoy::actors::store {

/// What a message is found by in the index: five letters and digits, the hash
/// of a thing. What hashes alike is told apart by looking at the message.
using search_token = std::string;

/// What each message has that contains a term (folded text): of four characters
/// side by side, of two words the two characters on both sides of the space,
/// and in scripts without spaces of one character and of two. A term of three
/// characters has one token that is a choice, `(… OR …)`; a shorter one none.
/// What says most comes first.
std::vector<search_token> tokens_of_term(std::string_view folded);

search_token token_of_connection(std::string_view connection_id);
search_token token_of_conversation(std::string_view connection_id,
                                   std::string_view conversation_id);
/// Of a conversation of that name on any connection.
search_token token_of_name(std::string_view conversation_id);
/// Of a nick, whatever its case.
search_token token_of_sender(std::string_view nick);

/// Tokens one of which each message between two times has; empty when they
/// would not help to find it.
std::vector<search_token>
tokens_of_times(const std::optional<protocol::timestamp>& after,
                const std::optional<protocol::timestamp>& before);

/// All tokens of a message, with a space between.
std::string tokens_of_message(const protocol::event& what);

} // namespace convoy::actors::store
