// SPDX-License-Identifier: Apache-2.0
#include "actors/last_use.hpp"

#include "actors/archive_messages.hpp"
#include "actors/messages.hpp"

#include <caf/send.hpp>

namespace convoy::actors {

namespace {

constexpr std::chrono::minutes step{1};

/// Nobody waits for it: the archive says when it fails.
template <class Write>
void write_when_due(const node& home, protocol::timestamp last, Write write) {
  const auto now = home.wall_clock();
  if (now - last >= step)
    caf::anon_send(home.archive, store_job{[now, write = std::move(write)](
                                               store::database& db) {
                     write(db, now);
                   }});
}

} // namespace

void note_use(const node& home, const store::session_record& session) {
  write_when_due(home, session.last_seen,
                 [hash = session.token_hash](store::database& db,
                                             protocol::timestamp now) {
                   db.touch_session(hash, now);
                 });
}

void note_use(const node& home, const store::api_token& token) {
  write_when_due(home, token.last_used,
                 [id = token.id](store::database& db, protocol::timestamp now) {
                   db.touch_token(id, now);
                 });
}

} // namespace convoy::actors
