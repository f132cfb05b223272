// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoy::protocol {

/// Something a JSON text should not have been, and where.
struct json_problem {
  std::string message; ///< a sentence for people
  std::string path;    ///< JSON pointer
  std::string code{};  ///< for programs; "" where the message says it all
};

/// A JSON object from outside, read member by member. Whatever is missing or of
/// the wrong type is noted in `problems`, all of it, so that one answer can
/// name all that is wrong.
class json_object {
public:
  /// Parses `text`, which must hold one object. On failure `problems` is not
  /// empty and every member is missing. `path` is the pointer of the object.
  explicit json_object(std::string_view text, std::string path = "");
  ~json_object();
  json_object(json_object&&) noexcept;
  json_object& operator=(json_object&&) noexcept;

  /// Whether the member is there and not null.
  bool has(std::string_view key) const;
  /// The members' names, in order.
  std::vector<std::string> keys() const;
  /// The member's text; nothing when it is missing, a problem when it is
  /// something else.
  std::optional<std::string> string(std::string_view key);
  /// The same, but its absence is a problem too; then "".
  std::string required_string(std::string_view key);
  std::optional<bool> boolean(std::string_view key);
  /// The member, a whole number that is not negative.
  std::optional<std::uint64_t> number(std::string_view key);
  std::optional<std::vector<std::string>> strings(std::string_view key);
  /// The member's elements, each an object.
  std::vector<json_object> objects(std::string_view key);
  /// The same, but the text "x" may stand for the object `{"name": "x"}`.
  std::vector<json_object> named_objects(std::string_view key);
  /// The member itself, an object.
  std::optional<json_object> object(std::string_view key);

  /// Notes a problem with a member that was read well.
  void refuse(std::string_view key, std::string message);
  /// Takes the problems of an object that came from this one.
  void adopt(const json_object& other);
  const std::vector<json_problem>& problems() const noexcept;
  bool ok() const noexcept {
    return problems().empty();
  }

private:
  struct state;
  std::vector<json_object> elements(std::string_view key, bool allow_names);

  std::unique_ptr<state> state_;
};

} // namespace convoy::protocol
