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

// -- who gets whom ------------------------------------------------------------

std::int64_t fair_share(std::int64_t wanted, std::size_t nodes) {
  const auto count = static_cast<std::int64_t>(std::max<std::size_t>(nodes, 1));
  return (wanted + count - 1) / count;
}

claim_pace::claim_pace(milliseconds lease, std::uint64_t seed)
    : longest_(std::max(lease / 2, milliseconds{1})),
      dice_(static_cast<std::minstd_rand::result_type>(seed)) {
  // Seeds that follow each other begin alike.
  dice_.discard(16);
}

std::size_t claim_pace::claims(const claim_view& seen, protocol::instant now) {
  if (seen.homeless <= 0) {
    left_since_.reset();
    return 0;
  }
  const auto batch =
      std::min<std::int64_t>(seen.homeless, static_cast<std::int64_t>(most));
  const auto room = fair_share(seen.wanted, seen.nodes) - seen.mine;
  if (room > 0) {
    left_since_.reset();
    return static_cast<std::size_t>(std::min(batch, room));
  }
  if (!left_since_)
    left_since_ = now;
  return now - *left_since_ >= patience ? static_cast<std::size_t>(batch) : 0;
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

} // namespace convoy::actors
