// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace convoy::protocol {

/// The texts of one language.
struct dictionary {
  std::string code; ///< `nb`, `pt-BR`
  /// Of the file's header, by their names in lower case with `_` for `-`:
  /// `language_team`.
  std::map<std::string, std::string> headers;
  std::map<std::string, std::string> entries; ///< by the English text
};

/// The languages that the front end can be shown in; English is always there.
class dictionaries {
public:
  dictionaries();

  /// Adds a language, or replaces the one of the same code.
  void add(dictionary language);
  /// The code that a wish comes to: itself in any case and with `_` for `-`,
  /// else its first part (`de` of `de-AT`); nothing when neither is there.
  std::optional<std::string> match(std::string_view wish) const;
  /// The first of the languages in `Accept-Language` (RFC 9110 §12.5.4), most
  /// wanted first, that is there; nothing when none is.
  std::optional<std::string> match_accepted(std::string_view header) const;
  /// What the front end asks for (spec/rest-api.md §6, 33), in the language
  /// that `wish` comes to, else in English: `{"dictionary":{…},
  /// "available_languages":{…}}` with the headers beside them.
  std::string encode(std::string_view wish) const;

private:
  std::map<std::string, dictionary> languages_; ///< by code
};

} // namespace convoy::protocol
