// SPDX-License-Identifier: Apache-2.0
#include "actors/store/amendments.hpp"

#include "protocol/json.hpp"

namespace convoy::actors::store {

namespace {

using protocol::event_kind;

/// What stays of a message that was taken back.
std::string redacted(const std::string& msgid) {
  protocol::json_writer out;
  out.begin_object().field("msgid", msgid).field("redacted", true).end_object();
  return out.take();
}

} // namespace

// The conditions on `msgid` and `kind` are those of the indexes.
void amend(statements& db, protocol::user_id user,
           const protocol::event& event) {
  if (event.kind == event_kind::redact && !event.target.empty())
    db.execute("UPDATE journal SET content = '', highlight = 0, extra = :extra"
               " WHERE user_id = :user AND seq IN (SELECT seq FROM journal"
               " WHERE user_id = :owner AND connection_id = :connection"
               " AND msgid = :msgid AND msgid <> ''"
               " ORDER BY seq DESC LIMIT :count)",
               redacted(event.target), stored(user), stored(user),
               event.connection_id, event.target, max_redacted_messages);
  if (event.kind == event_kind::rename && event.target != event.conversation_id)
    db.execute("UPDATE journal SET conversation_id = :to"
               " WHERE user_id = :user AND seq IN (SELECT seq FROM journal"
               " WHERE user_id = :owner AND connection_id = :connection"
               " AND conversation_id = :from AND kind < 20 AND kind <> 4"
               " ORDER BY time DESC, seq DESC LIMIT :count)",
               event.conversation_id, stored(user), stored(user),
               event.connection_id, event.target, max_moved_messages);
}

} // namespace convoy::actors::store
