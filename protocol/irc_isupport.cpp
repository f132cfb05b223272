// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_isupport.hpp"

#include "protocol/ids.hpp"

namespace convoy::protocol {

namespace {

constexpr bool has(std::string_view set, char c) noexcept {
  return set.find(c) != std::string_view::npos;
}

} // namespace

void irc_isupport::apply(const irc_message& line) {
  // The first parameter is our nick, the last "are supported by this server".
  for (std::size_t i = 1; i + 1 < line.params.size(); ++i) {
    const std::string_view token = line.params[i];
    const auto equals = token.find('=');
    const auto value = equals == std::string_view::npos
                           ? std::string_view{}
                           : token.substr(equals + 1);
    set(token.substr(0, equals), value);
  }
}

void irc_isupport::set(std::string_view key, std::string_view value) {
  if (key == "CASEMAPPING") {
    mapping = parse_casemapping(value).value_or(mapping);
  } else if (key == "CHANTYPES") {
    channel_types = value;
  } else if (key == "STATUSMSG") {
    status_signs = value;
  } else if (key == "PREFIX") {
    const auto close = value.find(')');
    if (value.empty()) {
      prefix_modes.clear();
      prefix_signs.clear();
    } else if (value.front() == '(' && close != std::string_view::npos
               && value.size() - close == close) {
      prefix_modes = value.substr(1, close - 1);
      prefix_signs = value.substr(close + 1);
    }
  } else if (key == "CHANMODES") {
    for (auto& modes : channel_modes) {
      const auto comma = value.find(',');
      modes = value.substr(0, comma);
      value = comma == std::string_view::npos ? std::string_view{}
                                              : value.substr(comma + 1);
    }
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

bool irc_isupport::takes_parameter(char mode, bool set) const noexcept {
  return is_user_mode(mode) || has(channel_modes[0], mode)
         || has(channel_modes[1], mode) || (set && has(channel_modes[2], mode));
}

} // namespace convoy::protocol
