// SPDX-License-Identifier: Apache-2.0
#include "actors/connection_wish.hpp"
#include "actors/user.hpp"
#include "net/log.hpp"
#include "protocol/event_extra.hpp"
#include "protocol/notification.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <map>

// The user's stream: number, commit, show (P1, P2).
namespace convoy::actors {

namespace {

using protocol::event;
using protocol::event_kind;

/// After a failed commit the store is left alone for this long.
constexpr std::chrono::seconds append_pause{1};

/// Bytes of a result that are kept for the repeats of its nonce. Only long
/// lists have more, and whoever wants one again asks without a nonce.
constexpr std::size_t max_kept_result = 65'536;

bool counts_as_unread(event_kind kind) {
  return kind == event_kind::direct || kind == event_kind::action
         || kind == event_kind::error;
}

/// The record as a batch holds it.
protocol::connection_record
without_conversations(const protocol::connection_record& record) {
  protocol::connection_record result;
  result.id = record.id;
  result.name = record.name;
  result.url = record.url;
  result.password = record.password;
  result.wanted = record.wanted;
  result.on_connect_commands = record.on_connect_commands;
  result.info = record.info;
  result.memory = record.memory;
  result.certificate = record.certificate;
  return result;
}

bool is_talk(event_kind kind) {
  return kind == event_kind::direct || kind == event_kind::action
         || kind == event_kind::notice;
}

/// Whether it is a newer message, where the server's own history goes on; what
/// the connection itself says is not in that.
bool remember_newest(protocol::conversation& mine, const event& what) {
  if (!is_talk(what.kind) || what.from == what.connection_id
      || what.time < mine.last_time)
    return false;
  mine.last_time = what.time;
  mine.last_msgid = msgid_of(what);
  return true;
}

/// Messages that came together are a microsecond apart, so that who pages by
/// time misses none.
void tell_apart(std::vector<event>& events) {
  std::map<std::string_view, protocol::timestamp> last;
  for (auto& each : events) {
    if (!is_message(each.kind))
      continue;
    const auto [i, is_first] = last.emplace(each.conversation_id, each.time);
    constexpr std::chrono::milliseconds close{1};
    if (!is_first && each.time <= i->second && i->second - each.time < close)
      each.time = i->second + std::chrono::microseconds{1};
    i->second = each.time;
  }
}

} // namespace

void user_state::on_output(connection_output output) {
  auto* view = find(output.connection_id);
  const auto source = actors_.find(output.connection_id);
  // Removed, or made anew, while the old one's last words were on the way.
  if (!view || source == actors_.end()
      || source->second != self_->current_sender())
    return;
  auto batch = std::make_shared<store::journal_batch>();
  batch->user = id_;
  id_set changed;
  auto save_record = false;
  tell_apart(output.events);
  for (auto& what : output.events) {
    what.seq = ++seq_;
    apply(*view, what, output.nick, changed);
    save_record = save_record || what.kind == event_kind::info;
  }
  for (const auto& each : output.changed) {
    auto& mine = conversation_of(*view, each.id, each.name);
    mine.key = each.key;
    mine.info = each.info;
    mine.topic = each.topic;
    mine.frozen = each.frozen;
    changed.insert(each.id);
  }
  for (const auto& id : output.removed) {
    std::erase_if(view->record.conversations,
                  [&](const auto& each) { return each.id == id; });
    changed.erase(id);
    batch->removed.emplace_back(output.connection_id, id);
  }
  for (const auto& id : changed)
    if (const auto* each = view->find(id))
      batch->changed.emplace_back(output.connection_id, *each);
  view->nick = output.nick;
  if (output.wanted) {
    view->record.wanted = *output.wanted;
    save_record = true;
  }
  if (output.wanted_nick) {
    set_nick(view->record, *output.wanted_nick);
    save_record = true;
  }
  if (output.memory) {
    view->record.memory = std::move(*output.memory);
    save_record = true;
  }
  if (output.certificate) {
    view->record.certificate = std::move(*output.certificate);
    save_record = true;
  }
  if (save_record)
    batch->connections.push_back(without_conversations(view->record));
  batch->events = std::move(output.events);
  auto answers = take_answers(output.answers, *batch);
  commit(std::move(batch), source->second, std::move(answers), output.received);
  if (!output.passing.empty())
    show(output.passing, 0);
  for (const auto& [id, when] : output.read)
    on_read(*view, id, when);
  for (const auto& [ticket, id] : output.cleared)
    on_clear(output.connection_id, id, ticket, seq_);
  for (auto& paste : output.pastes)
    on_paste(std::move(paste), source->second);
}

std::vector<user_state::waiting_answer>
user_state::take_answers(const std::vector<protocol::irc_answer>& answers,
                         store::journal_batch& batch) {
  std::vector<waiting_answer> result;
  const auto now = node_->wall_clock();
  for (const auto& each : answers) {
    const auto i = open_.find(each.to);
    if (i == open_.end())
      continue;
    const auto& command = i->second;
    auto frame = each.error.empty()
                     ? encode_sent(command.request, each.result, now)
                     : encode_error(command.request, each.error, each.path, now,
                                    each.code);
    result.push_back({command.session,
                      {command.ticket,
                       std::make_shared<const std::string>(std::move(frame))}});
    const auto& nonce = command.request.nonce;
    if (each.code == protocol::unknown_outcome) {
      lose_nonce(nonce);
    } else if (!nonce.empty()) {
      store::nonce_record answered;
      answered.nonce = nonce;
      answered.begun = command.begun;
      answered.answered = true;
      answered.error = each.error;
      answered.path = each.path;
      answered.result = each.result.size() <= max_kept_result
                            ? each.result
                            : R"({"truncated":true})";
      batch.nonces.push_back(std::move(answered));
    }
    open_.erase(i);
  }
  return result;
}

/// Answers, where there is no event to go with it.
void user_state::settle(const std::vector<protocol::irc_answer>& answers) {
  auto batch = std::make_shared<store::journal_batch>();
  batch->user = id_;
  auto frames = take_answers(answers, *batch);
  commit(std::move(batch), {}, std::move(frames));
}

// -- what an event does to what we know ---------------------------------------

protocol::conversation&
user_state::conversation_of(protocol::connection_view& view,
                            std::string_view id, std::string_view name) {
  if (auto* known = view.find(id))
    return *known;
  protocol::conversation fresh;
  fresh.id = id;
  fresh.name = name.empty() ? id : name;
  return view.record.conversations.emplace_back(std::move(fresh));
}

void user_state::apply(protocol::connection_view& view, event& what,
                       const std::string& nick, id_set& changed) {
  if (is_message(what.kind))
    return count(view, what, nick, changed);
  switch (what.kind) {
  case event_kind::connection:
    view.state = what.target;
    break;
  case event_kind::info:
    view.record.info = what.extra;
    break;
  case event_kind::frozen: {
    auto& mine = conversation_of(view, what.conversation_id, what.name);
    mine.name = what.name;
    mine.topic = what.topic;
    mine.frozen = what.text;
    mine.info = what.extra;
    what.unread = mine.unread;
    what.notifications = mine.notifications;
    changed.insert(mine.id);
    break;
  }
  case event_kind::rename:
    rename(view, what);
    changed.insert(what.conversation_id);
    break;
  default:
    break;
  }
}

/// The counters stay; what there was under the new name is gone.
void user_state::rename(protocol::connection_view& view, const event& what) {
  if (what.target != what.conversation_id)
    std::erase_if(view.record.conversations, [&](const auto& each) {
      return each.id == what.conversation_id;
    });
  if (auto* mine = view.find(what.target)) {
    mine->id = what.conversation_id;
    mine->name = what.name;
  }
}

void user_state::count(protocol::connection_view& view, event& what,
                       const std::string& nick, id_set& changed) {
  if (what.conversation_id.empty())
    return;
  auto* mine = view.find(what.conversation_id);
  if (!mine) {
    mine = &conversation_of(view, what.conversation_id, what.name);
    changed.insert(mine->id);
  }
  if (remember_newest(*mine, what))
    changed.insert(mine->id);
  if (protocol::equal_ascii(what.from, nick))
    return;
  what.highlight = is_talk(what.kind)
                   && (protocol::mentions(what.text, nick)
                       || std::ranges::any_of(
                           account_.highlight_keywords, [&](const auto& word) {
                             return protocol::mentions(what.text, word);
                           }));
  // As the journal has it, from which it may be counted anew.
  what.notifications = protocol::is_notification(what) ? 1 : 0;
  what.unread = counts_as_unread(what.kind) ? 1 : 0;
  mine->notifications += what.notifications;
  mine->unread += what.unread;
  for (auto& [number, each] : recounts_)
    if (each.connection_id == view.record.id
        && each.conversation_id == mine->id) {
      each.notifications += what.notifications;
      each.unread += what.unread;
    }
  if (what.highlight || what.unread > 0) {
    changed.insert(mine->id);
    recounted_[view.record.id].insert(mine->id);
  }
}

std::vector<execute::counters>
user_state::take_recounted(const std::string& connection_id) {
  std::vector<execute::counters> result;
  auto* view = find(connection_id);
  for (const auto& id : std::exchange(recounted_[connection_id], {}))
    if (const auto* each = view->find(id))
      result.push_back({id, each->unread, each->notifications});
  return result;
}

// -- commit, then show --------------------------------------------------------

void user_state::commit(std::shared_ptr<const store::journal_batch> batch,
                        const caf::actor& source,
                        std::vector<waiting_answer> answers,
                        protocol::instant received) {
  if (batch->empty()) {
    for (auto& each : answers)
      answer_later(each.session, std::move(each.reply));
    return;
  }
  const auto events = batch->events.size();
  outgoing_.push_back(
      {++last_mark_, std::move(batch), source, std::move(answers), false,
       received, net::presence{node_->meters->uncommitted_batches},
       net::presence{node_->meters->uncommitted_events, events}});
  if (!append_waits_)
    append_now(outgoing_.back());
}

void user_state::append_now(const outgoing& what) {
  self_->send(
      node_->archive,
      append{what.batch, caf::actor_cast<caf::actor>(self_), what.mark});
}

/// The entry of that mark; the end for marks that were given anew since.
std::deque<user_state::outgoing>::iterator
user_state::find_mark(std::uint64_t mark) {
  const auto i = std::ranges::lower_bound(outgoing_, mark, {}, &outgoing::mark);
  return i != outgoing_.end() && i->mark == mark ? i : outgoing_.end();
}

void user_state::on_appended(std::uint64_t mark) {
  const auto i = find_mark(mark);
  if (i == outgoing_.end())
    return;
  i->committed = true;
  if (!append_waits_ && mark >= retried_mark_)
    append_fails_ = false;
  show_committed();
}

void user_state::show_committed() {
  while (!outgoing_.empty() && outgoing_.front().committed) {
    const auto done = std::move(outgoing_.front());
    outgoing_.pop_front();
    fan_out(*done.batch, done.received);
    if (done.source && !done.batch->events.empty())
      self_->send(done.source, committed{done.batch->events.size()});
    for (const auto& each : done.answers)
      self_->send(each.session, each.reply);
    for (const auto& each : done.batch->nonces)
      on_nonce(each);
  }
  look_at_store();
  if (outgoing_.empty())
    idle_.look_later();
}

void user_state::on_append_failed(const append_failed& why) {
  if (append_waits_ || find_mark(why.mark) == outgoing_.end())
    return;
  net::log::error("append-failed",
                  {{"user", to_string(id_)}, {"reason", why.reason}});
  // The first in line has nothing before it that could have failed: what we
  // know is not what is stored. The directory starts us anew from there.
  if (auto& first = outgoing_.front();
      why.is_conflict && first.mark == why.mark) {
    if (first.batch->events.empty() && why.is_nonce_taken)
      return on_nonce_taken(first);
    return self_->quit(caf::make_error(caf::sec::runtime_error, why.reason));
  }
  append_waits_ = true;
  append_fails_ = true;
  look_at_store();
  self_->delayed_send(self_, append_pause, append_again{});
}

/// Everything that is not shown is appended again, in order: what came behind a
/// batch that failed was refused as well, for its numbers did not follow. New
/// marks tell the answers from late ones to the first try.
void user_state::append_again_now() {
  append_waits_ = false;
  for (auto& each : outgoing_) {
    each.mark = ++last_mark_;
    each.committed = false;
    each.batch = brought_up_to_date(each.batch);
    append_now(each);
  }
  retried_mark_ = last_mark_;
}

/// The batch without what it says of connections that were removed since: the
/// store would refuse all of it. The others it holds as they are now, for they
/// may have been saved meanwhile.
std::shared_ptr<const store::journal_batch> user_state::brought_up_to_date(
    const std::shared_ptr<const store::journal_batch>& batch) const {
  const auto is_gone = [&](const auto& change) {
    return !connections_.contains(change.first);
  };
  const auto is_gone_itself = [&](const auto& record) {
    return !connections_.contains(record.id);
  };
  if (std::ranges::none_of(batch->changed, is_gone)
      && batch->connections.empty())
    return batch;
  auto result = std::make_shared<store::journal_batch>(*batch);
  std::erase_if(result->changed, is_gone);
  std::erase_if(result->connections, is_gone_itself);
  for (auto& each : result->connections)
    each = without_conversations(connections_.at(each.id).record);
  return result;
}

void user_state::fan_out(const store::journal_batch& batch,
                         protocol::instant received) {
  if (batch.events.empty())
    return;
  const auto& meters = *node_->meters;
  meters.events.add(batch.events.size());
  if (received != protocol::instant{})
    meters.deliver_lag.add(self_->clock().now() - received);
  delivered_ = batch.events.back().seq;
  show(batch.events, batch.events.front().seq);
}

/// Encodes once for each form of time, and sends all sessions of a form the
/// very same message.
void user_state::show(const std::vector<event>& events,
                      protocol::event_seq first) {
  const auto last = events.back().seq;
  const auto encode_all = [&](protocol::ts_format format) {
    auto frames = std::make_shared<std::vector<net::payload>>();
    frames->reserve(events.size());
    for (const auto& each : events)
      frames->push_back(
          std::make_shared<const std::string>(encode_event(each, format)));
    return caf::make_message(deliver{first, last, std::move(frames)});
  };
  caf::message epoch;
  caf::message iso;
  for (const auto& each : sessions_) {
    auto& mine = each.format == protocol::ts_format::epoch ? epoch : iso;
    if (mine.empty())
      mine = encode_all(each.format);
    self_->send(each.session, mine);
  }
}

} // namespace convoy::actors
