// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/json_object.hpp"

#include <rapidjson/document.h>

#include <memory>
#include <string>
#include <vector>

namespace convoy::protocol {

inline constexpr const char* not_described = "This is not described.";

/// A schema as OpenAPI 3.0 or AsyncAPI 3.0 (JSON Schema, draft 7) writes it,
/// compiled once, then only read: `type`, `nullable`, `properties`, `required`,
/// `additionalProperties`, `items`, `enum`, `const`, and the bounds of numbers,
/// texts (in characters) and arrays; of `format` what `text_format.hpp` knows.
/// No `$ref` is left in it. Where `x-expected` says in words what is expected,
/// a value that is anything else is one problem in these words.
class json_schema {
public:
  /// `schema` is part of the program: one that is none ends it.
  explicit json_schema(const rapidjson::Value& schema);
  ~json_schema();
  json_schema(json_schema&&) noexcept;
  json_schema& operator=(json_schema&&) noexcept;

  /// What to make of members that a schema with `properties` does not name,
  /// where it says nothing of others: nothing, or a problem `not_described`.
  enum class others { pass, are_wrong };

  /// Adds all that is wrong with `value` to `problems`, in the order of the
  /// schema; `path` is the JSON pointer of `value`.
  void check(const rapidjson::Value& value, const std::string& path,
             std::vector<json_problem>& problems,
             others unnamed = others::pass) const;

private:
  struct state;
  std::unique_ptr<state> state_;
};

} // namespace convoy::protocol
