// SPDX-License-Identifier: Apache-2.0
#include "tests/history/evidence.hpp"

#include <algorithm>

// Where users live: never on two nodes (P5), and soon on another one when
// theirs has died (P6).
namespace convoy::history {

namespace {

std::string seconds(moment time) {
  const auto milliseconds =
      std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
  return std::to_string(milliseconds) + " ms";
}

void check_connections(const evidence& all, std::vector<violation>& found) {
  for (const auto& [number, link] : all.links())
    if (link.opened.what && link.opened.what->beside != 0)
      found.push_back({promise::one_connection, link.opened.what->user, 0, "",
                       "IRC connection " + std::to_string(number)
                           + " was accepted " + when(link.opened.what->accepted)
                           + ", when "
                           + std::to_string(link.opened.what->beside)
                           + " had not been ended"});
}

/// When that user was in their channel again, from another home.
std::optional<moment> back_at(const evidence& all,
                              const evidence::noted<home_lost>& lost) {
  std::optional<moment> result;
  for (const auto& [number, link] : all.links())
    if (link.opened.what && link.opened.what->user == lost.what->user
        && link.joined && !evidence::may_be_from_before(link, lost)
        && link.opened.where > lost.where
        && (!result || link.joined->at < *result))
      result = link.joined->at;
  return result;
}

void check_losses(const evidence& all, std::vector<violation>& found) {
  for (const auto& each : all.losses()) {
    const auto& lost = *each.what;
    if (lost.limit == moment{})
      continue;
    const auto back = back_at(all, each);
    if (back && *back - each.at <= lost.limit)
      continue;
    // The next home may be lost, too.
    const auto next = all.loss_after(each.where, lost.user);
    const auto is_lost_again =
        next && std::ranges::any_of(all.losses(), [&](const auto& other) {
          return other.where == *next && other.at - each.at <= lost.limit
                 && (!back || other.at < *back);
        });
    if (!is_lost_again)
      found.push_back({promise::soon_back, lost.user, 0, "",
                       "lived on " + lost.node + ", which was lost "
                           + when(each.at) + ", and was on IRC again "
                           + (back ? "after " + seconds(*back - each.at)
                                   : std::string("never"))
                           + "; it must not take more than "
                           + seconds(lost.limit)});
  }
}

} // namespace

void check_homes(const evidence& all, std::vector<violation>& found) {
  check_connections(all, found);
  check_losses(all, found);
}

} // namespace convoy::history
