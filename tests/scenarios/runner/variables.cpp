// SPDX-License-Identifier: Apache-2.0
#include "variables.hpp"

#include <algorithm>
#include <charconv>

namespace convoy::scenarios {

namespace {

constexpr std::size_t shown = 2000;

std::string plain(const json& value) {
  return value.what == json::kind::string ? value.text : to_text(value);
}

std::string repeat(std::string_view what, std::string_view times) {
  std::size_t count = 0;
  auto end = times.data() + times.size();
  auto [stop, error] = std::from_chars(times.data(), end, count);
  if (error != std::errc{} || stop != end)
    throw script_error("${text*COUNT} needs a number, not "
                       + std::string(times));
  std::string result;
  result.reserve(what.size() * count);
  for (std::size_t each = 0; each < count; ++each)
    for (auto rest = what; !rest.empty();) {
      const auto at = std::min(rest.find("$i"), rest.size());
      result += rest.substr(0, at);
      if (at < rest.size())
        result += std::to_string(each);
      rest.remove_prefix(std::min(at + 2, rest.size()));
    }
  return result;
}

} // namespace

std::size_t name_length(std::string_view text) {
  auto letter = [](char c) {
    return c >= 'a' && c <= 'z';
  };
  auto more = [&](char c) {
    return letter(c) || (c >= '0' && c <= '9') || c == '_';
  };
  if (text.empty() || !letter(text[0]))
    return 0;
  std::size_t end = 1;
  while (end < text.size() && more(text[end]))
    ++end;
  if (end + 1 < text.size() && text[end] == '.' && letter(text[end + 1])) {
    ++end;
    while (end < text.size() && more(text[end]))
      ++end;
  }
  return end;
}

const json* variables::find(std::string_view name) const {
  auto found = values_.find(name);
  return found == values_.end() ? nullptr : &found->second;
}

void variables::set(const std::string& name, json value) {
  values_[name] = std::move(value);
}

void variables::set(const std::string& name, std::string_view text) {
  json value;
  value.what = json::kind::string;
  value.text = text;
  set(name, std::move(value));
}

std::string variables::expand(std::string_view text) const {
  std::string result;
  auto named = [this](std::string_view name) {
    auto value = find(name);
    if (!value)
      throw script_error("$" + std::string(name) + " is not bound");
    return plain(*value);
  };
  while (!text.empty()) {
    auto dollar = text.find('$');
    result += text.substr(0, dollar);
    if (dollar == text.npos)
      break;
    text.remove_prefix(dollar + 1);
    if (text.starts_with('$')) {
      result += '$';
      text.remove_prefix(1);
    } else if (text.starts_with('{')) {
      auto end = text.find('}');
      if (end == text.npos)
        throw script_error("${ without its }");
      auto inside = text.substr(1, end - 1);
      auto star = inside.rfind('*');
      result += star == inside.npos
                    ? named(inside)
                    : repeat(inside.substr(0, star), inside.substr(star + 1));
      text.remove_prefix(end + 1);
    } else if (auto length = name_length(text)) {
      // `$seq.` ends a sentence; `$libera.port` is a name.
      auto name = text.substr(0, length);
      auto dot = name.find('.');
      if (dot != name.npos && !find(name) && find(name.substr(0, dot)))
        name = name.substr(0, dot);
      result += named(name);
      text.remove_prefix(name.size());
    } else {
      result += '$';
    }
  }
  return result;
}

std::string unescape(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      result += text[i];
      continue;
    }
    static constexpr std::string_view names = "rnt0\\";
    static constexpr std::string_view bytes("\r\n\t\0\\", 5);
    char c = text[++i];
    auto known = names.find(c);
    if (known != names.npos) {
      result += bytes[known];
      continue;
    }
    unsigned byte = 0;
    auto digits = text.substr(i + 1, 2);
    auto [stop, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
    if (c != 'x' || error != std::errc{} || stop != digits.data() + 2)
      throw script_error("unknown escape in " + std::string(text));
    result += static_cast<char>(static_cast<unsigned char>(byte));
    i += 2;
  }
  return result;
}

std::string printable(std::string_view text) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string result;
  for (char c : text.substr(0, shown)) {
    auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) {
      result += "\\x";
      result += digits[byte >> 4];
      result += digits[byte & 15];
    } else {
      result += c;
    }
  }
  if (text.size() > shown)
    result += "… (" + std::to_string(text.size()) + " bytes)";
  return result;
}

} // namespace convoy::scenarios
