// SPDX-License-Identifier: Apache-2.0
#include "actors/cleaner.hpp"

#include "actors/ask_store.hpp"
#include "actors/strays.hpp"
#include "net/log.hpp"

#include <memory>

namespace convoy::actors {

namespace {

// How long everybody's commits wait for a step, and how much of the time.
constexpr std::size_t events_at_once = 500;
constexpr std::chrono::milliseconds between_steps{100};

constexpr std::chrono::seconds between_looks{1};
constexpr std::chrono::seconds after_failure{10};
/// Of looking for what is too old.
constexpr std::chrono::minutes between_rounds{10};

protocol::timestamp before(protocol::timestamp now,
                           std::chrono::seconds lifetime) {
  return lifetime == lifetime.zero() ? protocol::timestamp{} : now - lifetime;
}

bool is_full(std::size_t done) {
  return done == events_at_once;
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

void cleaner_state::on_tick() {
  if (chores_.empty())
    begin_round();
  ask_store(
      self_, how_.archive, chores_.back(),
      [this](bool is_more) {
        if (!is_more)
          chores_.pop_back();
        if (chores_.empty())
          self_->delayed_send(self_, between_looks, tick{});
        else
          self_->delayed_send(self_, between_steps, tick{});
      },
      [this](const caf::error& why) {
        net::log::warning("store-not-cleaned",
                          {{"reason", self_->system().render(why)}});
        // The others have their turn.
        chores_.pop_back();
        self_->delayed_send(self_, after_failure, tick{});
      });
}

/// What is said is looked for soon; what is old may wait.
void cleaner_state::begin_round() {
  const auto now = how_.wall_clock();
  if (now >= next_round_) {
    next_round_ = now + between_rounds;
    chores_ = round();
  }
  chores_.push_back([](store::database& db) {
    return db.index_some(events_at_once) >= events_at_once;
  });
}

std::vector<cleaner_state::chore> cleaner_state::round() {
  const auto now = how_.wall_clock();
  const auto& config = how_.config;
  const store::retention limits{
      before(now, config.resume_window), before(now, config.message_lifetime),
      before(now, config.notice_lifetime), config.max_journal_bytes_per_user};
  const auto place = std::make_shared<store::cleaning_place>();
  return {
      [now](store::database& db) {
        db.delete_expired_sessions(now);
        return false;
      },
      [before = before(now, config.nonce_lifetime)](store::database& db) {
        return is_full(db.delete_nonces(before, events_at_once));
      },
      [limits](store::database& db) {
        return db.clean_largest(limits.max_bytes_per_user, events_at_once) > 0;
      },
      [limits, place](store::database& db) {
        return !db.clean_messages(limits, *place, events_at_once);
      },
      [limits](store::database& db) {
        return is_full(db.clean_states(limits.states_before, events_at_once));
      },
  };
}

caf::behavior cleaner(caf::stateful_actor<cleaner_state>* self,
                      cleaner_start how) {
  return self->state.start(std::move(how));
}

} // namespace convoy::actors
