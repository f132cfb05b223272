// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_message.hpp"

#include "protocol/text.hpp"

#include <algorithm>

namespace convoy::protocol {

namespace {

constexpr std::string_view forbidden{"\0\r\n", 3};

bool contains(std::string_view text, char c) noexcept {
  return text.find(c) != std::string_view::npos;
}

/// One memchr each beats one search for a set.
bool has_forbidden(std::string_view text) noexcept {
  return std::any_of(forbidden.begin(), forbidden.end(),
                     [text](char c) { return contains(text, c); });
}

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) noexcept {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool is_command(std::string_view text) noexcept {
  if (text.empty())
    return false;
  if (is_digit(text.front()))
    return text.size() == 3 && std::all_of(text.begin(), text.end(), is_digit);
  return std::all_of(text.begin(), text.end(), is_letter);
}

void skip_spaces(std::string_view& text) noexcept {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
}

/// Takes what is before the next space, and the spaces, off `text`.
std::string_view take_word(std::string_view& text) noexcept {
  auto word = text.substr(0, text.find(' '));
  text.remove_prefix(word.size());
  skip_spaces(text);
  return word;
}

std::string unescape(std::string_view value) {
  if (!contains(value, '\\'))
    return std::string(value);
  std::string result;
  result.reserve(value.size());
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '\\') {
      result += value[i];
      continue;
    }
    if (++i == value.size())
      break;
    switch (value[i]) {
    case ':':
      result += ';';
      break;
    case 's':
      result += ' ';
      break;
    case 'r':
      result += '\r';
      break;
    case 'n':
      result += '\n';
      break;
    default:
      result += value[i];
    }
  }
  return result;
}

void append_escaped(std::string& out, std::string_view value) {
  for (char c : value) {
    switch (c) {
    case ';':
      out += "\\:";
      break;
    case ' ':
      out += "\\s";
      break;
    case '\\':
      out += "\\\\";
      break;
    case '\r':
      out += "\\r";
      break;
    case '\n':
      out += "\\n";
      break;
    default:
      out += c;
    }
  }
}

using tag_list = std::vector<std::pair<std::string, std::string>>;

tag_list parse_tags(std::string_view text) {
  std::vector<std::pair<std::string_view, std::string_view>> items;
  items.reserve(8);
  while (!text.empty()) {
    auto item = text.substr(0, text.find(';'));
    text.remove_prefix(std::min(item.size() + 1, text.size()));
    auto key = item.substr(0, item.find('='));
    if (!key.empty())
      items.emplace_back(key,
                         item.substr(std::min(key.size() + 1, item.size())));
  }
  // Sorted, because looking for each key in turn would let a server make a
  // line of thousands of tags expensive; equal keys stay in their order.
  std::sort(items.begin(), items.end(), [](const auto& a, const auto& b) {
    auto order = a.first.compare(b.first);
    return order < 0 || (order == 0 && a.first.data() < b.first.data());
  });
  tag_list tags;
  tags.reserve(items.size());
  for (std::size_t i = 0; i < items.size(); ++i)
    if (i + 1 == items.size() || items[i].first != items[i + 1].first)
      tags.emplace_back(items[i].first, unescape(items[i].second));
  return tags;
}

bool append_tags(std::string& out, const tag_list& tags) {
  char separator = '@';
  for (const auto& [key, value] : tags) {
    if (key.empty() || has_forbidden(key)
        || key.find_first_of(" ;=") != std::string::npos
        || contains(value, '\0'))
      return false;
    out += separator;
    separator = ';';
    out += key;
    if (!value.empty()) {
      out += '=';
      append_escaped(out, value);
    }
  }
  if (!tags.empty())
    out += ' ';
  return out.size() <= max_irc_client_tags;
}

} // namespace

irc_source split_source(std::string_view source) noexcept {
  irc_source result;
  auto at = std::min(source.find('@'), source.size());
  auto name = source.substr(0, at);
  result.nick = name.substr(0, name.find('!'));
  result.is_person = result.nick.size() < name.size();
  if (result.is_person)
    result.user = name.substr(result.nick.size() + 1);
  if (at < source.size())
    result.host = source.substr(at + 1);
  return result;
}

std::string_view irc_message::param(std::size_t n) const noexcept {
  return n < params.size() ? std::string_view(params[n]) : std::string_view{};
}

std::string_view irc_message::last() const noexcept {
  return params.empty() ? std::string_view{} : params.back();
}

std::string irc_message::joined(std::size_t n) const {
  std::string result;
  for (auto i = n; i < params.size(); ++i) {
    if (i > n)
      result += ' ';
    result += params[i];
  }
  return result;
}

std::optional<std::string_view>
irc_message::tag(std::string_view key) const noexcept {
  for (const auto& [name, value] : tags)
    if (name == key)
      return value;
  return std::nullopt;
}

std::optional<irc_message> parse_irc_line(std::string_view line) {
  if (line.size() > max_irc_tags + max_irc_body || has_forbidden(line))
    return std::nullopt;
  const auto tagged = !line.empty() && line.front() == '@';
  const auto tags_size =
      tagged ? std::min(line.find(' '), line.size() - 1) + 1 : 0;
  if (tags_size > max_irc_tags || line.size() - tags_size > max_irc_body)
    return std::nullopt;
  std::string converted;
  if (!is_utf8(line)) {
    converted = to_utf8(line);
    line = converted;
  }
  irc_message message;
  if (tagged)
    message.tags = parse_tags(take_word(line).substr(1));
  skip_spaces(line);
  if (!line.empty() && line.front() == ':')
    message.source = take_word(line).substr(1);
  auto command = take_word(line);
  if (!is_command(command))
    return std::nullopt;
  message.command = command;
  for (char& c : message.command)
    if (c >= 'a')
      c = static_cast<char>(c - ('a' - 'A'));
  if (!line.empty())
    message.params.reserve(4);
  while (!line.empty()) {
    if (line.front() == ':') {
      message.params.emplace_back(line.substr(1));
      break;
    }
    message.params.emplace_back(take_word(line));
  }
  return message;
}

std::optional<std::string> format_irc_line(const irc_message& message) {
  if (!is_command(message.command) || has_forbidden(message.source)
      || contains(message.source, ' '))
    return std::nullopt;
  std::string line;
  line.reserve(max_irc_line);
  if (!append_tags(line, message.tags))
    return std::nullopt;
  const auto tags_size = line.size();
  if (!message.source.empty())
    line.append(1, ':').append(message.source).append(1, ' ');
  line += message.command;
  for (std::size_t i = 0; i < message.params.size(); ++i) {
    std::string_view param = message.params[i];
    const auto needs_colon =
        param.empty() || param.front() == ':' || contains(param, ' ');
    if (has_forbidden(param) || (needs_colon && i + 1 < message.params.size()))
      return std::nullopt;
    line.append(needs_colon ? " :" : " ").append(param);
  }
  if (line.size() - tags_size + 2 > max_irc_line)
    return std::nullopt;
  return line;
}

} // namespace convoy::protocol
