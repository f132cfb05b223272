// SPDX-License-Identifier: Apache-2.0
#include "actors/store/search_tokens.hpp"

#include "protocol/folded_text.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>

namespace convoy::actors::store {

namespace {

using std::chrono::year;

/// Of things by a word at a time, as multiplicative hashing does. The index
/// holds its values: it never changes.
class hash {
public:
  /// `kind` keeps hashes of different things apart.
  explicit hash(char kind) {
    add(static_cast<unsigned char>(kind));
  }
  void add(std::uint32_t value) {
    value_ = (value_ ^ value) * 0x9e3779b1u;
    value_ ^= value_ >> 15;
  }
  void add(std::string_view text) {
    for (const char c : text)
      add(static_cast<unsigned char>(c));
    add(std::uint32_t{0});
  }
  std::uint32_t value() const noexcept {
    return value_;
  }

private:
  std::uint32_t value_ = 0x2545f491u;
};

/// A token before it is spelt.
using code = std::uint32_t;

constexpr std::size_t token_size = 5;
constexpr std::string_view digits = "abcdefghijklmnopqrstuvwxyz234567";
constexpr unsigned bits_of_digit = 5;
constexpr unsigned bits_of_token = bits_of_digit * token_size;

code code_of(const hash& hashed, unsigned bits = bits_of_token) {
  return (hashed.value() * 0x85ebca6bu) >> (32 - bits);
}

void put(std::string& out, code what) {
  for (auto shift = bits_of_token; shift > 0;) {
    shift -= bits_of_digit;
    out += digits[(what >> shift) & 31];
  }
}

search_token encode(code what) {
  search_token result;
  put(result, what);
  return result;
}

search_token encode(const hash& hashed) {
  return encode(code_of(hashed));
}

/// What stands for the character behind three when there is none.
constexpr char32_t nothing = 0;

/// Reads the parts of a text by which it is found.
class gram_reader {
public:
  explicit gram_reader(std::string_view folded)
      : text_(protocol::code_points(folded)) {
    // nop
  }

  std::size_t size() const noexcept {
    return text_.size();
  }
  bool is_spaced(std::size_t at) const {
    return at < text_.size() && text_[at] > ' '
           && !protocol::is_unspaced(text_[at]);
  }
  bool is_unspaced(std::size_t at) const {
    return at < text_.size() && protocol::is_unspaced(text_[at]);
  }
  bool has_three(std::size_t at) const {
    return is_spaced(at) && is_spaced(at + 1) && is_spaced(at + 2);
  }
  /// Two characters, a space, and two characters.
  bool has_two_words(std::size_t at) const {
    return is_spaced(at) && is_spaced(at + 1) && at + 2 < text_.size()
           && text_[at + 2] == ' ' && is_spaced(at + 3) && is_spaced(at + 4);
  }

  code part(std::size_t from, std::size_t count) const {
    return code_of(hash_of(from, count));
  }
  /// Three characters, the first four digits, and one of `with`.
  code three(std::size_t from, code with) const {
    return (code_of(hash_of(from, 3), bits_of_token - bits_of_digit)
            << bits_of_digit)
           | with;
  }
  /// The character behind three, in one digit.
  code fourth(std::size_t at) const {
    hash result('f');
    result.add(static_cast<std::uint32_t>(is_spaced(at) ? text_[at] : nothing));
    return code_of(result, bits_of_digit);
  }

private:
  hash hash_of(std::size_t from, std::size_t count) const {
    hash result('t');
    for (const auto c : std::u32string_view{text_}.substr(from, count))
      result.add(static_cast<std::uint32_t>(c));
    return result;
  }

  std::u32string text_;
};

/// Of text in which spaces mean nothing, one character and two.
void add_unspaced(const gram_reader& text, std::size_t at,
                  std::vector<code>& to) {
  if (!text.is_unspaced(at))
    return;
  to.push_back(text.part(at, 1));
  if (text.is_unspaced(at + 1))
    to.push_back(text.part(at, 2));
}

/// Codes of the parts of a text, distinct.
std::vector<code> grams_of(std::string_view folded) {
  const gram_reader text{folded};
  std::vector<code> result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.has_three(at))
      result.push_back(text.three(at, text.fourth(at + 3)));
    if (text.has_two_words(at))
      result.push_back(text.part(at, 5));
    add_unspaced(text, at, result);
  }
  std::ranges::sort(result);
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

/// Three characters, whatever is behind them.
search_token any_fourth(const gram_reader& text, std::size_t at) {
  search_token result;
  for (code with = 0; with < digits.size(); ++with)
    result += (with == 0 ? "(" : " OR ") + encode(text.three(at, with));
  return result + ")";
}

using date = std::chrono::year_month_day;

/// All that is older is of this year.
constexpr year first_year{2014};
constexpr date first_of_second_year{(first_year + std::chrono::years{1})
                                    / std::chrono::January / 1};

/// More of them cost more than they save.
constexpr std::size_t max_time_tokens = 150;

date date_of(protocol::timestamp time) {
  const date result{std::chrono::floor<std::chrono::days>(time)};
  return std::max(
      result, date{first_year / std::chrono::December / std::chrono::day{31}});
}

search_token token_of_year(const date& when) {
  hash result('y');
  result.add(static_cast<std::uint32_t>(static_cast<int>(when.year())));
  return encode(result);
}

search_token token_of_month(const date& when) {
  hash result('m');
  result.add(static_cast<std::uint32_t>(static_cast<int>(when.year())));
  result.add(static_cast<unsigned>(when.month()));
  return encode(result);
}

search_token token_of_day(const date& when) {
  hash result('d');
  result.add(static_cast<std::uint32_t>(static_cast<int>(when.year())));
  result.add(static_cast<unsigned>(when.month()));
  result.add(static_cast<unsigned>(when.day()));
  return encode(result);
}

/// The token of the longest time that begins at `from` and is over before
/// `last`; moves `from` behind it.
search_token next_time(date& from, const date& last) {
  const auto is_first = from.day() == std::chrono::day{1};
  const date begin = from;
  if (from < first_of_second_year) {
    from = first_of_second_year;
    return token_of_year(date{first_year / 1 / 1});
  }
  if (is_first && from.month() == std::chrono::January
      && from.year() < last.year()) {
    from += std::chrono::years{1};
    return token_of_year(begin);
  }
  if (is_first && (from.year() < last.year() || from.month() < last.month())) {
    from += std::chrono::months{1};
    return token_of_month(begin);
  }
  from = std::chrono::sys_days{from} + std::chrono::days{1};
  return token_of_day(begin);
}

} // namespace

std::vector<search_token> tokens_of_term(std::string_view folded) {
  const gram_reader text{folded};
  std::vector<code> found;
  // Two words say more than a part of one.
  for (std::size_t at = 0; at < text.size(); ++at)
    if (text.has_two_words(at))
      found.push_back(text.part(at, 5));
  for (std::size_t at = 0; at < text.size(); ++at) {
    // What follows the end of a term is not known.
    if (text.has_three(at) && text.is_spaced(at + 3))
      found.push_back(text.three(at, text.fourth(at + 3)));
    add_unspaced(text, at, found);
  }
  std::vector<search_token> result;
  for (const auto each : found)
    result.push_back(encode(each));
  for (std::size_t at = 0; at < text.size() && result.empty(); ++at)
    if (text.has_three(at))
      result.push_back(any_fourth(text, at));
  return result;
}

search_token token_of_connection(std::string_view connection_id) {
  hash result('c');
  result.add(connection_id);
  return encode(result);
}

search_token token_of_conversation(std::string_view connection_id,
                                   std::string_view conversation_id) {
  hash result('v');
  result.add(connection_id);
  result.add(conversation_id);
  return encode(result);
}

search_token token_of_name(std::string_view conversation_id) {
  hash result('n');
  result.add(conversation_id);
  return encode(result);
}

search_token token_of_sender(std::string_view nick) {
  hash result('s');
  result.add(protocol::to_lower(nick));
  return encode(result);
}

std::vector<search_token>
tokens_of_times(const std::optional<protocol::timestamp>& after,
                const std::optional<protocol::timestamp>& before) {
  std::vector<search_token> result;
  if (!before)
    return result;
  auto from = date_of(after.value_or(protocol::timestamp{}));
  // That itself is too late, which may be the first moment of a day.
  const auto last = date_of(*before - protocol::timestamp::duration{1});
  while (from <= last)
    result.push_back(next_time(from, last));
  if (result.size() > max_time_tokens)
    result.clear();
  return result;
}

std::string tokens_of_message(const protocol::event& what) {
  const auto folded = protocol::fold_text(what.text);
  const auto grams = grams_of(folded);
  std::string result;
  result.reserve((grams.size() + 7) * (token_size + 1));
  for (const auto gram : grams) {
    put(result, gram);
    result += ' ';
  }
  const auto day = date_of(what.time);
  for (const auto& each :
       {token_of_connection(what.connection_id),
        token_of_conversation(what.connection_id, what.conversation_id),
        token_of_name(what.conversation_id), token_of_sender(what.from),
        token_of_day(day), token_of_month(day), token_of_year(day)})
    (result += each) += ' ';
  return result;
}

} // namespace convoy::actors::store
