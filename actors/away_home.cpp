// SPDX-License-Identifier: Apache-2.0
#include "actors/away_user.hpp"
#include "actors/letter.hpp"
#include "net/log.hpp"

#include <algorithm>

// Where the home of somebody who lives elsewhere is, and how far it is.
namespace convoy::actors {

void away_user_state::on_result(const bus_result& what) {
  const auto number = what.ticket;
  if (const auto word = words_.extract(number); !word.empty())
    return on_word(number, word.mapped(), what.answer);
  if (const auto asked = asks_.extract(number); !asked.empty())
    return on_asked(asked.mapped(), what.answer);
  on_called(number, what.answer);
}

// -- words --------------------------------------------------------------------

std::uint64_t away_user_state::send_word(open_word word,
                                         std::string_view head) {
  const auto number = ++last_number_;
  words_.emplace(number, std::move(word));
  ask_bus(*node_->bus, subject_, seal_letter(head), keep_deadline, me(),
          number);
  return number;
}

/// There are sessions here: the home publishes from now on, and says from
/// where.
void away_user_state::announce(format_type format) {
  auto& mine = of(format);
  attach wish;
  wish.format = format;
  wish.remote_address = mine.remote_address;
  wish.base_url = mine.base_url;
  const auto number = send_word({format}, write_attach(wish));
  for (auto& each : mine.arrivals)
    if (!each.place)
      each.announced = number;
}

/// There still are, and this is what we wait for.
void away_user_state::keep(format_type format) {
  std::vector<std::string> numbers;
  for (const auto& [number, each] : asks_)
    if (each.format == format)
      numbers.push_back(std::to_string(number));
  const auto head = write_keep(format, my_name_, numbers);
  send_word({format, true, std::move(numbers)}, head);
}

void away_user_state::on_word(std::uint64_t number, const open_word& word,
                              const net::bus_answer& how) {
  auto& mine = of(word.format);
  if (!mine.events)
    return;
  if (const auto* why = std::get_if<net::bus_failure>(&how)) {
    if (*why != net::bus_failure::timeout)
      return on_failure(*why);
    if (++mine.missed >= 2)
      return lose(true);
    return announce(word.format);
  }
  if (const auto place = read_place(std::get<std::string>(how)))
    return on_place(number, word, *place);
  // Whoever listened for us there is gone, with what it was asked.
  for (const auto& each : word.asks)
    if (const auto gone = asks_.extract(std::stoull(each)); !gone.empty())
      refuse_lost(gone.mapped().what);
  if (word.is_keep)
    announce(word.format);
  else
    lose(false);
}

void away_user_state::on_place(std::uint64_t number, const open_word& word,
                               const stream_place& place) {
  auto& mine = of(word.format);
  mine.missed = 0;
  if (!stream_.empty() && stream_ != place.stream) {
    for (auto& each : audiences_)
      close_all(each, {1012, "The stream is another one: connect again."});
    return stream_.clear();
  }
  stream_ = place.stream;
  // What the home neither works on nor has answered before that is lost.
  for (const auto& each : word.asks)
    if (std::ranges::find(place.open, each) == place.open.end())
      if (const auto gone = asks_.extract(std::stoull(each)); !gone.empty())
        refuse_lost(gone.mapped().what);
  for (auto& each : mine.arrivals)
    if (each.announced == number)
      each.place = place.seq;
  const auto was_lost = is_lost_;
  found();
  show(word.format, mine.stream.begin(place.seq));
  fill(word.format);
  if (was_lost && !word.is_keep)
    keep(word.format);
}

// -- when it does not answer --------------------------------------------------

/// Who is not on the bus knows nothing of the home.
void away_user_state::on_failure(net::bus_failure why) {
  lose(why == net::bus_failure::no_responders);
}

void away_user_state::found() {
  search_due_.reset();
  pause_ = search_pause;
  if (!std::exchange(is_lost_, false))
    return;
  is_gone_ = false;
  net::log::info("home-found", {{"user", to_string(id_)}});
  for (const auto format : {format_type::epoch, format_type::iso})
    if (of(format).events)
      announce(format);
  retry_calls();
}

/// `is_gone`: nobody has the user there, and what was asked is lost.
void away_user_state::lose(bool is_gone) {
  const auto now = self_->clock().now();
  if (!std::exchange(is_lost_, true)) {
    lost_at_ = now;
    net::log::info("home-lost", {{"user", to_string(id_)}});
  }
  for (auto& each : audiences_)
    each.missed = 0;
  if (is_gone && !std::exchange(is_gone_, true)) {
    lose_asks();
    self_->send(node_->directory, lost_home{id_});
  }
  if (search_due_)
    return;
  search_due_ = now + pause_;
  wake_after(pause_);
}

void away_user_state::search() {
  const auto now = self_->clock().now();
  search_due_.reset();
  if (!is_lost_)
    return;
  if (now - lost_at_ >= longest_search)
    for (auto& each : audiences_)
      close_all(each, {1012, "The user's home is not found: connect again."});
  if (is_gone_ && pause_ >= locate_pause)
    self_->send(node_->directory, lost_home{id_});
  for (const auto format : {format_type::epoch, format_type::iso}) {
    const auto is_asked = std::ranges::any_of(
        words_, [&](const auto& each) { return each.second.format == format; });
    if (of(format).events && !is_asked)
      announce(format);
  }
  retry_calls();
  if (!is_used())
    return;
  pause_ = std::min(2 * pause_, longest_search_pause);
  search_due_ = now + pause_;
}

/// Nobody has looked since the last one went who needed it.
void away_user_state::search_again() {
  if (!is_lost_ || search_due_)
    return;
  lost_at_ = self_->clock().now();
  pause_ = search_pause;
  if (is_gone_)
    self_->send(node_->directory, lost_home{id_});
  search_due_ = lost_at_;
  wake_after(std::chrono::milliseconds{0});
}

/// It is known where; whoever lives there may still be moving in.
void away_user_state::on_home(const home_is& where) {
  const auto is_news = std::exchange(epoch_, where.epoch) != where.epoch;
  if (!is_lost_ || !is_news)
    return;
  pause_ = search_pause;
  search_due_ = self_->clock().now() + pause_;
  wake_after(pause_);
}

} // namespace convoy::actors
