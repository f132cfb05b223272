// SPDX-License-Identifier: Apache-2.0
#include "actors/last_use.hpp"

#include "actors/ask_store.hpp"
#include "actors/strays.hpp"

#include <caf/send.hpp>

namespace convoy::actors {

namespace {

constexpr std::chrono::minutes step{1};

void note_when_due(const node& home, used what, protocol::timestamp last) {
  what.when = home.wall_clock();
  if (what.when - last >= step)
    caf::anon_send(home.last_use, std::move(what));
}

} // namespace

caf::behavior last_use_state::start(caf::actor archive) {
  survive_strays(self_);
  archive_ = std::move(archive);
  return {
      [this](const used& it) {
        const std::pair key{it.of, it.key};
        if (waiting_.size() < max_waiting_uses || waiting_.contains(key))
          waiting_.insert_or_assign(key, it.when);
        if (!is_writing_)
          write();
      },
  };
}

void last_use_state::write() {
  is_writing_ = true;
  self_
      ->request(
          archive_, caf::infinite,
          store_job{[uses = std::exchange(waiting_, {})](store::database& db) {
            for (const auto& [key, when] : uses)
              if (key.first == used::what::session)
                db.touch_session(key.second, when);
              else
                db.touch_token(key.second, when);
          }})
      .then(
          [this](bool) {
            is_writing_ = false;
            if (!waiting_.empty())
              write();
          },
          [this](const caf::error&) {
            // The archive says why.
            is_writing_ = false;
            waiting_.clear();
          });
}

caf::behavior last_use(caf::stateful_actor<last_use_state>* self,
                       caf::actor archive) {
  return self->state.start(std::move(archive));
}

void note_use(const node& home, const store::session_record& session) {
  note_when_due(home, {used::what::session, session.token_hash, {}},
                session.last_seen);
}

void note_use(const node& home, const store::api_token& token) {
  note_when_due(home, {used::what::token, token.id, {}}, token.last_used);
}

} // namespace convoy::actors
