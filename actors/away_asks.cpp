// SPDX-License-Identifier: Apache-2.0
#include "actors/ask_store.hpp"
#include "actors/away_user.hpp"
#include "actors/letter.hpp"
#include "actors/patience.hpp"
#include "actors/stored_answer.hpp"

#include <algorithm>

// What is asked of somebody who lives elsewhere: each question has one answer.
namespace convoy::actors {

namespace {

/// Less than REST waits for its user.
constexpr std::chrono::seconds call_deadline =
    store_deadline - std::chrono::seconds{5};

protocol::json_problem not_done() {
  return {"The user's home does not answer: try again.", {}, "again"};
}

/// It may have been done. A `load` does nothing.
protocol::json_problem lost(const ask& what) {
  if (what.request.what == protocol::method::load)
    return not_done();
  return {"Nobody knows whether this was sent: its node does not answer.",
          {},
          std::string(protocol::unknown_outcome)};
}

rest_result no_home() {
  return {{}, refused{503, "The user's home does not answer."}};
}

} // namespace

std::size_t away_user_state::open_count() const {
  auto result = asks_.size() + calls_.size() + lookups_;
  for (const auto& each : audiences_)
    result += each.held.size();
  return result;
}

// -- sessions -----------------------------------------------------------------

void away_user_state::on_ask(const ask& what) {
  const auto of_session = [&](const audience& each) {
    return std::ranges::any_of(each.sessions, [&](const auto& pair) {
      return pair.first == what.session;
    });
  };
  const auto mine = std::ranges::find_if(audiences_, of_session);
  if (mine == audiences_.end())
    return;
  if (open_count() >= max_open)
    return refuse(what, {"Too many open requests.", {}, "again"});
  if (is_lost_)
    return look_up(what, not_done());
  const auto format = static_cast<format_type>(mine - audiences_.begin());
  const auto number = ++last_number_;
  asks_.emplace(number, open_ask{format, what});
  ask_bus(*node_->bus, subject_,
          seal_letter(write_ask(format, my_name_, std::to_string(number)),
                      frame_of(what.request)),
          longest_command(node_->config) + bus_grace, me(), number);
}

void away_user_state::on_asked(const open_ask& asked,
                               const net::bus_answer& how) {
  if (const auto* why = std::get_if<net::bus_failure>(&how)) {
    if (*why == net::bus_failure::timeout)
      return refuse_lost(asked.what);
    look_up(asked.what, not_done());
    return on_failure(*why);
  }
  auto reply = read_answer(std::get<std::string>(how));
  using verdict = answer_letter::verdict;
  if (reply.how == verdict::lost)
    return refuse_lost(asked.what);
  if (reply.how == verdict::again)
    return look_up(asked.what, not_done());
  auto& mine = of(asked.format);
  mine.held.push_back({reply.seq,
                       asked.what.session,
                       {asked.what.ticket, std::move(reply.frame)}});
  // Nobody may be left to hear it.
  if (!mine.events)
    return mine.held.clear();
  show(asked.format, mine.stream.begin(reply.seq));
  fill(asked.format);
}

void away_user_state::refuse(const ask& what,
                             const protocol::json_problem& why) {
  auto frame = encode_error(what.request, why.message, why.path,
                            node_->wall_clock(), why.code);
  self_->send(what.session,
              answer{what.ticket,
                     std::make_shared<const std::string>(std::move(frame))});
}

void away_user_state::refuse_lost(const ask& what) {
  look_up(what, lost(what));
}

/// We end: there is no time to look anything up.
void away_user_state::refuse_all_lost() {
  for (const auto& [number, each] : std::exchange(asks_, {}))
    refuse(each.what, lost(each.what));
}

/// What was sent with the same nonce before may be answered in the store. When
/// nothing is known there, `otherwise` is the answer; when it has only begun,
/// it may have been done.
void away_user_state::look_up(const ask& what,
                              const protocol::json_problem& otherwise) {
  const auto& nonce = what.request.nonce;
  if (nonce.empty())
    return refuse(what, otherwise);
  ++lookups_;
  ask_store(
      self_, node_->reader(number(id_)),
      [user = id_, nonce](store::database& db) {
        return db.find_nonce(user, nonce);
      },
      [this, what, otherwise](const std::optional<store::nonce_record>& found) {
        --lookups_;
        if (!found || is_forgotten(*found, *node_))
          return refuse(what, otherwise);
        if (!found->answered)
          return refuse(what, lost(what));
        self_->send(what.session, stored_answer(what, *found, *node_));
      },
      [this, what, otherwise](const caf::error&) {
        --lookups_;
        refuse(what, otherwise);
      });
}

void away_user_state::lose_asks() {
  for (const auto& [number, each] : std::exchange(asks_, {}))
    refuse_lost(each.what);
  std::erase_if(calls_, [](const auto& each) {
    auto [promise, body, until, is_parked] = each.second;
    if (!is_parked)
      promise.deliver(no_home());
    return !is_parked;
  });
}

// -- REST ---------------------------------------------------------------------

caf::result<rest_result> away_user_state::call(const user_command& what) {
  if (open_count() >= max_open)
    return no_home();
  auto promise = self_->make_response_promise<rest_result>();
  const auto number = ++last_number_;
  auto& mine = calls_[number];
  mine = {promise, seal_letter(encode_command(what)),
          self_->clock().now() + patience, is_lost_};
  if (is_lost_)
    search_again();
  else
    send_call(number, mine);
  return promise;
}

void away_user_state::send_call(std::uint64_t number, open_call& what) {
  what.is_parked = false;
  ask_bus(*node_->bus, subject_, what.body, call_deadline, me(), number);
}

void away_user_state::on_called(std::uint64_t number,
                                const net::bus_answer& how) {
  const auto i = calls_.find(number);
  if (i == calls_.end())
    return;
  const auto* why = std::get_if<net::bus_failure>(&how);
  if (why && *why != net::bus_failure::timeout) {
    // Nobody has it: it may be said again.
    i->second.is_parked = true;
    return on_failure(*why);
  }
  auto call = calls_.extract(i);
  call.mapped().promise.deliver(
      why ? no_home() : decode_result(std::get<std::string>(how)));
  if (!why)
    found();
}

void away_user_state::retry_calls() {
  const auto now = self_->clock().now();
  std::erase_if(calls_, [&](const auto& each) {
    auto [promise, body, until, is_parked] = each.second;
    const auto is_late = is_parked && until <= now;
    if (is_late)
      promise.deliver(no_home());
    return is_late;
  });
  for (auto& [number, each] : calls_)
    if (each.is_parked)
      send_call(number, each);
}

} // namespace convoy::actors
