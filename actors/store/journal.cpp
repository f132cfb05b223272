// SPDX-License-Identifier: Apache-2.0
#include "actors/store/amendments.hpp"
#include "actors/store/connections.hpp"
#include "actors/store/database_impl.hpp"
#include "actors/store/homes.hpp"
#include "actors/store/journal_batch.hpp"
#include "actors/store/journal_group.hpp"
#include "actors/store/journal_rows.hpp"
#include "actors/store/nonces.hpp"

#include <array>
#include <deque>

namespace convoy::actors::store {

std::string append_to(protocol::user_id user) {
  return "append to user " + protocol::to_string(user);
}

void check_gapless(const statements& db, const journal_batch& batch) {
  auto expected = batch.events.front().seq;
  for (const auto& event : batch.events)
    if (event.seq != expected++)
      db.fail<store_conflict>(append_to(batch.user),
                              "event " + std::to_string(event.seq)
                                  + " stands where "
                                  + std::to_string(expected - 1) + " should");
}

void advance(statements& db, const journal_batch& batch, node_epoch home) {
  const auto first = static_cast<long long>(batch.events.front().seq);
  const auto last = static_cast<long long>(batch.events.back().seq);
  long long bytes = 0;
  for (const auto& event : batch.events)
    bytes += bytes_of(event);
  if (db.execute("UPDATE users SET last_seq = :last,"
                 " journal_bytes = journal_bytes + :bytes"
                 " WHERE id = :id AND last_seq = :before"
                 " AND home_epoch = :home",
                 last, bytes, stored(batch.user), first - 1,
                 static_cast<long long>(home))
      == 1)
    return;
  refuse_to_follow(db, batch.user, first, home);
}

void refuse_to_follow(statements& db, protocol::user_id user, long long first,
                      node_epoch home) {
  std::string reason = "there is no such user";
  auto lives = home;
  db.select<long long, long long>(
      "SELECT last_seq, home_epoch FROM users WHERE id = :id",
      [&](long long stands, long long epoch) {
        lives = epoch;
        reason = "event " + std::to_string(first) + " does not follow "
                 + std::to_string(stands);
      },
      stored(user));
  if (lives != home)
    reason = describe_home(db, lives);
  db.fail<store_conflict>(append_to(user), reason);
}

void must_live_at(statements& db, node_epoch home, protocol::user_id user,
                  std::string_view what) {
  auto lives = home;
  db.select<long long>(
      "SELECT home_epoch FROM users WHERE id = :id" + db.place().sql.lock_rows,
      [&](long long epoch) { lives = epoch; }, stored(user));
  if (lives != home)
    db.fail<store_conflict>(what, describe_home(db, lives));
}

void write_changed(statements& db, std::string_view key, protocol::user_id user,
                   const std::string& connection_id,
                   const protocol::conversation& conversation) {
  db.trying(
      [&] {
        return append_to(user) + ": conversation " + conversation.id
               + " of connection " + connection_id;
      },
      [&] { write_conversation(db, key, user, connection_id, conversation); });
}

void write_rest(statements& db, const journal_batch& batch) {
  for (const auto& [connection_id, conversation_id] : batch.removed)
    db.execute("DELETE FROM conversations WHERE user_id = :user"
               " AND connection_id = :connection AND id = :id",
               stored(batch.user), connection_id, conversation_id);
  for (const auto& nonce : batch.nonces)
    write_nonce(db, batch.user, nonce);
}

void database::impl::append_batch(const journal_batch& batch,
                                  node_epoch home_of_user) {
  if (db.place().is_postgresql())
    return postgresql::append_group(db, key, home_of_user, std::array{&batch});
  if (!batch.events.empty()) {
    check_gapless(db, batch);
    advance(db, batch, home_of_user);
  } else {
    must_live_at(db, home_of_user, batch.user, append_to(batch.user));
  }
  if (!events)
    events.emplace(db);
  for (const auto& event : batch.events) {
    events->write(batch.user, event);
    amend(db, batch.user, event);
  }
  for (const auto& connection : batch.connections)
    write_connection(db, key, batch.user, connection);
  for (const auto& [connection_id, conversation] : batch.changed)
    write_changed(db, key, batch.user, connection_id, conversation);
  write_rest(db, batch);
}

namespace {

using batches_of_all = std::vector<const journal_batch*>;

/// The batches without the events that are committed already, for which
/// `without` makes room.
batches_of_all
without_committed(const batches_of_all& batches,
                  std::map<protocol::user_id, protocol::event_seq>& committed,
                  std::deque<journal_batch>& without) {
  batches_of_all result;
  for (const auto* each : batches) {
    const auto known = committed.find(each->user);
    if (known != committed.end() && !each->events.empty()) {
      if (each->events.front().seq <= known->second) {
        auto& rest = without.emplace_back(*each);
        std::erase_if(rest.events, [&](const auto& event) {
          return event.seq <= known->second;
        });
        each = &rest;
      } else {
        committed.erase(known);
      }
    }
    result.push_back(each);
  }
  return result;
}

} // namespace

void database::impl::settle_doubts() {
  for (const auto& [user, last] : in_doubt)
    db.select<long long>(
        "SELECT last_seq FROM users WHERE id = :id",
        [&, who = user, up_to = last](long long stands) {
          if (stands == static_cast<long long>(up_to))
            committed[who] = up_to;
        },
        stored(user));
  in_doubt.clear();
}

void database::append(const std::vector<const journal_batch*>& batches) {
  auto& db = impl_->db;
  db.retrying("append", [&] {
    impl_->settle_doubts();
    std::deque<journal_batch> without;
    const auto left = without_committed(batches, impl_->committed, without);
    transaction change(db, transaction::kind::write);
    if (db.place().is_postgresql() && left.size() > 1)
      postgresql::append_group(db, impl_->key, impl_->home, left);
    else
      for (const auto* batch : left)
        db.trying([&] { return append_to(batch->user); },
                  [&] { impl_->append_batch(*batch, impl_->home); });
    try {
      change.commit();
    } catch (const soci::soci_error&) {
      // A connection that was lost then does not tell whether it was too late.
      for (const auto* batch : left)
        if (!batch->events.empty())
          impl_->in_doubt[batch->user] = batch->events.back().seq;
      throw;
    }
  });
}

} // namespace convoy::actors::store
