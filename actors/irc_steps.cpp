// SPDX-License-Identifier: Apache-2.0
#include "actors/connection_wish.hpp"
#include "actors/irc_connection.hpp"
#include "net/log.hpp"

#include <algorithm>
#include <iterator>

// Lines, time and commands of an IRC connection: what goes into the sans-I/O
// session, and where its steps go.
namespace convoy::actors {

using protocol::connection_state;

// -- from the socket and the clock --------------------------------------------

void irc_connection_state::receive(const irc_lines& batch) {
  protocol::irc_steps steps;
  const auto when = now();
  for (const auto& line : batch.lines)
    session_->receive(line, when, steps);
  run(steps, batch.received);
}

void irc_connection_state::on_lines(const irc_lines& batch) {
  receive(batch);
  if (!link_)
    return;
  if (uncommitted_ < node_->config.max_uncommitted_events)
    link_->resume();
  else
    pause_reading(true);
}

void irc_connection_state::on_committed(std::size_t count) {
  uncommitted_ -= std::min(count, uncommitted_);
  if (reading_paused_ && link_
      && uncommitted_ <= node_->config.max_uncommitted_events / 2) {
    pause_reading(false);
    link_->resume();
  }
}

void irc_connection_state::pause_reading(bool paused) {
  reading_paused_ = paused;
  session_->pause_reading(paused, now());
  schedule();
}

void irc_connection_state::on_written(std::uint64_t mark) {
  connection_output output;
  while (!unwritten_.empty() && unwritten_.front().mark <= mark) {
    auto& done = unwritten_.front();
    std::ranges::move(done.events, std::back_inserter(output.events));
    std::ranges::move(done.answers, std::back_inserter(output.answers));
    unwritten_.pop_front();
  }
  report(std::move(output));
}

void irc_connection_state::on_tick() {
  const auto when = now();
  // A tick that a nearer deadline has overtaken.
  if (!next_tick_ || when.steady < *next_tick_)
    return;
  next_tick_.reset();
  protocol::irc_steps steps;
  session_->tick(when, steps);
  run(steps);
}

// -- commands -----------------------------------------------------------------

void irc_connection_state::on_execute(const execute& what) {
  const auto& command = what.command;
  const auto special =
      protocol::irc_session::lifecycle_command(command.message);
  if (special == "connect")
    return connect_command(command.to);
  if (special == "disconnect")
    return disconnect_command(command.to);
  if (special == "reconnect")
    return reconnect_command(command.to);
  for (const auto& each : what.changed)
    session_->set_counters(each.conversation_id, each.unread,
                           each.notifications);
  protocol::irc_steps steps;
  session_->execute(command, now(), steps);
  run(steps);
}

void irc_connection_state::want(bool wanted) {
  record_.wanted = wanted;
  connection_output output;
  output.wanted = wanted;
  report(std::move(output));
}

void irc_connection_state::connect_command(protocol::ticket to) {
  want(true);
  if (session_->state() == connection_state::connected)
    answer(to);
  else
    dial_for(to);
}

/// Dials from `disconnected`; elsewhere something is under way already.
void irc_connection_state::dial_for(protocol::ticket to) {
  if (session_->state() == connection_state::disconnecting)
    return answer(to, "Disconnecting.");
  if (session_->state() == connection_state::connecting || dialer_host_)
    return answer(to, "Connecting.");
  connect_ticket_ = to;
  request_dial();
}

void irc_connection_state::disconnect_command(protocol::ticket to) {
  want(false);
  if (session_->state() == connection_state::disconnected && !dialer_host_) {
    self_->become(offline());
    return answer(to);
  }
  if (disconnect_ticket_)
    return answer(to, "Disconnecting.");
  disconnect_ticket_ = to;
  disconnect(afterwards::rest);
}

void irc_connection_state::reconnect_command(protocol::ticket to) {
  if (!record_.wanted)
    return answer(to, "Does not want to be connected.");
  if (session_->state() != connection_state::connected)
    return dial_for(to);
  connect_ticket_ = to;
  disconnect(afterwards::connect);
}

void irc_connection_state::answer(protocol::ticket to, std::string error) {
  connection_output output;
  output.answers.push_back({to, std::move(error), {}, {}});
  report(std::move(output));
}

void irc_connection_state::on_paste_saved(const paste_saved& what) {
  protocol::irc_steps steps;
  session_->paste_stored(what.id, what.url, what.problem, now(), steps);
  run(steps);
}

void irc_connection_state::on_person_read(const person_read& what) {
  protocol::irc_steps steps;
  session_->set_counters(what.conversation_id, 0, 0);
  session_->mark_read(what.conversation_id, what.when, now(), steps);
  run(steps);
}

/// A REST update (spec/rest-api.md §6, 12): connects, disconnects, reconnects
/// or changes the nick, as the change asks for.
void irc_connection_state::on_reconfigure(const reconfigure& what) {
  const auto old_nick = wanted_nick_now();
  auto memory = std::move(record_.memory);
  auto certificate = std::move(record_.certificate);
  record_ = what.record;
  record_.conversations.clear();
  // Newer here than what the user has heard of.
  record_.memory = std::move(memory);
  record_.certificate = std::move(certificate);
  upgrade_port_.reset();
  backoff_.reset();
  const auto state = session_->state();
  const auto is_down = state == connection_state::disconnected && !dialer_host_;
  if (!record_.wanted) {
    if (is_down)
      self_->become(offline());
    else
      disconnect(afterwards::rest);
  } else if (is_down) {
    request_dial();
  } else if (what.reconnect || state == connection_state::disconnecting) {
    disconnect(afterwards::connect);
  } else if (state == connection_state::connected
             && wanted_nick_now() != old_nick) {
    protocol::irc_steps steps;
    session_->execute({0, "", "/nick " + wanted_nick_now()}, now(), steps);
    run(steps);
  }
}

// -- steps --------------------------------------------------------------------

void irc_connection_state::change_state(connection_state state,
                                        const std::string& message) {
  protocol::irc_steps steps;
  session_->change_state(state, message, now(), steps);
  run(steps);
}

void irc_connection_state::run(protocol::irc_steps& steps,
                               protocol::instant received) {
  const auto writes = !steps.lines.empty() && link_;
  if (writes)
    link_->write(std::move(steps.lines), ++last_mark_);
  connection_output output;
  output.events = std::move(steps.events);
  output.answers = std::move(steps.answers);
  output.removed = std::move(steps.removed);
  output.wanted_nick = steps.wanted_nick;
  output.memory = steps.memory;
  output.passing = std::move(steps.passing);
  output.cleared = std::move(steps.cleared);
  output.read = std::move(steps.read);
  output.pastes = std::move(steps.pastes);
  output.received = received;
  for (const auto& id : steps.changed)
    if (const auto i = session_->conversations().find(id);
        i != session_->conversations().end())
      output.changed.push_back(i->second);
  if (steps.memory)
    record_.memory = *steps.memory;
  if (steps.wanted_nick)
    set_nick(record_, *steps.wanted_nick);
  if (steps.registered) {
    backoff_.welcome(now().steady);
    node_->meters->irc_registration.add(now().steady - connected_since_);
    count_as(net::irc_phase::online);
    net::log::debug("irc-online", {{"user", to_string(user_id_)},
                                   {"connection", record_.id}});
    farewell_.reset();
  }
  if (steps.end)
    farewell_ = steps.end;
  if (steps.sts)
    obey(*steps.sts);
  const auto waits =
      !steps.written_events.empty() || !steps.written_answers.empty();
  if (waits && writes) {
    unwritten_.push_back({last_mark_, std::move(steps.written_events),
                          std::move(steps.written_answers)});
  } else if (waits) {
    std::ranges::move(steps.written_events, std::back_inserter(output.events));
    std::ranges::move(steps.written_answers,
                      std::back_inserter(output.answers));
  }
  report(std::move(output));
  tell_lists(steps);
  if (steps.give_up && link_)
    on_lost(*steps.give_up, protocol::irc_end::lost);
  schedule();
}

/// What LIST said goes to the cache of the network, and so do the questions.
void irc_connection_state::tell_lists(protocol::irc_steps& steps) {
  if (steps.list_begins || steps.list_ends || !steps.listed.empty())
    self_->send(node_->channel_lists,
                list_heard{network(), user_id_, steps.list_begins,
                           std::move(steps.listed), steps.list_ends});
  for (auto& query : steps.list_queries)
    self_
        ->request(node_->channel_lists, store_deadline,
                  list_wanted{network(), user_id_, std::move(query.filter)})
        .then(
            [this, to = query.to](const list_answer& found) {
              connection_output output;
              output.answers.push_back({to, {}, {}, found.result});
              report(std::move(output));
            },
            [this, to = query.to](const caf::error&) {
              answer(to, "The list of channels does not answer.");
            });
}

/// Asks for a tick unless one is under way that comes early enough.
void irc_connection_state::schedule() {
  const auto due = session_->deadline();
  if (!due || (next_tick_ && *next_tick_ <= *due))
    return;
  next_tick_ = *due;
  self_->delayed_send(self_,
                      std::max(*due - self_->clock().now(),
                               protocol::instant::duration::zero()),
                      tick{});
}

void irc_connection_state::report(connection_output output) {
  if (output.events.empty() && output.answers.empty() && output.changed.empty()
      && output.removed.empty() && output.passing.empty()
      && output.cleared.empty() && output.read.empty() && output.pastes.empty()
      && !output.wanted && !output.wanted_nick && !output.memory
      && !output.certificate)
    return;
  output.connection_id = record_.id;
  output.nick = session_->nick();
  uncommitted_ += output.events.size();
  self_->send(user_, std::move(output));
}

} // namespace convoy::actors
