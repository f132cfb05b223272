// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_isupport.hpp"

#include "protocol/ids.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace convoy::protocol {

namespace {

constexpr bool has(std::string_view set, char c) noexcept {
  return set.find(c) != std::string_view::npos;
}

/// A number of things; without one, and 0, there is no limit.
std::optional<std::size_t> limit(std::string_view text) noexcept {
  const auto given = text.empty() ? std::uint64_t{0} : whole_number(text);
  if (given == std::size_t{0})
    return irc_isupport::unlimited;
  return given;
}

/// The limit of `what` in a list such as `NAMES:1,PRIVMSG:4`.
std::optional<std::size_t> limit_of(std::string_view list,
                                    std::string_view what) noexcept {
  while (!list.empty()) {
    auto value = next_part(list, ',');
    if (next_part(value, ':') == what)
      return limit(value);
  }
  return std::nullopt;
}

int hex_digit(char c) noexcept {
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// Values write spaces and the like as `\x20`.
std::string unescape(std::string_view value) {
  std::string result;
  while (!value.empty()) {
    const int high = value.size() > 3 ? hex_digit(value[2]) : -1;
    const int low = value.size() > 3 ? hex_digit(value[3]) : -1;
    // No control characters: nothing here may hold any.
    if (value.starts_with("\\x") && high >= 2 && high < 8 && low >= 0) {
      result += static_cast<char>(high * 16 + low);
      value.remove_prefix(4);
    } else {
      result += value.front();
      value.remove_prefix(1);
    }
  }
  return result;
}

void put(std::string& to, std::string_view value) {
  to = value;
}

void put(bool& to, std::string_view) {
  to = true;
}

void put(char& to, std::string_view value) {
  if (!value.empty())
    to = value.front();
}

void put(std::size_t& to, std::string_view value) {
  to = limit(value).value_or(to);
}

void put(std::optional<std::size_t>& to, std::string_view value) {
  if (const auto given = limit(value))
    to = given;
}

void put(casemapping& to, std::string_view value) {
  to = parse_casemapping(value).value_or(to);
}

void put(std::array<std::string, 4>& to, std::string_view value) {
  for (auto& modes : to)
    modes = next_part(value, ',');
}

template <auto Member>
void take(irc_isupport& to, std::string_view value) {
  put(to.*Member, value);
}

/// `EXCEPTS` without a value is `EXCEPTS=e`.
template <auto Member, char Usual>
void take_mode(irc_isupport& to, std::string_view value) {
  to.*Member = value.empty() ? Usual : value.front();
}

template <auto... Members>
void reset(irc_isupport& to, const irc_isupport& usual) {
  ((to.*Members = usual.*Members), ...);
}

/// `(ov)@+`
void take_prefix(irc_isupport& to, std::string_view value) {
  const auto close = value.find(')');
  if (value.empty()) {
    to.prefix_modes.clear();
    to.prefix_signs.clear();
  } else if (value.front() == '(' && close != std::string_view::npos
             && value.size() - close == close) {
    to.prefix_modes = value.substr(1, close - 1);
    to.prefix_signs = value.substr(close + 1);
  }
}

void take_line_length(irc_isupport& to, std::string_view value) {
  if (const auto given = whole_number(value))
    to.line_length = std::clamp(*given, max_irc_line, max_irc_body);
}

/// One row of the table of tokens.
struct row {
  std::string_view key;
  void (*take)(irc_isupport& to, std::string_view value);
  void (*reset)(irc_isupport& to, const irc_isupport& usual);
};

template <auto Member>
constexpr row plain(std::string_view key) {
  return {key, take<Member>, reset<Member>};
}

} // namespace

void irc_isupport::apply(const irc_message& line) {
  using self = irc_isupport;
  static constexpr row rows[]{
      plain<&self::bot_mode>("BOT"),
      plain<&self::mapping>("CASEMAPPING"),
      plain<&self::channel_modes>("CHANMODES"),
      plain<&self::channel_types>("CHANTYPES"),
      plain<&self::chathistory>("CHATHISTORY"),
      plain<&self::denied_tags_>("CLIENTTAGDENY"),
      {"EXCEPTS", take_mode<&self::ban_exceptions, 'e'>,
       reset<&self::ban_exceptions>},
      plain<&self::extended_bans>("EXTBAN"),
      {"INVEX", take_mode<&self::invite_exceptions, 'I'>,
       reset<&self::invite_exceptions>},
      {"LINELEN", take_line_length, reset<&self::line_length>},
      plain<&self::default_targets_>("MAXTARGETS"),
      plain<&self::max_modes>("MODES"),
      plain<&self::monitor>("MONITOR"),
      plain<&self::references_>("MSGREFTYPES"),
      plain<&self::nick_length>("NICKLEN"),
      {"PREFIX", take_prefix, reset<&self::prefix_modes, &self::prefix_signs>},
      plain<&self::status_signs>("STATUSMSG"),
      plain<&self::targets_>("TARGMAX"),
      plain<&self::utf8_only>("UTF8ONLY"),
      plain<&self::whox>("WHOX"),
      plain<&self::chathistory>("draft/CHATHISTORY"),
  };
  static const irc_isupport usual;
  // The first parameter is our nick, the last "are supported by this server".
  for (std::size_t i = 1; i + 1 < line.params.size(); ++i) {
    std::string_view value = line.params[i];
    auto key = next_part(value, '=');
    const bool taken_back = key.starts_with('-');
    if (taken_back)
      key.remove_prefix(1);
    const auto* found =
        std::find_if(std::begin(rows), std::end(rows),
                     [&](const row& each) { return each.key == key; });
    if (found == std::end(rows))
      continue;
    if (taken_back)
      found->reset(*this, usual);
    else
      found->take(*this, unescape(value));
  }
}

bool irc_isupport::is_channel(std::string_view name) const noexcept {
  return kind_of(name) == conversation_kind::channel
         || (!name.empty() && has(channel_types, name.front()));
}

std::pair<std::string, std::string_view>
irc_isupport::split_prefixes(std::string_view name) const {
  std::string modes;
  while (!name.empty()) {
    const auto place = prefix_signs.find(name.front());
    if (place == std::string::npos)
      break;
    modes += prefix_modes[place];
    name.remove_prefix(1);
  }
  return {std::move(modes), name};
}

std::string_view
irc_isupport::without_status(std::string_view target) const noexcept {
  auto name = target;
  while (!name.empty() && has(status_signs, name.front()))
    name.remove_prefix(1);
  return is_channel(name) ? name : target;
}

bool irc_isupport::is_user_mode(char mode) const noexcept {
  return has(prefix_modes, mode);
}

bool irc_isupport::is_list_mode(char mode) const noexcept {
  return has(channel_modes[0], mode);
}

bool irc_isupport::takes_parameter(char mode, bool set) const noexcept {
  return is_user_mode(mode) || is_list_mode(mode) || has(channel_modes[1], mode)
         || (set && has(channel_modes[2], mode));
}

std::size_t irc_isupport::max_targets(std::string_view command,
                                      std::size_t otherwise) const noexcept {
  if (const auto given = limit_of(targets_, command))
    return *given;
  return default_targets_.value_or(otherwise);
}

bool irc_isupport::takes_reference(std::string_view kind) const noexcept {
  return lists(references_, kind);
}

bool irc_isupport::allows_tag(std::string_view name) const noexcept {
  auto rest = std::string_view(denied_tags_);
  bool allowed = true;
  while (!rest.empty()) {
    auto each = next_part(rest, ',');
    // `*,-typing`: all but that one.
    const bool excepted = each.starts_with('-');
    if (excepted)
      each.remove_prefix(1);
    if (each == name || (each == "*" && !excepted))
      allowed = excepted;
  }
  return allowed;
}

} // namespace convoy::protocol
