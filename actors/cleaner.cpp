// SPDX-License-Identifier: Apache-2.0
#include "actors/cleaner.hpp"

#include "actors/ask_store.hpp"
#include "actors/strays.hpp"
#include "net/log.hpp"

#include <memory>
#include <utility>

namespace convoy::actors {

namespace {

// How long everybody's commits wait for a step, and how much of the time.
constexpr std::size_t events_at_once = 500;
constexpr std::chrono::milliseconds between_steps{100};

constexpr std::chrono::seconds between_looks{1};
constexpr std::chrono::seconds after_failure{10};
/// Before it is asked again whether another node does it.
constexpr std::chrono::seconds between_turns{10};

protocol::timestamp before(protocol::timestamp now,
                           std::chrono::seconds lifetime) {
  return lifetime == lifetime.zero() ? protocol::timestamp{} : now - lifetime;
}

} // namespace

caf::behavior cleaner_state::start(cleaner_start how) {
  how_ = std::move(how);
  survive_strays(self_);
  self_->delayed_send(self_, between_looks, tick{});
  return {
      [this](const tick&) { on_tick(); },
  };
}

/// Whoever is seen only now is being deleted by somebody, and may still have to
/// leave IRC.
bool cleaner_state::unfinished_deletion::go_on(store::database& db) {
  const auto who = db.half_deleted();
  const auto is_left = is_start || who == last;
  last = who;
  is_start = is_start && who;
  if (!who || !is_left)
    return false;
  if (db.delete_account(*who, events_at_once))
    net::log::info("user-deleted", {{"user", to_string(*who)}});
  return true;
}

void cleaner_state::on_tick() {
  if (!how_.homes)
    return go_on();
  const auto later = [this] {
    self_->delayed_send(self_, between_turns, tick{});
  };
  self_->request(how_.homes, store_deadline, get_lease{})
      .then(
          [this, later](const lease_is& ours) {
            if (ours.epoch != 0)
              go_on();
            else
              later();
          },
          [later](const caf::error&) { later(); });
}

void cleaner_state::go_on() {
  if (chores_.empty())
    begin_round();
  ask_store(
      self_, how_.archive, chores_.back().step,
      [this](progress done) { note(done); },
      [this](const caf::error& why) {
        net::log::warning("store-not-cleaned",
                          {{"reason", self_->system().render(why)}});
        // The others have their turn.
        chores_.pop_back();
        self_->delayed_send(self_, after_failure, tick{});
      });
}

/// How many were deleted is said when nothing is left to do.
void cleaner_state::note(progress done) {
  if (done.deleted > 0)
    deleted_[chores_.back().of] += done.deleted;
  if (!done.is_more)
    chores_.pop_back();
  if (!chores_.empty()) {
    self_->delayed_send(self_, between_steps, tick{});
    return;
  }
  for (const auto& [what, count] : std::exchange(deleted_, {}))
    net::log::info("store-cleaned",
                   {{"what", what}, {"count", std::to_string(count)}});
  self_->delayed_send(self_, between_looks, tick{});
}

/// What is said is looked for soon; what is old may wait.
void cleaner_state::begin_round() {
  const auto now = how_.wall_clock();
  if (now >= next_round_) {
    next_round_ = now + how_.config.cleaning_interval;
    chores_ = round();
  }
  chores_.push_back({"", [](store::database& db) {
                       return progress{db.index_some(events_at_once)
                                       >= events_at_once};
                     }});
}

std::vector<cleaner_state::chore> cleaner_state::round() {
  const auto now = how_.wall_clock();
  const auto& config = how_.config;
  const store::retention limits{
      before(now, config.resume_window), before(now, config.message_lifetime),
      before(now, config.notice_lifetime), config.max_journal_bytes_per_user};
  const auto place = std::make_shared<store::cleaning_place>();
  const auto all_of = [](std::size_t deleted) {
    return progress{deleted == events_at_once, deleted};
  };
  return {
      {"",
       [now](store::database& db) {
         db.delete_expired_sessions(now);
         return progress{};
       }},
      {"nonces",
       [all_of, before = before(now, config.nonce_lifetime)](auto& db) {
         return all_of(db.delete_nonces(before, events_at_once));
       }},
      {"too-much",
       [limits](store::database& db) {
         const auto deleted =
             db.clean_largest(limits.max_bytes_per_user, events_at_once);
         return progress{deleted > 0, deleted};
       }},
      {"messages",
       [limits, place](store::database& db) {
         const auto before = place->deleted;
         const auto is_over = db.clean_messages(limits, *place, events_at_once);
         return progress{!is_over, place->deleted - before};
       }},
      {"states",
       [all_of, limits](store::database& db) {
         return all_of(db.clean_states(limits.states_before, events_at_once));
       }},
      {"",
       [dying = dying_](auto& db) {
         return progress{dying->go_on(db)};
       }},
  };
}

caf::behavior cleaner(caf::stateful_actor<cleaner_state>* self,
                      cleaner_start how) {
  return self->state.start(std::move(how));
}

} // namespace convoy::actors
