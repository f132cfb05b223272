// SPDX-License-Identifier: Apache-2.0
#include "actors/store/registry.hpp"

#include "actors/store/homes.hpp"
#include "actors/store/statements.hpp"

#include <algorithm>

namespace convoy::actors::store {

namespace {

/// Those who may live somewhere, of `users`.
constexpr const char* may_live = " disabled = 0";

/// Those who want to be on IRC. Also whoever was offered to a node, which may
/// not take them: nobody else lets their sessions in.
constexpr const char* needs_home =
    " disabled = 0 AND (home_epoch < 0 OR EXISTS (SELECT 1 FROM connections"
    " WHERE connections.user_id = users.id AND connections.wanted = 1))";

constexpr const char* is_homeless =
    " home_epoch NOT IN (SELECT epoch FROM nodes)";

bool is_there(statements& db, node_epoch epoch,
              const std::string& condition = {}) {
  bool result = false;
  db.select<long long>(
      "SELECT epoch FROM nodes WHERE epoch = :epoch" + condition,
      [&](long long) { result = true; }, static_cast<long long>(epoch));
  return result;
}

/// The home of somebody homeless who is offered to `taker`: it is of no node,
/// so that the others may have them when that one goes.
constexpr long long offer_to(node_epoch taker) {
  return -static_cast<long long>(taker);
}

bool takes_users(statements& db, node_epoch epoch) {
  return is_there(db, epoch, " AND draining = 0");
}

/// To whom somebody with that home is offered, and who takes users.
std::optional<node_epoch> taker_of(statements& db, node_epoch home) {
  if (home < 0 && takes_users(db, -home))
    return -home;
  return std::nullopt;
}

/// Where somebody lives who may live somewhere.
std::optional<node_epoch> home_of(statements& db, protocol::user_id user,
                                  const std::string& lock = {}) {
  std::optional<node_epoch> result;
  db.select<long long>(
      "SELECT home_epoch FROM users WHERE id = :id AND disabled = 0" + lock,
      [&](long long epoch) { result = epoch; }, stored(user));
  return result;
}

/// The homes of some user that are of no node, each found by one step in the
/// index.
std::vector<long long> abandoned_homes(statements& db) {
  std::vector<long long> result;
  db.select<long long>(
      "WITH RECURSIVE homes (epoch) AS (SELECT MIN(home_epoch) FROM users"
      " UNION ALL SELECT (SELECT MIN(home_epoch) FROM users"
      "  WHERE home_epoch > homes.epoch) FROM homes"
      " WHERE homes.epoch IS NOT NULL)"
      " SELECT epoch FROM homes WHERE epoch IS NOT NULL"
      " AND epoch NOT IN (SELECT epoch FROM nodes)",
      [&](long long epoch) { result.push_back(epoch); });
  return result;
}

/// At most `most` users with that home whom nobody else is just claiming.
std::vector<long long> lock_some(statements& db, long long home,
                                 const std::string& condition,
                                 std::size_t most) {
  std::vector<long long> result;
  db.select<long long>(
      "SELECT id FROM users WHERE home_epoch = :home AND" + condition
          + " ORDER BY id LIMIT :most" + db.place().sql.lock_free_rows,
      [&](long long id) { result.push_back(id); }, home,
      static_cast<long long>(most));
  return result;
}

/// The same of the homeless who need a home.
std::vector<long long> lock_homeless(statements& db, std::size_t most) {
  std::vector<long long> result;
  for (const auto epoch : abandoned_homes(db)) {
    if (result.size() >= most)
      break;
    for (const auto id : lock_some(db, epoch, needs_home, most - result.size()))
      result.push_back(id);
  }
  return result;
}

/// Gives those of `free`, who are locked, who are still homeless their home.
std::vector<protocol::user_id> settle(statements& db, node_epoch mine,
                                      const std::vector<long long>& free) {
  std::vector<protocol::user_id> result;
  if (free.empty() || !is_there(db, mine))
    return result;
  const auto& sql = db.place().sql;
  const auto list = sql.list_of(free);
  db.execute("UPDATE users SET home_epoch = :mine WHERE id" + sql.is_in_list
                 + " AND" + is_homeless,
             static_cast<long long>(mine), list);
  db.select<long long>(
      "SELECT id FROM users WHERE id" + sql.is_in_list
          + " AND home_epoch = :mine ORDER BY id",
      [&](long long id) { result.push_back(user_of(id)); }, list,
      static_cast<long long>(mine));
  return result;
}

/// The same; while the transaction lasts they stay there, and nothing of theirs
/// is committed.
std::optional<node_epoch> locked_home(statements& db, protocol::user_id user) {
  return home_of(db, user, db.place().sql.lock_rows);
}

/// Until when what was taken of a budget lasts; none before its first use.
std::optional<long long> locked_budget(statements& db,
                                       const std::string& budget) {
  std::optional<long long> result;
  db.select<long long>(
      "SELECT spent_until FROM budgets WHERE name = :name"
          + db.place().sql.lock_rows,
      [&](long long until) { result = until; }, budget);
  return result;
}

/// A statement of its own: what waited for a lock knows what time it is now.
long long time_there(statements& db) {
  long long result = 0;
  db.select<long long>("SELECT " + db.place().sql.now,
                       [&](long long now) { result = now; });
  return result;
}

} // namespace

std::string describe_home(statements& db, node_epoch epoch) {
  auto result =
      "they live nowhere now (home " + std::to_string(epoch) + " is gone)";
  db.select<std::string>(
      "SELECT name FROM nodes WHERE epoch = :epoch",
      [&](const std::string& name) {
        result = "they live on node " + name + " now (home "
                 + std::to_string(epoch) + ")";
      },
      static_cast<long long>(epoch));
  return result;
}

void lock_user(statements& db, protocol::user_id user) {
  db.select<long long>(
      "SELECT id FROM users WHERE id = :id" + db.place().sql.lock_rows,
      [](long long) {}, stored(user));
}

// -- nodes --------------------------------------------------------------------

std::optional<node_epoch> registry::join(const std::string& name,
                                         const std::string& version,
                                         std::chrono::milliseconds lease) {
  return db_.retrying("join the fleet", [&]() -> std::optional<node_epoch> {
    transaction change(db_, transaction::kind::write);
    db_.execute("UPDATE node_epochs SET last = last + 1");
    long long epoch = 0;
    db_.select<long long>("SELECT last FROM node_epochs",
                          [&](long long last) { epoch = last; });
    if (db_.execute("INSERT INTO nodes (epoch, name, version, renewals,"
                    " lease_ms, draining, homes) VALUES (:epoch, :name,"
                    " :version, 0, :lease, 0, 0) ON CONFLICT (name) DO NOTHING",
                    epoch, name, version, static_cast<long long>(lease.count()))
        != 1)
      return std::nullopt;
    change.commit();
    return epoch;
  });
}

bool registry::renew(node_epoch mine, bool draining) {
  return db_.retrying("renew the lease", [&] {
    // Each node counts its own: all of them look at all.
    return db_.execute("UPDATE nodes SET renewals = renewals + 1,"
                       " draining = :draining, homes = (SELECT COUNT(*)"
                       "  FROM users WHERE home_epoch = nodes.epoch)"
                       " WHERE epoch = :epoch",
                       draining ? 1 : 0, static_cast<long long>(mine))
           == 1;
  });
}

std::vector<node_row> registry::nodes() {
  return db_.retrying("list nodes", [&] {
    std::vector<node_row> result;
    db_.select<long long, std::string, std::string, long long, long long, int,
               long long>(
        "SELECT epoch, name, version, renewals, lease_ms, draining, homes"
        " FROM nodes ORDER BY name",
        [&](long long epoch, const std::string& name,
            const std::string& version, long long renewals, long long lease,
            int draining, long long homes) {
          result.push_back(
              {epoch, name, version, renewals, lease, draining != 0, homes});
        });
    return result;
  });
}

bool registry::bury(node_epoch epoch, std::int64_t renewals) {
  return db_.retrying("bury a node", [&] {
    return db_.execute("DELETE FROM nodes WHERE epoch = :epoch"
                       " AND renewals = :renewals",
                       static_cast<long long>(epoch),
                       static_cast<long long>(renewals))
           == 1;
  });
}

void registry::leave(node_epoch mine) {
  db_.retrying("leave the fleet", [&] {
    db_.execute("DELETE FROM nodes WHERE epoch = :epoch",
                static_cast<long long>(mine));
  });
}

// -- homes --------------------------------------------------------------------

// Which nodes are there is asked after a row is locked, by a statement of its
// own: one that had to wait for the row knows only what was there before.

std::optional<node_epoch> registry::claim(protocol::user_id user,
                                          node_epoch mine) {
  return db_.retrying(
      "claim user " + protocol::to_string(user),
      [&]() -> std::optional<node_epoch> {
        // Most live somewhere; who only asks waits for nobody's commit.
        if (const auto now = home_of(db_, user);
            now && is_there(db_, *now) && is_there(db_, mine))
          return now;
        transaction change(db_, transaction::kind::write);
        const auto lives = locked_home(db_, user);
        if (!lives || !is_there(db_, mine))
          return std::nullopt;
        if (*lives == mine || is_there(db_, *lives))
          return lives;
        if (const auto taker = taker_of(db_, *lives); taker && *taker != mine)
          return taker;
        db_.execute("UPDATE users SET home_epoch = :mine WHERE id = :id",
                    static_cast<long long>(mine), stored(user));
        change.commit();
        return mine;
      });
}

std::vector<protocol::user_id> registry::claim_some(node_epoch mine,
                                                    std::size_t most) {
  return db_.retrying("claim users", [&] {
    transaction change(db_, transaction::kind::write);
    auto result = settle(db_, mine, lock_homeless(db_, most));
    change.commit();
    return result;
  });
}

std::vector<protocol::user_id> registry::claim_offered(node_epoch mine,
                                                       std::size_t most) {
  return db_.retrying("claim users who were offered", [&] {
    transaction change(db_, transaction::kind::write);
    auto result =
        settle(db_, mine, lock_some(db_, offer_to(mine), may_live, most));
    change.commit();
    return result;
  });
}

registry::demand registry::count_demand() {
  return db_.retrying("count who needs a home", [&] {
    demand result;
    db_.select<long long, long long>(
        std::string("SELECT COUNT(*), COALESCE(SUM(CASE WHEN") + is_homeless
            + " THEN 1 ELSE 0 END), 0) FROM users WHERE" + needs_home,
        [&](long long wanted, long long homeless) {
          result = {homeless, wanted};
        });
    return result;
  });
}

std::vector<protocol::user_id> registry::residents(node_epoch mine) {
  return db_.retrying("list who lives here", [&] {
    std::vector<protocol::user_id> result;
    db_.select<long long>(
        "SELECT id FROM users WHERE home_epoch = :mine ORDER BY id",
        [&](long long id) { result.push_back(user_of(id)); },
        static_cast<long long>(mine));
    return result;
  });
}

bool registry::release(protocol::user_id user, node_epoch mine,
                       node_epoch taker) {
  return db_.retrying("release user " + protocol::to_string(user), [&] {
    const auto is_offered = taker != 0 && takes_users(db_, taker);
    db_.execute("UPDATE users SET home_epoch = :offer"
                " WHERE id = :id AND home_epoch = :mine",
                is_offered ? offer_to(taker) : 0, stored(user),
                static_cast<long long>(mine));
    return is_offered;
  });
}

// -- budgets ------------------------------------------------------------------

// A budget is the time until which what was taken of it lasts, an interval for
// each: as much as lies ahead is missing from its burst.
std::chrono::microseconds registry::take(const std::string& budget,
                                         unsigned burst,
                                         std::chrono::microseconds interval,
                                         bool reserve) {
  return db_.retrying("take from a budget", [&] {
    transaction change(db_, transaction::kind::write);
    auto until = locked_budget(db_, budget);
    // Another node may make it, or forget it, in between.
    while (!until) {
      db_.execute("INSERT INTO budgets (name, spent_until) VALUES (:name, 0)"
                  " ON CONFLICT (name) DO NOTHING",
                  budget);
      until = locked_budget(db_, budget);
    }
    const auto now = time_there(db_);
    const auto from = std::max(*until, now);
    const auto allowed =
        static_cast<long long>(interval.count()) * (std::max(burst, 1U) - 1);
    const auto wait = std::max(from - now - allowed, 0LL);
    if (wait == 0 || reserve) {
      db_.execute("UPDATE budgets SET spent_until = :until WHERE name = :name",
                  from + static_cast<long long>(interval.count()), budget);
      change.commit();
    }
    return std::chrono::microseconds{wait};
  });
}

std::size_t registry::forget_budgets(std::size_t most) {
  return db_.retrying("forget budgets", [&] {
    const auto now = time_there(db_);
    return static_cast<std::size_t>(
        db_.execute("DELETE FROM budgets WHERE spent_until <= :now AND name IN"
                    " (SELECT name FROM budgets WHERE spent_until <= :again"
                    "  LIMIT :most)",
                    now, now, static_cast<long long>(most)));
  });
}

} // namespace convoy::actors::store
