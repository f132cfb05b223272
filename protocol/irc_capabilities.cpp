// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_capabilities.hpp"

#include "protocol/irc_message.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <iterator>

namespace convoy::protocol {

namespace {

/// All that is of use here, if the server has it; a capability's place is its
/// bit.
constexpr std::string_view known[]{
    "account-notify",
    "account-tag",
    "away-notify",
    "batch",
    "cap-notify",
    "chghost",
    "draft/channel-rename",
    "draft/chathistory",
    "draft/event-playback",
    "draft/extended-monitor",
    "draft/message-redaction",
    "draft/multiline",
    "draft/no-implicit-names",
    "draft/pre-away",
    "draft/read-marker",
    "echo-message",
    "extended-join",
    "extended-monitor",
    "invite-notify",
    "labeled-response",
    "message-tags",
    "multi-prefix",
    "sasl",
    "server-time",
    "setname",
    "standard-replies",
    "userhost-in-names",
    "znc.in/playback",
};
static_assert(std::size(known) <= 64);
static_assert(std::is_sorted(std::begin(known), std::end(known)));

/// The bit of `name`; 0 for what is not known.
constexpr std::uint64_t bit(std::string_view name) noexcept {
  const auto* place =
      std::lower_bound(std::begin(known), std::end(known), name);
  if (place == std::end(known) || *place != name)
    return 0;
  return std::uint64_t{1} << (place - std::begin(known));
}

/// What a CAP REQ can hold beside its own words.
constexpr std::size_t max_list =
    max_irc_line - std::string_view("CAP REQ :\r\n").size();

} // namespace

irc_capabilities::names irc_capabilities::default_unwanted() noexcept {
  return bit("sasl");
}

void irc_capabilities::want(std::string_view name, bool wanted) noexcept {
  if (wanted)
    unwanted_ &= ~bit(name);
  else
    unwanted_ |= bit(name);
}

void irc_capabilities::offer(std::string_view list) {
  for (const auto each : words(list)) {
    const auto equals = std::min(each.find('='), each.size());
    const auto name = each.substr(0, equals);
    const auto value = each.substr(std::min(equals + 1, each.size()));
    const auto old = offered_.find(name);
    const auto old_size = old == offered_.end() ? 0 : old->second.size();
    const auto size = bytes_ - old_size + value.size()
                      + (old == offered_.end() ? name.size() : 0);
    if (name.empty() || size > max_offered_bytes
        || (old == offered_.end() && offered_.size() >= max_offers))
      continue;
    bytes_ = size;
    refused_ &= ~bit(name);
    if (old == offered_.end())
      offered_.emplace(name, value);
    else
      old->second = value;
  }
}

void irc_capabilities::withdraw(std::string_view list) {
  for (const auto name : words(list)) {
    enabled_ &= ~bit(name);
    const auto old = offered_.find(name);
    if (old == offered_.end())
      continue;
    bytes_ -= old->first.size() + old->second.size();
    offered_.erase(old);
  }
}

/// `which` as lists that fit a line, or each `alone`.
std::vector<std::string> irc_capabilities::ask(names which, bool alone) {
  std::vector<std::string> result;
  for (const auto name : known) {
    if ((which & bit(name)) == 0)
      continue;
    if (alone || result.empty()
        || result.back().size() + 1 + name.size() > max_list) {
      result.emplace_back(name);
      asked_.push_back(bit(name));
    } else {
      result.back().append(1, ' ').append(name);
      asked_.back() |= bit(name);
    }
  }
  return result;
}

std::vector<std::string> irc_capabilities::request() {
  names which = 0;
  for (const auto& [name, value] : offered_)
    which |= bit(name);
  // The second is the first under its older name.
  if ((which & bit("extended-monitor")) != 0)
    which &= ~bit("draft/extended-monitor");
  which &= ~(unwanted_ | enabled_ | refused_);
  for (const auto each : asked_)
    which &= ~each;
  return ask(which, false);
}

void irc_capabilities::acknowledge(std::string_view list) {
  for (auto name : words(list)) {
    const bool off = name.front() == '-';
    // `~` and `=` are signs of version 301.
    if (off || name.front() == '~' || name.front() == '=')
      name.remove_prefix(1);
    if (off)
      enabled_ &= ~bit(name);
    else if (offered_.contains(name))
      enabled_ |= bit(name);
    for (auto& each : asked_)
      each &= ~bit(name);
  }
  std::erase(asked_, names{0});
}

std::vector<std::string> irc_capabilities::refuse(std::string_view list) {
  names listed = 0;
  for (const auto name : words(list))
    listed |= bit(name);
  // Somebody may have asked for something with `/quote`; and the list may be
  // cut short, so the oldest of ours that goes with it is meant.
  const auto meant = std::ranges::find_if(
      asked_, [&](auto each) { return (each & listed) != 0; });
  if (meant == asked_.end())
    return {};
  const auto which = *meant;
  asked_.erase(meant);
  if ((which & (which - 1)) != 0)
    return ask(which, true);
  refused_ |= which;
  return {};
}

bool irc_capabilities::waiting() const noexcept {
  return !asked_.empty();
}

bool irc_capabilities::has(std::string_view name) const noexcept {
  return (enabled_ & bit(name)) != 0;
}

std::optional<std::string_view>
irc_capabilities::value(std::string_view name) const noexcept {
  const auto found = offered_.find(name);
  if (found == offered_.end())
    return std::nullopt;
  return found->second;
}

const irc_capabilities::offers& irc_capabilities::offered() const noexcept {
  return offered_;
}

void irc_capabilities::clear() {
  offered_.clear();
  bytes_ = 0;
  enabled_ = 0;
  refused_ = 0;
  asked_.clear();
}

} // namespace convoy::protocol
