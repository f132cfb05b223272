// SPDX-License-Identifier: Apache-2.0
#include "protocol/dictionaries.hpp"

#include "protocol/json.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <vector>

namespace convoy::protocol {

namespace {

constexpr const char* english = "en";
/// Of one header; a browser sends a handful.
constexpr std::size_t most_wishes = 32;

std::string plain_code(std::string_view code) {
  auto result = to_lower_ascii(code);
  std::ranges::replace(result, '_', '-');
  return result;
}

/// Thousandths of a `q` value (RFC 9110 §12.4.2); what is none counts as 0.
int weight_of(std::string_view text) {
  if (text.empty() || (text.front() != '0' && text.front() != '1'))
    return 0;
  int result = (text.front() - '0') * 1000;
  int place = 100;
  for (const auto digit : text.substr(std::min<std::size_t>(2, text.size()))) {
    if (digit < '0' || digit > '9')
      return 0;
    result += (digit - '0') * place;
    place /= 10;
  }
  return result;
}

struct wish {
  std::string_view code;
  int weight = 1000;
};

wish read_wish(std::string_view item) {
  wish result{trim(item.substr(0, item.find(';')))};
  const auto at = item.find("q=");
  if (at != std::string_view::npos)
    result.weight = weight_of(trim(item.substr(at + 2)));
  return result;
}

void put_headers(json_writer& out, const dictionary& language) {
  for (const auto& [name, value] : language.headers)
    out.field(name, value);
}

} // namespace

dictionaries::dictionaries() {
  add({english, {{"language_team", "English"}}, {}});
}

void dictionaries::add(dictionary language) {
  // Whoever lists the languages shows it.
  language.headers.try_emplace("language_team", language.code);
  auto code = language.code;
  languages_.insert_or_assign(std::move(code), std::move(language));
}

std::optional<std::string> dictionaries::match(std::string_view wish) const {
  const auto wanted = plain_code(wish);
  const auto find = [&](std::string_view code) -> std::optional<std::string> {
    for (const auto& [known, language] : languages_)
      if (plain_code(known) == code)
        return known;
    return std::nullopt;
  };
  if (auto same = find(wanted))
    return same;
  return find(std::string_view{wanted}.substr(0, wanted.find('-')));
}

std::optional<std::string>
dictionaries::match_accepted(std::string_view header) const {
  std::vector<wish> wishes;
  while (!header.empty() && wishes.size() < most_wishes) {
    const auto item = header.substr(0, header.find(','));
    header.remove_prefix(std::min(item.size() + 1, header.size()));
    wishes.push_back(read_wish(item));
  }
  std::ranges::stable_sort(wishes, std::ranges::greater{}, &wish::weight);
  for (const auto& each : wishes)
    if (each.weight > 0)
      if (auto found = match(each.code))
        return found;
  return std::nullopt;
}

std::string dictionaries::encode(std::string_view wish) const {
  const auto& chosen = languages_.at(match(wish).value_or(english));
  json_writer out;
  out.begin_object().key("available_languages").begin_object();
  for (const auto& [code, language] : languages_) {
    out.key(code).begin_object();
    put_headers(out, language);
    out.end_object();
  }
  out.end_object().key("dictionary").begin_object();
  for (const auto& [text, translation] : chosen.entries)
    out.field(text, translation);
  out.end_object();
  put_headers(out, chosen);
  return out.end_object().take();
}

} // namespace convoy::protocol
