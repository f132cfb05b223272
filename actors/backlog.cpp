// SPDX-License-Identifier: Apache-2.0
#include "actors/backlog.hpp"

#include <algorithm>
#include <utility>

namespace convoy::actors {

void backlog::keep(const deliver& live) {
  known_ = std::max(known_, live.last);
  kept_events_ += live.frames->size();
  kept_.push_back(live);
  while (kept_events_ > max_kept)
    drop_oldest();
}

void backlog::drop_oldest() {
  kept_events_ -= kept_.front().frames->size();
  kept_.pop_front();
}

bool backlog::add(std::vector<protocol::event> page) {
  auto expected = seen_;
  for (const auto& each : page)
    if (each.seq != ++expected)
      return false;
  if (page.empty())
    return false;
  page_ = std::move(page);
  next_ = 0;
  return true;
}

std::vector<net::payload> backlog::take(protocol::ts_format format) {
  std::vector<net::payload> result;
  std::size_t bytes = 0;
  while (bytes < part_size) {
    if (next_ < page_.size()) {
      const auto& event = page_[next_++];
      seen_ = event.seq;
      auto text = encode_event(event, format);
      bytes += text.size();
      result.push_back(std::make_shared<const std::string>(std::move(text)));
    } else if (!take_kept(result, bytes)) {
      break;
    }
  }
  return result;
}

/// Moves the oldest batch on, unless events before it have to come first.
bool backlog::take_kept(std::vector<net::payload>& to, std::size_t& bytes) {
  if (kept_.empty() || kept_.front().first > seen_ + 1)
    return false;
  const auto& oldest = kept_.front();
  const auto is_passing = oldest.first == 0;
  // Some of it the journal may have had.
  const auto known = is_passing ? 0 : seen_ + 1 - oldest.first;
  for (auto n = static_cast<std::size_t>(known); n < oldest.frames->size();
       ++n) {
    to.push_back((*oldest.frames)[n]);
    bytes += to.back()->size();
  }
  if (!is_passing)
    seen_ = std::max(seen_, oldest.last);
  drop_oldest();
  return true;
}

bool backlog::is_empty() const {
  return next_ == page_.size() && kept_.empty() && seen_ >= known_;
}

} // namespace convoy::actors
