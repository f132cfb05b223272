// SPDX-License-Identifier: Apache-2.0
#include "actors/store/amendments.hpp"

#include "actors/store/journal_rows.hpp"
#include "actors/store/search_index.hpp"
#include "protocol/event_extra.hpp"
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

/// The message without its text, in the journal and in the index.
void take_back(statements& db, protocol::user_id user, protocol::event what,
               long long indexed) {
  const auto seq = static_cast<long long>(what.seq);
  const auto is_indexed = seq <= indexed;
  if (is_indexed)
    take_from_index(db, user, seq, tokens_of_message(what));
  const auto bytes = bytes_of(what);
  what.text.clear();
  what.extra = redacted(protocol::msgid_of(what));
  if (is_indexed)
    put_into_index(db, user, {{seq, tokens_of_message(what)}});
  db.execute("UPDATE journal SET content = '', highlight = 0, extra = :extra"
             " WHERE user_id = :user AND seq = :seq",
             what.extra, stored(user), seq);
  db.execute("UPDATE users SET journal_bytes = journal_bytes - :bytes"
             " WHERE id = :id",
             bytes - bytes_of(what), stored(user));
}

/// Which conversation a message is of, as the index has it.
std::string place_tokens(const std::string& connection_id,
                         const std::string& conversation_id) {
  return token_of_conversation(connection_id, conversation_id) + " "
         + token_of_name(conversation_id);
}

void move_to(statements& db, protocol::user_id user, long long seq,
             const protocol::event& renaming, long long indexed) {
  const auto& connection_id = renaming.connection_id;
  if (seq <= indexed) {
    take_from_index(db, user, seq,
                    place_tokens(connection_id, renaming.target));
    put_into_index(
        db, user,
        {{seq, place_tokens(connection_id, renaming.conversation_id)}});
  }
  db.execute("UPDATE journal SET conversation_id = :to"
             " WHERE user_id = :user AND seq = :seq",
             renaming.conversation_id, stored(user), seq);
}

} // namespace

bool amends(const protocol::event& event) {
  return (event.kind == event_kind::redact && !event.target.empty())
         || (event.kind == event_kind::rename
             && event.target != event.conversation_id);
}

// The conditions on `msgid` and `kind` are those of the indexes.
void amend(statements& db, protocol::user_id user,
           const protocol::event& event) {
  if (!amends(event))
    return;
  if (event.kind == event_kind::redact) {
    const auto seqs = select_numbers(
        db,
        "SELECT seq FROM journal WHERE user_id = :owner"
        " AND connection_id = :connection AND msgid = :msgid AND msgid <> ''"
        " ORDER BY seq DESC LIMIT :count",
        stored(user), event.connection_id, event.target,
        static_cast<long long>(max_redacted_messages));
    const auto indexed = seqs.empty() ? 0 : indexed_up_to(db, user);
    for (auto& each : find_rows(db, user, seqs))
      take_back(db, user, std::move(each), indexed);
  }
  if (event.kind == event_kind::rename) {
    const auto indexed = indexed_up_to(db, user);
    for (const auto seq : select_numbers(
             db,
             "SELECT seq FROM journal WHERE user_id = :owner"
             " AND connection_id = :connection"
             " AND conversation_id = :from AND kind < 20 AND kind <> 4"
             " ORDER BY time DESC, seq DESC LIMIT :count",
             stored(user), event.connection_id, event.target,
             static_cast<long long>(max_moved_messages)))
      move_to(db, user, seq, event, indexed);
  }
}

} // namespace convoy::actors::store
