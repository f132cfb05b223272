// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_outbound.hpp"

#include <algorithm>
#include <utility>

namespace convoy::protocol {

void irc_outbound::configure(irc_pace pace, std::size_t limit,
                             std::optional<std::chrono::milliseconds> learned) {
  pace_ = pace;
  pace_.burst = std::max<std::size_t>(pace_.burst, 1);
  limit_ = limit;
  interval_ = pace_.interval;
  if (interval_.count() > 0 && learned)
    interval_ = std::clamp(*learned, interval_, std::max(interval_, slowest));
  slowed_at_.reset();
}

void irc_outbound::rest() noexcept {
  full_at_ = {};
}

irc_outbound::verdict irc_outbound::add(std::vector<std::string>& lines,
                                        instant now) {
  last_waits_ = false;
  recover(now);
  if (waiting_.empty() && take_token(now))
    return verdict::leaves;
  if (lines.size() > limit_ || lines_ > limit_ - lines.size())
    return verdict::full;
  irc_parcel parcel;
  parcel.id = ++ids_;
  parcel.begins = parcel.id;
  parcel.lines = std::move(lines);
  lines_ += parcel.lines.size();
  waiting_.push_back(std::move(parcel));
  last_waits_ = true;
  return verdict::waits;
}

void irc_outbound::pass() noexcept {
  last_waits_ = false;
}

bool irc_outbound::is_free(instant now) const noexcept {
  return interval_.count() <= 0 || (waiting_.empty() && tokens(now) > 0);
}

bool irc_outbound::has_room(std::size_t count, instant now) const noexcept {
  if (interval_.count() <= 0)
    return true;
  const auto leaving = waiting_.empty() ? std::min(tokens(now), count) : 0;
  const auto free = limit_ - std::min(lines_, limit_);
  return count - leaving <= free;
}

std::uint64_t irc_outbound::last() const noexcept {
  return last_waits_ ? ids_ : 0;
}

irc_parcel* irc_outbound::last_parcel() noexcept {
  return last_waits_ ? &waiting_.back() : nullptr;
}

std::optional<irc_parcel> irc_outbound::release(instant now) {
  recover(now);
  if (waiting_.empty() || !take_token(now))
    return std::nullopt;
  auto result = std::move(waiting_.front());
  waiting_.pop_front();
  lines_ -= result.lines.size();
  last_waits_ = last_waits_ && !waiting_.empty();
  return result;
}

std::optional<instant> irc_outbound::deadline() const noexcept {
  if (waiting_.empty())
    return std::nullopt;
  return full_at_ - slack();
}

std::size_t irc_outbound::size() const noexcept {
  return lines_;
}

std::chrono::milliseconds irc_outbound::wait(instant now) const noexcept {
  const auto next = deadline();
  if (!next)
    return std::chrono::milliseconds{0};
  const auto behind =
      static_cast<std::chrono::milliseconds::rep>(waiting_.size() - 1);
  return std::chrono::ceil<std::chrono::milliseconds>(
             std::max(*next - now, instant::duration::zero()))
         + interval_ * behind;
}

std::list<irc_parcel> irc_outbound::clear() noexcept {
  lines_ = 0;
  last_waits_ = false;
  return std::exchange(waiting_, {});
}

void irc_outbound::slow_down(instant now) noexcept {
  const bool again = slowed_at_ && now - *slowed_at_ < interval_;
  if (interval_.count() <= 0 || again)
    return;
  interval_ = std::max(interval_, std::min(interval_ * 2, slowest));
  slowed_at_ = now;
  // The bucket is empty: the next line leaves in one interval.
  full_at_ = now + slack() + interval_;
}

bool irc_outbound::busy(instant now) const noexcept {
  return full_at_ > now;
}

std::optional<std::chrono::milliseconds>
irc_outbound::learned() const noexcept {
  if (interval_ == pace_.interval)
    return std::nullopt;
  return interval_;
}

/// So much earlier than full is the bucket when it has one token.
std::chrono::milliseconds irc_outbound::slack() const noexcept {
  return interval_
         * static_cast<std::chrono::milliseconds::rep>(pace_.burst - 1);
}

std::size_t irc_outbound::tokens(instant now) const noexcept {
  const auto missing = full_at_ - now;
  if (missing.count() <= 0)
    return pace_.burst;
  const auto used =
      static_cast<std::size_t>((missing - instant::duration{1}) / interval_)
      + 1;
  return pace_.burst - std::min(used, pace_.burst);
}

void irc_outbound::recover(instant now) noexcept {
  if (interval_ == pace_.interval)
    return;
  if (!slowed_at_)
    slowed_at_ = now;
  while (interval_ > pace_.interval && *slowed_at_ + forgiveness <= now) {
    interval_ = std::max(interval_ / 2, pace_.interval);
    *slowed_at_ += forgiveness;
    full_at_ = std::min(full_at_, now + slack() + interval_);
  }
}

bool irc_outbound::take_token(instant now) noexcept {
  if (interval_.count() <= 0)
    return true;
  if (full_at_ - slack() > now)
    return false;
  full_at_ = std::max(full_at_, now) + interval_;
  return true;
}

} // namespace convoy::protocol
