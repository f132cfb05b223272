// SPDX-License-Identifier: Apache-2.0
#include "actors/store/amendments.hpp"
#include "actors/store/connections.hpp"
#include "actors/store/database_impl.hpp"
#include "actors/store/journal_rows.hpp"
#include "actors/store/nonces.hpp"

namespace convoy::actors::store {

namespace {

std::string batch_of(protocol::user_id user) {
  return "append to user " + protocol::to_string(user);
}

void check_gapless(const statements& db, const journal_batch& batch) {
  auto expected = batch.events.front().seq;
  for (const auto& event : batch.events)
    if (event.seq != expected++)
      db.fail<store_conflict>(batch_of(batch.user),
                              "event " + std::to_string(event.seq)
                                  + " stands where "
                                  + std::to_string(expected - 1) + " should");
}

/// Moves the user's numbering on. It must stand right before the batch: this
/// is what keeps a second writer of the same user out (P2).
void advance(statements& db, const journal_batch& batch) {
  const auto first = static_cast<long long>(batch.events.front().seq);
  const auto last = static_cast<long long>(batch.events.back().seq);
  long long bytes = 0;
  for (const auto& event : batch.events)
    bytes += bytes_of(event);
  if (db.execute("UPDATE users SET last_seq = :last,"
                 " journal_bytes = journal_bytes + :bytes"
                 " WHERE id = :id AND last_seq = :before",
                 last, bytes, stored(batch.user), first - 1)
      == 1)
    return;
  std::string reason = "there is no such user";
  db.select<long long>(
      "SELECT last_seq FROM users WHERE id = :id",
      [&](long long stands) {
        reason = "event " + std::to_string(first) + " does not follow "
                 + std::to_string(stands);
      },
      stored(batch.user));
  db.fail<store_conflict>(batch_of(batch.user), reason);
}

} // namespace

void database::impl::append_batch(const journal_batch& batch) {
  if (!batch.events.empty()) {
    check_gapless(db, batch);
    advance(db, batch);
  }
  if (!events)
    events.emplace(db);
  for (const auto& event : batch.events) {
    events->write(batch.user, event);
    amend(db, batch.user, event);
  }
  for (const auto& connection : batch.connections)
    write_connection(db, key, batch.user, connection);
  for (const auto& change : batch.changed)
    db.trying(
        [&] {
          return batch_of(batch.user) + ": conversation " + change.second.id
                 + " of connection " + change.first;
        },
        [&] {
          write_conversation(db, key, batch.user, change.first, change.second);
        });
  for (const auto& [connection_id, conversation_id] : batch.removed)
    db.execute("DELETE FROM conversations WHERE user_id = :user"
               " AND connection_id = :connection AND id = :id",
               stored(batch.user), connection_id, conversation_id);
  for (const auto& nonce : batch.nonces)
    write_nonce(db, batch.user, nonce);
}

void database::append(const std::vector<const journal_batch*>& batches) {
  auto& db = impl_->db;
  db.trying("append", [&] {
    transaction change(db, transaction::kind::write);
    for (const auto* batch : batches)
      db.trying([&] { return batch_of(batch->user); },
                [&] { impl_->append_batch(*batch); });
    change.commit();
  });
}

} // namespace convoy::actors::store
