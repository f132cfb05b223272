// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_waiters.hpp"

#include <algorithm>
#include <utility>

namespace convoy::protocol {

namespace {

/// A server that has something to say has said it by then.
constexpr std::chrono::milliseconds usual_answer{2'000};

/// Whether a server may say nothing at all where there is nothing to do. To a
/// labelled command it always says something.
bool may_be_silent(const irc_open_command& command) noexcept {
  constexpr irc_command_kind kinds[]{
      irc_command_kind::mode, irc_command_kind::redact,
      irc_command_kind::set_topic, irc_command_kind::setname};
  const bool asks =
      command.kind == irc_command_kind::mode && command.subject.empty();
  return command.label.empty() && !asks
         && std::find(std::begin(kinds), std::end(kinds), command.kind)
                != std::end(kinds);
}

} // namespace

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
  case irc_command_kind::message:
    return "PRIVMSG";
  case irc_command_kind::notice:
    return "NOTICE";
  case irc_command_kind::multiline:
    return "BATCH";
  case irc_command_kind::mode:
    return "MODE";
  case irc_command_kind::kick:
    return "KICK";
  case irc_command_kind::invite:
    return "INVITE";
  case irc_command_kind::ison:
  case irc_command_kind::presence:
    return "ISON";
  case irc_command_kind::oper:
    return "OPER";
  case irc_command_kind::ctcp:
    return "PRIVMSG";
  case irc_command_kind::who:
    return "WHO";
  case irc_command_kind::whowas:
    return "WHOWAS";
  case irc_command_kind::monitor:
    return "MONITOR";
  case irc_command_kind::setname:
    return "SETNAME";
  case irc_command_kind::history:
    return "CHATHISTORY";
  case irc_command_kind::redact:
    return "REDACT";
  }
  return "";
}

bool is_message(irc_command_kind kind) noexcept {
  return kind == irc_command_kind::message || kind == irc_command_kind::notice
         || kind == irc_command_kind::multiline;
}

bool irc_waiters::full() const noexcept {
  return commands_.size() >= limit;
}

bool irc_waiters::has_room(std::size_t commands) const noexcept {
  return commands <= limit && commands_.size() <= limit - commands;
}

void irc_waiters::add(irc_open_command command) {
  commands_.push_back(std::move(command));
}

irc_open_command irc_waiters::take(iterator command) {
  auto result = std::move(*command);
  commands_.erase(command);
  collected_ -= result.collected;
  return result;
}

bool irc_waiters::reserve(irc_open_command& command, std::size_t bytes,
                          std::size_t most) noexcept {
  if (command.collected + bytes > most || collected_ + bytes > max_collected)
    command.truncated = true;
  if (command.truncated)
    return false;
  command.collected += bytes;
  collected_ += bytes;
  return true;
}

void irc_waiters::collect(irc_open_command& command, std::string item) {
  if (reserve(command, item.size()))
    command.items.push_back(std::move(item));
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

irc_waiters::iterator irc_waiters::labelled(std::string_view label) noexcept {
  return std::find_if(begin(), end(), [&](const irc_open_command& each) {
    return !each.label.empty() && each.label == label;
  });
}

irc_waiters::iterator irc_waiters::find_group(std::uint64_t group) noexcept {
  return std::find_if(begin(), end(), [&](const irc_open_command& each) {
    return group != 0 && each.group == group;
  });
}

bool irc_waiters::has_group(std::uint64_t group) const noexcept {
  return std::any_of(commands_.begin(), commands_.end(), [&](const auto& each) {
    return each.group == group && !each.answered;
  });
}

irc_waiters::iterator irc_waiters::next_of_group(iterator command) noexcept {
  for (auto each = begin(); each != end(); ++each)
    if (each != command && each->group == command->group && !each->answered)
      return each;
  return end();
}

void irc_waiters::answer_group(std::uint64_t group) noexcept {
  for (auto& each : commands_)
    each.answered = each.answered || each.group == group;
}

void irc_waiters::start(std::uint64_t id, instant now) noexcept {
  for (auto& each : commands_) {
    if (each.parcel != id)
      continue;
    start(each, now);
  }
}

void irc_waiters::start(irc_open_command& command, instant now) noexcept {
  command.parcel = 0;
  command.deadline = now + command.patience;
  if (may_be_silent(command))
    command.question_due = now + std::min(usual_answer, command.patience / 2);
}

bool irc_waiters::question(std::uint64_t number, instant now) noexcept {
  bool asked = false;
  for (auto& each : commands_) {
    if (!each.question_due || *each.question_due > now)
      continue;
    each.question_due.reset();
    each.question = number;
    asked = true;
  }
  return asked;
}

irc_waiters::iterator irc_waiters::questioned(std::uint64_t number) noexcept {
  return std::find_if(begin(), end(), [&](const irc_open_command& each) {
    return each.question == number;
  });
}

irc_waiters::iterator irc_waiters::expired(instant now) noexcept {
  return std::find_if(begin(), end(), [&](const irc_open_command& each) {
    return each.deadline && *each.deadline <= now;
  });
}

std::optional<instant> irc_waiters::deadline() const noexcept {
  std::optional<instant> first;
  for (const auto& each : commands_)
    for (const auto& due : {each.question_due, each.deadline})
      if (due && (!first || *due < *first))
        first = due;
  return first;
}

std::list<irc_open_command> irc_waiters::clear() noexcept {
  // A group has one answer to get, so its first one is left to get it.
  for (auto& each : commands_)
    if (each.group != 0 && !each.answered) {
      answer_group(each.group);
      each.answered = false;
    }
  collected_ = 0;
  return std::exchange(commands_, {});
}

} // namespace convoy::protocol
