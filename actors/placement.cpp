// SPDX-License-Identifier: Apache-2.0
#include "actors/placement.hpp"

#include <algorithm>
#include <utility>

namespace convoy::actors {

namespace {

using std::chrono::milliseconds;

/// Between looks of a small fleet's node.
constexpr milliseconds usual_pause{1000};
/// All nodes together look so often.
constexpr milliseconds pause_per_node{50};
constexpr milliseconds usual_busy_pause{500};
constexpr milliseconds busy_pause_per_node{2};
constexpr milliseconds between_claims{100};
constexpr milliseconds after_call{100};
constexpr milliseconds after_call_per_node{1};
/// In a lease a node renews so often.
constexpr int renewals = 5;
/// A fleet is calm when nothing has happened to it for so many leases.
constexpr int calm_leases = 6;

/// Seeds that follow each other begin alike.
std::minstd_rand dice_of(std::uint64_t seed) {
  std::minstd_rand result{static_cast<std::minstd_rand::result_type>(seed)};
  result.discard(16);
  return result;
}

} // namespace

// -- who lives ----------------------------------------------------------------

std::vector<grave> node_watch::observe(std::span<const store::node_row> rows,
                                       store::node_epoch mine,
                                       protocol::instant now) {
  std::vector<grave> result;
  auto before = std::exchange(seen_, {});
  for (const auto& row : rows) {
    if (row.epoch == mine)
      continue;
    const milliseconds lease{row.lease_milliseconds};
    const auto old = before.find(row.epoch);
    if (old == before.end() || old->second.renewals != row.renewals) {
      seen_[row.epoch] = {row.renewals, now, lease, old != before.end()};
      continue;
    }
    if (now - old->second.since >= lease)
      result.push_back({row.epoch, row.renewals});
    seen_[row.epoch] = old->second;
  }
  return result;
}

std::optional<protocol::instant> node_watch::next_due() const {
  std::optional<protocol::instant> result;
  for (const auto& [epoch, each] : seen_)
    if (const auto due = each.since + each.lease; !result || due < *result)
      result = due;
  return result;
}

bool node_watch::has_seen_alive(store::node_epoch epoch) const {
  const auto i = seen_.find(epoch);
  return i != seen_.end() && i->second.has_renewed;
}

bool node_watch::is_steady(protocol::instant now) const {
  return std::ranges::all_of(seen_, [now](const auto& pair) {
    return now - pair.second.since < pair.second.lease / 2;
  });
}

// -- who gets whom ------------------------------------------------------------

milliseconds first_look(milliseconds lease) {
  return lease / renewals;
}

std::int64_t fair_share(std::int64_t wanted, std::size_t nodes) {
  const auto count = static_cast<std::int64_t>(std::max<std::size_t>(nodes, 1));
  return (wanted + count - 1) / count;
}

claim_pace::claim_pace(milliseconds lease, std::uint64_t seed)
    : longest_(std::max(lease / 2, milliseconds{1})), dice_(dice_of(seed)) {
  // nop
}

void claim_pace::claim_from(protocol::instant when) {
  first_claim_ = when;
}

void claim_pace::leave_to_others(protocol::instant until) {
  others_until_ = std::max(others_until_, until);
}

std::size_t claim_pace::claims(const claim_view& seen, protocol::instant now) {
  if (seen.homeless <= 0) {
    left_since_.reset();
    return 0;
  }
  if (now < first_claim_)
    return 0;
  const auto batch =
      std::min<std::int64_t>(seen.homeless, static_cast<std::int64_t>(most));
  const auto room = fair_share(seen.wanted, seen.nodes) - seen.mine;
  if (room > 0) {
    left_since_.reset();
    return static_cast<std::size_t>(std::min(batch, room));
  }
  if (!left_since_)
    left_since_ = now;
  return now - *left_since_ >= patience && now >= others_until_
             ? static_cast<std::size_t>(batch)
             : 0;
}

milliseconds claim_pace::pause(std::size_t nodes) {
  return jittered(usual_pause, pause_per_node, nodes);
}

milliseconds claim_pace::busy_pause(std::size_t nodes) {
  return jittered(usual_busy_pause, busy_pause_per_node, nodes);
}

milliseconds claim_pace::short_pause() {
  return jittered(between_claims, {}, 0);
}

milliseconds claim_pace::wake_pause(std::size_t nodes) {
  const auto count = static_cast<milliseconds::rep>(nodes);
  const auto span =
      std::min(after_call + count * after_call_per_node, longest_);
  return milliseconds{
      std::uniform_int_distribution<milliseconds::rep>{0, span.count()}(dice_)};
}

/// Between three and five quarters of what is usual, or of what so many nodes
/// make of it.
milliseconds claim_pace::jittered(milliseconds usual, milliseconds per_node,
                                  std::size_t nodes) {
  const auto count = static_cast<milliseconds::rep>(nodes);
  const auto about = std::min(std::max(usual, count * per_node), longest_);
  const auto quarter = about.count() / 4;
  return milliseconds{std::uniform_int_distribution<milliseconds::rep>{
      about.count() - quarter, about.count() + quarter}(dice_)};
}

// -- who has too many ---------------------------------------------------------

rebalance_pace::rebalance_pace(milliseconds lease, unsigned users,
                               std::uint64_t seed)
    : dice_(dice_of(seed)), calm_(lease * calm_leases) {
  constexpr milliseconds minute{60'000};
  if (users > 0)
    interval_ = std::max(minute / users, milliseconds{1});
}

void rebalance_pace::unsettle() {
  next_.reset();
}

std::size_t rebalance_pace::lets_go(const claim_view& seen,
                                    protocol::instant now) {
  if (!next_)
    next_ = now + calm_;
  const auto share = fair_share(seen.wanted, seen.nodes);
  const auto excess = seen.mine - share - std::max(share / 10, few);
  if (interval_.count() == 0 || now < *next_)
    return 0;
  // Some may be on their way from others like us; what could not be done is not
  // saved up.
  if (excess <= 0 || seen.homeless > static_cast<std::int64_t>(seen.nodes)) {
    next_ = now;
    return 0;
  }
  const auto due = 1 + (now - *next_) / interval_;
  const auto count = std::min({static_cast<std::int64_t>(due), excess, most});
  next_ = std::max(*next_ + count * interval_, now);
  return static_cast<std::size_t>(count);
}

std::optional<store::node_epoch>
rebalance_pace::taker(std::span<const store::node_row> rows,
                      store::node_epoch mine, std::int64_t wanted) {
  const auto takes = std::ranges::count_if(
      rows, [](const auto& each) { return !each.draining; });
  const auto share = fair_share(wanted, static_cast<std::size_t>(takes));
  std::vector<store::node_epoch> poor;
  for (const auto& each : rows)
    if (!each.draining && each.epoch != mine && each.homes < share)
      poor.push_back(each.epoch);
  if (poor.empty())
    return std::nullopt;
  return poor[std::uniform_int_distribution<std::size_t>{0, poor.size()
                                                                - 1}(dice_)];
}

} // namespace convoy::actors
