// SPDX-License-Identifier: Apache-2.0
#include "actors/ask_store.hpp"
#include "actors/session.hpp"
#include "actors/strays.hpp"

// A session that comes back (P3): what it has missed, from the journal, and
// then the live stream, without a gap or a repeat.
namespace convoy::actors {

namespace {

/// Events of the journal that are read at once.
constexpr std::size_t page_size = 256;

} // namespace

caf::behavior session_state::returning() {
  self_->set_default_handler(caf::skip);
  return {
      [this](const deliver& live) { backlog_->keep(live); },
      [this](const go_away& why) { close(why.code, why.reason); },
      [this](const socket_closed&) { self_->quit(); },
  };
}

/// A page is being read, or a part is being written: `go_on` follows.
caf::behavior session_state::catching_up() {
  survive_strays(self_);
  return {
      [this](const socket_requests& batch) { on_requests(batch); },
      [this](const deliver& live) { backlog_->keep(live); },
      [this](const socket_drained&) { go_on(); },
      [this](const login_ends& told) { on_login_ends(told); },
      [this](const go_away& why) { close(why.code, why.reason); },
      [this](const socket_closed&) { self_->quit(); },
  };
}

void session_state::come_back(const attached& to) {
  using outcome = net::resume_result;
  const auto& [stream, since] = *how_.resume;
  const auto is_other = stream != to.stream || since > to.seq;
  if (is_other || to.seq - since > node_->config.max_resumed_events) {
    node_->meters->resumes(is_other ? outcome::other_stream : outcome::too_many)
        .add();
    send(protocol::encode_resume({}, to.stream, to.seq));
    return self_->become(attached_to_user());
  }
  backlog_.emplace(since, to.seq);
  self_->become(returning());
  ask_store(
      self_, node_->reader(number(user_id_)),
      [user = user_id_, since = since, last = to.seq](store::database& db) {
        missed result;
        result.is_complete = db.has_all(user, since, last);
        if (result.is_complete && since < last)
          result.first_page = db.journal(user, since, page_size);
        return result;
      },
      [this, to](missed found) { on_missed(std::move(found), to); },
      [this](const caf::error&) { close_without_store(); });
}

void session_state::on_missed(missed found, const attached& to) {
  if (is_closed_)
    return;
  const auto since = how_.resume->since;
  // It may have been cleaned up between the two questions.
  const auto is_there =
      found.is_complete
      && (since == to.seq || backlog_->add(std::move(found.first_page)));
  node_->meters
      ->resumes(is_there ? net::resume_result::resumed
                         : net::resume_result::too_old)
      .add();
  if (is_there) {
    send(protocol::encode_resume(since, to.stream, to.seq));
  } else {
    send(protocol::encode_resume({}, to.stream, to.seq));
    backlog_->skip_to(to.seq);
  }
  self_->become(catching_up());
  go_on();
}

void session_state::go_on() {
  const auto frames = backlog_->take(how_.format);
  if (!frames.empty())
    link_->send(frames);
  if (backlog_->is_empty())
    return go_live();
  // A slow reader is not sent more than it reads.
  if (!frames.empty())
    return link_->ask_sent();
  read_page();
}

void session_state::read_page() {
  ask_store(
      self_, node_->reader(number(user_id_)),
      [user = user_id_, after = backlog_->seen()](store::database& db) {
        return db.journal(user, after, page_size);
      },
      [this](std::vector<protocol::event> page) {
        if (is_closed_)
          return;
        if (!backlog_->add(std::move(page))) {
          node_->meters->holes.add();
          return close(service_restart,
                       "Events are gone: connect again and load anew.");
        }
        go_on();
      },
      [this](const caf::error&) { close_without_store(); });
}

void session_state::go_live() {
  seq_ = backlog_->seen();
  backlog_.reset();
  self_->become(attached_to_user());
  const auto waited = std::exchange(early_, {});
  for (const auto& each : waited)
    forward(each);
  link_->handled(waited.size());
}

} // namespace convoy::actors
