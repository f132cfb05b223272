// SPDX-License-Identifier: Apache-2.0
#include "actors/away_stream.hpp"

#include "protocol/frame.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

namespace convoy::actors {

std::vector<deliver> away_stream::begin(protocol::event_seq place) {
  std::vector<deliver> result;
  known_ = std::max(known_, place);
  if (!seen_)
    seen_ = place;
  take_kept(result);
  return result;
}

void away_stream::reset() {
  *this = {};
}

std::vector<deliver> away_stream::take(const deliver& live) {
  std::vector<deliver> result;
  // They have no place, and are of use now or never.
  if (live.first == 0) {
    if (seen_)
      result.push_back(live);
    return result;
  }
  known_ = std::max(known_, live.last);
  if (seen_ && append(live, result)) {
    take_kept(result);
    return result;
  }
  if ((!seen_ || live.last > *seen_)
      && kept_events_ + live.frames->size() <= max_kept
      && (kept_.empty() || kept_.back().last < live.first)) {
    kept_events_ += live.frames->size();
    kept_.push_back(live);
  }
  return result;
}

/// Shows what of it is news, unless something before it is missing.
bool away_stream::append(const deliver& next, std::vector<deliver>& to) {
  if (next.first > *seen_ + 1 || next.last <= *seen_)
    return false;
  to.push_back(next);
  seen_ = next.last;
  return true;
}

void away_stream::take_kept(std::vector<deliver>& to) {
  while (!kept_.empty() && kept_.front().first <= *seen_ + 1) {
    kept_events_ -= kept_.front().frames->size();
    append(kept_.front(), to);
    kept_.pop_front();
  }
}

std::optional<std::vector<deliver>>
away_stream::take_page(const std::vector<protocol::event>& page,
                       protocol::ts_format format) {
  std::vector<deliver> result;
  if (page.empty() || !seen_)
    return std::nullopt;
  auto frames = std::make_shared<std::vector<net::payload>>();
  auto expected = *seen_;
  for (const auto& each : page) {
    if (each.seq <= *seen_)
      continue;
    if (each.seq != ++expected)
      return std::nullopt;
    frames->push_back(
        std::make_shared<const std::string>(encode_event(each, format)));
  }
  known_ = std::max(known_, expected);
  append({*seen_ + 1, expected, std::move(frames)}, result);
  take_kept(result);
  return result;
}

} // namespace convoy::actors
