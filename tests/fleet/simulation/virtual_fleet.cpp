// SPDX-License-Identifier: Apache-2.0
#include "tests/fleet/simulation/virtual_fleet.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace convoy::simulation {

namespace {

using actors::store::node_epoch;
using actors::store::node_row;

/// As in `homes`.
constexpr unsigned looks_between_counts = 5;
/// A statement takes up to so long.
constexpr std::size_t slowest_statement_ms = 20;
constexpr milliseconds until_restart{2'000};
constexpr std::size_t releases_a_second = 10;

template <class Period>
std::int64_t count_of(protocol::instant at) {
  return std::chrono::duration_cast<Period>(at.time_since_epoch()).count();
}

milliseconds between(protocol::instant from, protocol::instant to) {
  return std::chrono::duration_cast<milliseconds>(to - from);
}

template <class Map>
std::size_t largest(const Map& counts) {
  std::size_t result = 0;
  for (const auto& [when, count] : counts)
    result = std::max(result, count);
  return result;
}

} // namespace

// -- what is said about it ----------------------------------------------------

milliseconds durations::percentile(std::size_t percent) {
  if (all_.empty())
    return {};
  std::ranges::sort(all_);
  return all_[std::min(all_.size() - 1, all_.size() * percent / 100)];
}

std::string durations::text() {
  std::array<char, 128> text{};
  const auto seconds = [this](std::size_t percent) {
    return std::chrono::duration<double>(percentile(percent)).count();
  };
  std::snprintf(
      text.data(), text.size(),
      "%zu users: half within %.1f s, 99 %% within %.1f s, all within %.1f s",
      all_.size(), seconds(50), seconds(99), seconds(100));
  return text.data();
}

std::pair<std::size_t, std::size_t> virtual_fleet::spread() const {
  std::pair<std::size_t, std::size_t> result{how_.users, 0};
  for (const auto& each : nodes_)
    if (each.lives)
      result = {std::min(result.first, each.mine.size()),
                std::max(result.second, each.mine.size())};
  return result;
}

std::size_t virtual_fleet::living() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(nodes_, [](const auto& one) { return one.lives; }));
}

/// Also those whose node is dead and not buried.
std::size_t virtual_fleet::homeless() const {
  auto result = how_.users;
  for (const auto& each : nodes_)
    if (each.lives)
      result -= each.mine.size();
  return result;
}

void virtual_fleet::look_anew() {
  housed_ = {};
  connected_ = {};
  statements_.clear();
  node_rows_.clear();
  connects_.clear();
  budgets_.clear();
  moves_.clear();
}

std::size_t virtual_fleet::moved() const {
  std::size_t result = 0;
  for (const auto& [when, count] : moves_)
    result += count;
  return result;
}

std::size_t virtual_fleet::busiest_move() const {
  return largest(moves_);
}

std::size_t virtual_fleet::busiest_second() const {
  return largest(statements_);
}

std::size_t virtual_fleet::most_rows() const {
  return largest(node_rows_);
}

std::size_t virtual_fleet::busiest_minute() const {
  return largest(connects_);
}

std::size_t virtual_fleet::allowed_minute() const {
  // The first of a minute may be one that was saved up.
  return std::min(how_.addresses, nodes_.size())
         * static_cast<std::size_t>(60'000ms / how_.connect_interval + 1);
}

// -- time ---------------------------------------------------------------------

virtual_fleet::virtual_fleet(const fleet_settings& how)
    : how_(how), dice_(how.seed), homes_(how.users), lost_(how.users) {
  for (user each = 0; each < how.users; ++each)
    homeless_.push_back(each);
}

void virtual_fleet::in(milliseconds wait, std::function<void()> what) {
  queue_.push({now_ + wait, ++events_, std::move(what)});
}

void virtual_fleet::in(node& whose, milliseconds wait,
                       void (virtual_fleet::*what)(node&)) {
  in(wait, [this, &whose, life = whose.life, what] {
    if (whose.lives && whose.life == life)
      (this->*what)(whose);
  });
}

void virtual_fleet::ask(node& whose, void (virtual_fleet::*what)(node&)) {
  ++statements_[count_of<std::chrono::seconds>(std::max(now_, store_back_))];
  in(whose,
     std::max(between(now_, store_back_), 0ms)
         + milliseconds(1 + dice_.below(slowest_statement_ms)),
     what);
}

bool virtual_fleet::step(protocol::instant until) {
  if (queue_.empty() || queue_.top().at > until)
    return false;
  now_ = queue_.top().at;
  const auto what = queue_.top().what;
  queue_.pop();
  what();
  return true;
}

void virtual_fleet::pass(milliseconds time) {
  const auto end = now_ + time;
  while (step(end)) {
    // nop
  }
  now_ = end;
}

bool virtual_fleet::await_homes(milliseconds limit) {
  const auto end = now_ + limit;
  while (homeless() > 0)
    if (!step(end))
      return false;
  return true;
}

// -- what happens -------------------------------------------------------------

void virtual_fleet::start_nodes(std::size_t count, milliseconds within) {
  for (std::size_t i = 0; i < count; ++i) {
    auto& one = nodes_.emplace_back();
    const auto spread = static_cast<std::size_t>(within.count()) + 1;
    in(milliseconds(dice_.below(spread)), [this, &one] { join(one); });
  }
}

void virtual_fleet::kill_nodes(std::size_t count) {
  std::vector<node*> living;
  for (auto& each : nodes_)
    if (each.lives)
      living.push_back(&each);
  for (; count > 0 && !living.empty(); --count) {
    const auto which = dice_.below(living.size());
    die(*living[which]);
    living.erase(living.begin() + static_cast<std::ptrdiff_t>(which));
  }
}

void virtual_fleet::restart_node(std::size_t number,
                                 std::size_t users_a_second) {
  auto& one = nodes_[number];
  one.draining = true;
  row_of(one.epoch)->draining = true;
  release_some(one, users_a_second / releases_a_second + 1);
}

void virtual_fleet::release_some(node& one, std::size_t count) {
  const auto going = std::min(count, one.mine.size());
  std::vector<user> those(one.mine.end() - static_cast<std::ptrdiff_t>(going),
                          one.mine.end());
  one.mine.resize(one.mine.size() - going);
  for (const auto each : those)
    lost_[each] = now_;
  make_homeless(those);
  call_all();
  if (!one.mine.empty())
    return in(1000ms / releases_a_second,
              [this, &one, count] { release_some(one, count); });
  remove_row(one.epoch);
  one.lives = false;
  in(until_restart, [this, &one] { join(one); });
}

/// Who cannot renew leaves before it is buried.
void virtual_fleet::stop_store(milliseconds time) {
  store_back_ = now_ + time;
  if (time < how_.lease)
    return;
  std::vector<node*> all;
  for (auto& each : nodes_)
    if (each.lives)
      all.push_back(&each);
  for (auto* each : all) {
    const auto gone = between(now_, each->renewed + how_.lease * 4 / 5);
    in(std::max(gone, 0ms), [this, each] {
      const auto old = each->epoch;
      die(*each);
      // It takes itself out of the table before it comes again.
      in(between(now_, store_back_) + milliseconds(dice_.below(2000)),
         [this, each, old] {
           if (const auto* row = row_of(old); row) {
             remove_row(old);
             make_homeless(std::exchange(each->mine, {}));
           }
           join(*each);
         });
    });
  }
}

// -- nodes --------------------------------------------------------------------

void virtual_fleet::join(node& one) {
  one.lives = true;
  one.draining = false;
  one.epoch = ++last_epoch_;
  ++one.life;
  one.watch = {};
  const auto seed = how_.seed + static_cast<std::uint64_t>(one.epoch);
  one.pace = {how_.lease, seed};
  one.pace.claim_from(now_ + actors::first_look(how_.lease));
  one.balance = {how_.lease, how_.rebalance, seed};
  one.mine.clear();
  one.seen.clear();
  one.is_called = true;
  one.is_looking = false;
  places_[one.epoch] = rows_.size();
  rows_.push_back({one.epoch, "", "", 0,
                   static_cast<std::int64_t>(how_.lease.count()), false, 0});
  renew(one);
  look_in(one, one.pace.short_pause());
}

void virtual_fleet::die(node& one) {
  one.lives = false;
  for (const auto each : one.mine)
    lost_[each] = now_;
}

void virtual_fleet::renew(node& one) {
  if (now_ < store_back_)
    return in(one, between(now_, store_back_), &virtual_fleet::renew);
  ++statements_[count_of<std::chrono::seconds>(now_)];
  if (auto* row = row_of(one.epoch)) {
    ++row->renewals;
    row->homes = static_cast<std::int64_t>(one.mine.size());
    one.renewed = now_;
  }
  in(one, how_.lease / 5, &virtual_fleet::renew);
}

node_row* virtual_fleet::row_of(node_epoch epoch) {
  const auto found = places_.find(epoch);
  return found == places_.end() ? nullptr : &rows_[found->second];
}

void virtual_fleet::remove_row(node_epoch epoch) {
  const auto found = places_.find(epoch);
  if (found == places_.end())
    return;
  const auto hole = found->second;
  places_.erase(found);
  if (hole + 1 != rows_.size()) {
    rows_[hole] = rows_.back();
    places_[rows_[hole].epoch] = hole;
  }
  rows_.pop_back();
}

/// Nodes hear it at about the same time.
void virtual_fleet::call_all() {
  for (auto& each : nodes_)
    call(each);
}

void virtual_fleet::call(node& one) {
  if (!one.lives || one.draining)
    return;
  one.is_called = true;
  const auto wait = one.pace.wake_pause(one.takers);
  if (now_ + wait < one.next_look)
    look_in(one, wait);
}

void virtual_fleet::look_in(node& one, milliseconds wait) {
  one.next_look = now_ + wait;
  in(one, wait, &virtual_fleet::on_look_due);
}

void virtual_fleet::on_look_due(node& one) {
  if (now_ < one.next_look || one.draining
      || std::exchange(one.is_looking, true))
    return;
  ask(one, &virtual_fleet::on_nodes);
}

void virtual_fleet::on_nodes(node& one) {
  node_rows_[count_of<std::chrono::seconds>(now_)] += rows_.size();
  std::vector<node_epoch> seen;
  std::size_t takers = 0;
  for (const auto& each : rows_) {
    seen.push_back(each.epoch);
    takers += each.draining ? 0 : 1;
  }
  std::ranges::sort(seen);
  if (one.seen.empty() || seen.back() > one.seen.back())
    one.pace.leave_to_others(now_ + actors::first_look(how_.lease)
                             + actors::claim_pace::patience);
  const auto has_changed = one.seen != seen || takers < rows_.size();
  one.takers = std::max<std::size_t>(takers, 1);
  one.is_called = one.is_called || one.seen != seen;
  one.seen = std::move(seen);
  auto has_buried = false;
  for (const auto& each : one.watch.observe(rows_, one.epoch, now_)) {
    const auto* row = row_of(each.epoch);
    if (!row || row->renewals != each.renewals)
      continue;
    remove_row(each.epoch);
    has_buried = true;
    for (auto& dead : nodes_)
      if (dead.epoch == each.epoch) {
        is_sound_ = is_sound_ && !dead.lives;
        make_homeless(std::exchange(dead.mine, {}));
      }
  }
  if (has_changed || !one.watch.is_steady(now_))
    one.balance.unsettle();
  if (has_buried)
    call_all();
  if (has_buried || one.is_called || one.looks++ % looks_between_counts == 0)
    ask(one, &virtual_fleet::on_demand);
  else
    look_later(one);
}

void virtual_fleet::on_demand(node& one) {
  one.is_called = !homeless_.empty();
  const actors::claim_view seen{static_cast<std::int64_t>(homeless_.size()),
                                static_cast<std::int64_t>(how_.users),
                                static_cast<std::int64_t>(one.mine.size()),
                                one.takers};
  const auto wished = one.pace.claims(seen, now_);
  if (wished == 0) {
    let_some_go(one, seen);
    return look_later(one);
  }
  ++statements_[count_of<std::chrono::seconds>(now_)];
  claim(one, wished);
}

void virtual_fleet::let_some_go(node& one, const actors::claim_view& seen) {
  const auto count = std::min(one.balance.lets_go(seen, now_), one.mine.size());
  const auto taker = one.balance.taker(rows_, one.epoch, seen.wanted);
  if (count == 0 || !taker)
    return;
  one.pace.leave_to_others(now_ + how_.lease);
  std::vector<user> those(one.mine.end() - static_cast<std::ptrdiff_t>(count),
                          one.mine.end());
  one.mine.resize(one.mine.size() - count);
  for (const auto each : those)
    lost_[each] = now_;
  make_homeless(those);
  moves_[{one.epoch, count_of<std::chrono::minutes>(now_)}] += count;
  for (auto& each : nodes_)
    if (each.epoch == *taker)
      call(each);
}

void virtual_fleet::look_later(node& one) {
  one.is_looking = false;
  auto wait = one.is_called ? one.pace.busy_pause(one.takers)
                            : one.pace.pause(one.takers);
  if (const auto due = one.watch.next_due())
    wait = std::clamp(std::chrono::ceil<milliseconds>(*due - now_), 1ms, wait);
  look_in(one, wait);
}

void virtual_fleet::claim(node& one, std::size_t wished) {
  std::size_t taken = 0;
  for (; taken < wished && !homeless_.empty(); ++taken) {
    const auto who = homeless_.front();
    homeless_.pop_front();
    is_sound_ = is_sound_ && homes_[who] == 0;
    homes_[who] = one.epoch;
    one.mine.push_back(who);
    housed_.add(between(lost_[who], now_));
    connect(one, who);
  }
  if (taken < wished)
    return look_later(one);
  one.is_looking = false;
  look_in(one, one.pace.short_pause());
}

void virtual_fleet::make_homeless(const std::vector<user>& those) {
  for (const auto each : those) {
    homes_[each] = 0;
    homeless_.push_back(each);
  }
}

// -- IRC ----------------------------------------------------------------------

/// Most are on one network, many on another, the rest on a hundred.
std::size_t virtual_fleet::network_of(user who) const {
  const auto lot = who % 100;
  return lot < 60 ? 0 : lot < 75 ? 1 : 2 + who / 100 % 100;
}

/// As `registry::take` does with `reserve`.
void virtual_fleet::connect(const node& one, user who) {
  const auto number = static_cast<std::size_t>(one.epoch) % how_.addresses;
  const auto network = network_of(who);
  auto& free = budgets_[{network, number}];
  const auto when = std::max(free, now_);
  free = when + how_.connect_interval;
  connected_.add(between(lost_[who], when));
  if (network == 0)
    ++connects_[count_of<std::chrono::minutes>(when)];
}

} // namespace convoy::simulation
