// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_pending_pastes.hpp"

#include <algorithm>
#include <utility>

namespace convoy::protocol {

std::optional<std::uint64_t> irc_pending_pastes::add(irc_pending_paste paste) {
  if (waiting_.size() >= limit)
    return std::nullopt;
  paste.id = ++ids_;
  waiting_.push_back(std::move(paste));
  return ids_;
}

std::optional<irc_pending_paste> irc_pending_pastes::take(std::uint64_t id) {
  const auto it = std::find_if(waiting_.begin(), waiting_.end(),
                               [&](const auto& each) { return each.id == id; });
  if (it == waiting_.end())
    return std::nullopt;
  auto result = std::move(*it);
  waiting_.erase(it);
  return result;
}

std::optional<irc_pending_paste> irc_pending_pastes::expired(instant now) {
  const auto it =
      std::find_if(waiting_.begin(), waiting_.end(),
                   [&](const auto& each) { return each.deadline <= now; });
  return it == waiting_.end() ? std::nullopt : take(it->id);
}

std::optional<instant> irc_pending_pastes::deadline() const noexcept {
  const auto first = std::min_element(
      waiting_.begin(), waiting_.end(),
      [](const auto& a, const auto& b) { return a.deadline < b.deadline; });
  if (first == waiting_.end())
    return std::nullopt;
  return first->deadline;
}

std::list<irc_pending_paste> irc_pending_pastes::clear() noexcept {
  return std::exchange(waiting_, {});
}

} // namespace convoy::protocol
