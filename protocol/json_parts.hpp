// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/api_documents.hpp"

#include <rapidjson/document.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

// Private to the codec (*_json.cpp): a description that is part of the program,
// one JSON document from several files. Whatever is wrong with it throws
// `std::runtime_error` with the place.
namespace convoy::protocol {

[[noreturn]] void description_fails(std::string_view where,
                                    std::string_view why);

/// Makes `to` one object of all `parts`; nothing may be there twice.
void join_parts(const std::vector<api_document>& parts,
                rapidjson::Document& to);

/// `value` with what its `$ref`s name in `root` in their places.
rapidjson::Value resolved(const rapidjson::Value& value,
                          rapidjson::Document& root);

/// What `keys` lead to, one below the other; null where there is no such thing.
const rapidjson::Value* below(const rapidjson::Value& root,
                              std::initializer_list<std::string_view> keys);

/// A member that is a text, else "".
std::string_view text_in(const rapidjson::Value& object, std::string_view key);

/// The text of `document`.
std::string json_of(const rapidjson::Document& document);

} // namespace convoy::protocol
