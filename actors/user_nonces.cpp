// SPDX-License-Identifier: Apache-2.0
#include "actors/ask_store.hpp"
#include "actors/stored_answer.hpp"
#include "actors/user.hpp"

#include <algorithm>

// One answer per send (P4). That a nonce begins is in the store before its
// command goes to IRC, and its answer is before anybody gets it: whatever
// repeats the nonce gets that answer, or, when there is none (we died between
// the two, or the connection did), hears that nobody knows. A `send` of which
// nothing has gone to IRC is withdrawn when it is refused: the next one of that
// nonce is judged anew.
namespace convoy::actors {

namespace {

/// Of one user.
constexpr std::size_t max_prepared = 1024;
/// Of one nonce.
constexpr std::size_t max_repeats = 64;

protocol::json_problem too_many() {
  return {"Too many open requests.", {}};
}

std::shared_ptr<store::journal_batch> batch_of(protocol::user_id user,
                                               store::nonce_record nonce) {
  auto result = std::make_shared<store::journal_batch>();
  result->user = user;
  result->nonces.push_back(std::move(nonce));
  return result;
}

} // namespace

/// Passes it on when its nonce has begun and all before it have gone.
void user_state::prepare(const ask& what) {
  const auto& nonce = what.request.nonce;
  if (const auto i = nonces_.find(nonce); i != nonces_.end()) {
    auto& first = i->second;
    if (first.is_withdrawn)
      return refuse_for_now(
          what, {"It was refused just now: send it again.", "/nonce"});
    if (first.repeats.size() >= max_repeats)
      return refuse_for_now(what, too_many());
    first.repeats.push_back(what);
    return;
  }
  if (prepared_.size() >= max_prepared)
    return refuse_for_now(what, too_many());
  using step = prepared_send::step;
  prepared_.push_back({what, nonce.empty() ? step::ready : step::looking});
  if (nonce.empty())
    return;
  nonces_.emplace(nonce, open_nonce{});
  look_up(nonce);
}

std::deque<user_state::prepared_send>::iterator
user_state::find_prepared(const std::string& nonce) {
  return std::ranges::find_if(prepared_, [&](const auto& each) {
    return each.what.request.nonce == nonce;
  });
}

void user_state::look_up(const std::string& nonce) {
  ask_store(
      self_, node_->reader(number(id_)),
      [user = id_, nonce](store::database& db) {
        return db.find_nonce(user, nonce);
      },
      [this, nonce](const std::optional<store::nonce_record>& found) {
        on_looked_up(nonce, found);
      },
      [this, nonce](const caf::error&) {
        const auto i = find_prepared(nonce);
        if (i != prepared_.end() && i->now == prepared_send::step::looking)
          drop_prepared(i, store_failed());
        pass_on_prepared();
      });
}

void user_state::on_looked_up(const std::string& nonce,
                              const std::optional<store::nonce_record>& found) {
  const auto i = find_prepared(nonce);
  // It may have been refused meanwhile.
  if (i == prepared_.end() || i->now != prepared_send::step::looking)
    return;
  if (!found || is_forgotten(*found, *node_))
    return begin(*i);
  if (!found->answered) {
    drop_prepared(i, nobody_knows());
  } else {
    answer_again(i->what, *found);
    for (const auto& each : nonces_.at(nonce).repeats)
      answer_again(each, *found);
    nonces_.erase(nonce);
    prepared_.erase(i);
  }
  pass_on_prepared();
}

void user_state::begin(prepared_send& next) {
  next.now = prepared_send::step::beginning;
  store::nonce_record begun;
  begun.nonce = next.what.request.nonce;
  begun.begun = node_->wall_clock();
  begun.forgotten = begun.begun - node_->config.nonce_lifetime;
  nonces_.at(begun.nonce).begun = begun.begun;
  commit(batch_of(id_, std::move(begun)), {}, {});
}

/// The store has it.
void user_state::on_nonce(const store::nonce_record& stored) {
  const auto known = nonces_.find(stored.nonce);
  if (known == nonces_.end())
    return;
  if (!stored.answered && !stored.withdrawn) {
    if (const auto i = find_prepared(stored.nonce); i != prepared_.end())
      i->now = prepared_send::step::ready;
    return pass_on_prepared();
  }
  for (const auto& each : known->second.repeats)
    answer_again(each, stored);
  nonces_.erase(known);
}

/// Another actor of this user has begun it: what became of that is in the
/// store.
void user_state::on_nonce_taken(outgoing& refused) {
  const auto batch =
      std::exchange(refused.batch, std::make_shared<store::journal_batch>());
  for (const auto& each : batch->nonces)
    if (const auto i = find_prepared(each.nonce); i != prepared_.end()) {
      i->now = prepared_send::step::looking;
      look_up(each.nonce);
    }
  on_appended(refused.mark);
}

/// No answer comes any more: that it has begun is all that the store will know.
void user_state::lose_nonce(const std::string& nonce) {
  const auto known = nonces_.extract(nonce);
  if (known.empty())
    return;
  for (const auto& each : known.mapped().repeats)
    refuse(each, nobody_knows());
}

void user_state::pass_on_prepared() {
  while (!prepared_.empty()
         && prepared_.front().now == prepared_send::step::ready) {
    const auto next = std::move(prepared_.front().what);
    prepared_.pop_front();
    const auto known = nonces_.find(next.request.nonce);
    if (store_fails())
      withdraw(next, store_failed());
    else if (!has_actor(next.request))
      withdraw(next, no_connection());
    else
      pass_on(next, known == nonces_.end() ? protocol::timestamp{}
                                           : known->second.begun);
  }
}

// -- refusals -----------------------------------------------------------------

/// Nothing of it has gone to IRC, and the refusal is not remembered: whoever
/// gave a nonce is told that the next try with it may end otherwise.
void user_state::refuse_for_now(const ask& what, protocol::json_problem why) {
  if (!what.request.nonce.empty() && why.code.empty())
    why.code = "again";
  refuse(what, why);
}

void user_state::drop_prepared(std::deque<prepared_send>::iterator which,
                               const protocol::json_problem& why) {
  const auto next = std::move(*which);
  prepared_.erase(which);
  if (next.now != prepared_send::step::looking)
    return withdraw(next.what, why);
  refuse_for_now(next.what, why);
  const auto known = nonces_.find(next.what.request.nonce);
  for (const auto& each : known->second.repeats)
    refuse_for_now(each, why);
  nonces_.erase(known);
}

void user_state::drop_all_prepared(const protocol::json_problem& why) {
  while (!prepared_.empty())
    drop_prepared(prepared_.begin(), why);
}

/// Nothing of it has gone to IRC. That it has begun may be in the store, or be
/// on its way there.
void user_state::withdraw(const ask& what, const protocol::json_problem& why) {
  refuse_for_now(what, why);
  const auto known = nonces_.find(what.request.nonce);
  if (known == nonces_.end())
    return;
  auto& mine = known->second;
  mine.is_withdrawn = true;
  for (const auto& each : std::exchange(mine.repeats, {}))
    refuse_for_now(each, why);
  store::nonce_record gone;
  gone.nonce = known->first;
  gone.begun = mine.begun;
  gone.withdrawn = true;
  commit(batch_of(id_, std::move(gone)), {}, {});
}

void user_state::answer_again(const ask& what,
                              const store::nonce_record& stored) {
  self_->send(what.session, stored_answer(what, stored, *node_));
}

} // namespace convoy::actors
