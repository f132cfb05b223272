// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_waiters.hpp"

#include <algorithm>
#include <utility>

namespace convoy::protocol {

std::string_view verb(irc_command_kind kind) noexcept {
  switch (kind) {
  case irc_command_kind::join:
    return "JOIN";
  case irc_command_kind::part:
    return "PART";
  case irc_command_kind::nick:
    return "NICK";
  case irc_command_kind::topic:
  case irc_command_kind::set_topic:
    return "TOPIC";
  case irc_command_kind::names:
    return "NAMES";
  case irc_command_kind::whois:
    return "WHOIS";
  case irc_command_kind::away:
    return "AWAY";
  }
  return "";
}

bool irc_waiters::full() const noexcept {
  return commands_.size() >= limit;
}

void irc_waiters::add(irc_open_command command) {
  commands_.push_back(std::move(command));
}

irc_open_command irc_waiters::take(iterator command) {
  auto result = std::move(*command);
  commands_.erase(command);
  return result;
}

irc_waiters::iterator irc_waiters::begin() noexcept {
  return commands_.begin();
}

irc_waiters::iterator irc_waiters::end() noexcept {
  return commands_.end();
}

irc_waiters::iterator irc_waiters::find(irc_command_kind kind,
                                        std::string_view target,
                                        casemapping mapping) noexcept {
  return std::find_if(begin(), end(), [&](const irc_open_command& each) {
    return each.kind == kind && !each.answered
           && protocol::equal(each.target, target, mapping);
  });
}

irc_waiters::iterator irc_waiters::expired(instant now) noexcept {
  return std::find_if(begin(), end(), [&](const irc_open_command& each) {
    return each.deadline <= now;
  });
}

std::optional<instant> irc_waiters::deadline() const noexcept {
  const auto first = std::min_element(
      commands_.begin(), commands_.end(),
      [](const auto& a, const auto& b) { return a.deadline < b.deadline; });
  if (first == commands_.end())
    return std::nullopt;
  return first->deadline;
}

std::list<irc_open_command> irc_waiters::clear() noexcept {
  return std::exchange(commands_, {});
}

} // namespace convoy::protocol
