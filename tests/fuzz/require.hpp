// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace convoy::fuzz {

/// Ends the program when a rule is broken; libFuzzer keeps the input.
inline void require(bool holds, std::string_view rule,
                    std::string_view value = {}) {
  if (holds)
    return;
  std::fprintf(stderr, "== broken: %.*s\n== by: %.*s\n",
               static_cast<int>(rule.size()), rule.data(),
               static_cast<int>(value.size()), value.data());
  std::abort();
}

inline void require_json_object(std::string_view text, std::string_view rule) {
  rapidjson::MemoryStream stream(text.data(), text.size());
  rapidjson::BaseReaderHandler<> nothing;
  const auto result =
      rapidjson::Reader().Parse<rapidjson::kParseValidateEncodingFlag>(stream,
                                                                       nothing);
  require(text.starts_with('{') && !result.IsError(), rule, text);
}

} // namespace convoy::fuzz
