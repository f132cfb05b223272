// SPDX-License-Identifier: Apache-2.0
#include "actors/ask_store.hpp"
#include "actors/away_user.hpp"
#include "actors/letter.hpp"
#include "actors/session.hpp"
#include "net/log.hpp"

#include <algorithm>

// The sessions of somebody who lives elsewhere, and the stream they hear.
namespace convoy::actors {

namespace {

/// Events of the journal that are read at once.
constexpr std::size_t page_size = 256;

/// A journal that is read from a copy may be a little behind.
constexpr std::chrono::milliseconds reread_pause{500};
constexpr unsigned max_holes = 10;

/// From looking a login up until we hear of it.
constexpr std::chrono::minutes longest_way_in{1};

attached refusal(std::string why, bool needs_login = false) {
  return {{}, {}, 0, std::move(why), needs_login};
}

} // namespace

// -- who comes and goes -------------------------------------------------------

/// The events are listened to before the home is asked for its place in them,
/// so none falls between the two.
caf::result<attached> away_user_state::on_attach(const attach& wish) {
  std::size_t count = 0;
  for (const auto& each : audiences_)
    count += each.sessions.size() + each.arrivals.size();
  if (count >= node_->config.max_sessions_per_user)
    return refusal("Too many sessions.");
  if (is_revoked(wish.token_hash))
    return refusal("Need to log in first.", true);
  auto& mine = of(wish.format);
  self_->monitor(wish.session);
  if (!mine.events)
    mine.events = listen(*node_->bus, events_of(id_, wish.format), me());
  auto promise = self_->make_response_promise<attached>();
  mine.remote_address = wish.remote_address;
  mine.base_url = wish.base_url;
  mine.arrivals.push_back({promise, wish, self_->clock().now() + patience});
  if (is_lost_)
    search_again();
  else
    announce(wish.format);
  if (!keep_due_)
    keep_due_ = self_->clock().now() + keep_pause;
  wake_after(keep_pause);
  return promise;
}

void away_user_state::on_revoke(const revoke& what) {
  for (const auto& each : audiences_)
    for (const auto& [session, token] : each.sessions)
      if (token == what.token_hash)
        self_->send(session, go_away{1008, "Need to log in first."});
  revoked_.emplace_back(what.token_hash, self_->clock().now());
}

bool away_user_state::is_revoked(const std::string& token_hash) {
  const auto now = self_->clock().now();
  while (!revoked_.empty() && now - revoked_.front().second > longest_way_in)
    revoked_.pop_front();
  return std::ranges::any_of(
      revoked_, [&](const auto& each) { return each.first == token_hash; });
}

void away_user_state::on_down(const caf::down_msg& down) {
  for (auto& mine : audiences_) {
    std::erase_if(mine.sessions, [&](const auto& each) {
      return each.first.address() == down.source;
    });
    std::erase_if(mine.arrivals, [&](const auto& each) {
      return each.wish.session.address() == down.source;
    });
    end_if_empty(mine);
  }
  idle_.look_later();
}

void away_user_state::end_if_empty(audience& where) {
  if (!where.sessions.empty() || !where.arrivals.empty())
    return;
  where.events.reset();
  where.stream.reset();
  where.held.clear();
  where.missed = where.holes = 0;
}

void away_user_state::close_all(audience& where, const go_away& why) {
  for (const auto& [session, token] : where.sessions)
    self_->send(session, go_away{why.code, why.reason});
  for (auto& each : where.arrivals)
    each.promise.deliver(refusal(why.reason));
  where.sessions.clear();
  where.arrivals.clear();
  end_if_empty(where);
}

/// The home does not come in time.
void away_user_state::refuse_late() {
  const auto now = self_->clock().now();
  for (auto& mine : audiences_) {
    std::erase_if(mine.arrivals, [&](auto& each) {
      if (each.until > now)
        return false;
      each.promise.deliver(
          refusal("The user's home does not answer: connect again."));
      return true;
    });
    end_if_empty(mine);
  }
}

// -- the stream ---------------------------------------------------------------

void away_user_state::on_events(const net::bus_message& what) {
  const auto format = what.subject == events_of(id_, format_type::iso)
                          ? format_type::iso
                          : format_type::epoch;
  auto& mine = of(format);
  const auto heard = read_events(what.body);
  if (!mine.events)
    return;
  if (!heard)
    return net::log::error("bus-events-unreadable", {{"user", to_string(id_)}});
  // Whoever has the user now is asked, and what the old home was asked it has
  // answered or lost.
  if (heard->moved)
    return announce(format);
  show(format, mine.stream.take(heard->events));
  fill(format);
}

void away_user_state::show(format_type format,
                           const std::vector<deliver>& batches) {
  auto& mine = of(format);
  for (const auto& each : batches) {
    const auto message = caf::make_message(each);
    for (const auto& [session, token] : mine.sessions)
      self_->send(session, message);
  }
  release_held(mine);
  welcome(mine);
}

/// Those whose place has been reached get what is live from here on.
void away_user_state::welcome(audience& where) {
  std::erase_if(where.arrivals, [&](auto& each) {
    if (!each.place || *each.place > where.stream.seen())
      return false;
    if (is_revoked(each.wish.token_hash)) {
      each.promise.deliver(refusal("Need to log in first.", true));
      return true;
    }
    where.sessions.emplace_back(each.wish.session, each.wish.token_hash);
    each.promise.deliver(attached{me(),
                                  stream_,
                                  where.stream.seen(),
                                  {},
                                  false,
                                  id_,
                                  each.wish.may_send});
    return true;
  });
  end_if_empty(where);
}

void away_user_state::release_held(audience& where) {
  while (!where.held.empty()
         && where.held.front().behind <= where.stream.seen()) {
    self_->send(where.held.front().session, where.held.front().reply);
    where.held.pop_front();
  }
}

/// What the bus has lost is in the journal.
void away_user_state::fill(format_type format) {
  auto& mine = of(format);
  if (!mine.stream.has_gap() || std::exchange(mine.is_reading, true))
    return;
  ask_store(
      self_, node_->reader(number(id_)),
      [user = id_, after = mine.stream.seen()](store::database& db) {
        return db.journal(user, after, page_size);
      },
      [this, format](const std::vector<protocol::event>& page) {
        on_page(format, page);
      },
      [this, format](const caf::error&) { on_page(format, {}); });
}

void away_user_state::on_page(format_type format,
                              const std::vector<protocol::event>& page) {
  auto& mine = of(format);
  mine.is_reading = false;
  if (!mine.stream.has_gap())
    return;
  const auto batches = mine.stream.take_page(page, format);
  if (batches) {
    mine.holes = 0;
    show(format, *batches);
    return fill(format);
  }
  if (++mine.holes < max_holes)
    return wake_after(reread_pause);
  net::log::error("stream-hole",
                  {{"user", to_string(id_)},
                   {"after", std::to_string(mine.stream.seen())}});
  node_->meters->holes.add(mine.sessions.size());
  close_all(mine, {service_restart, "Events were lost: connect again."});
}

} // namespace convoy::actors
