// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/dialect.hpp"
#include "actors/store/store.hpp"
#include "protocol/time.hpp"

#include <soci/soci.h>

#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <utility>

namespace convoy::actors::store {

/// A time as it is stored: microseconds since the Unix epoch.
constexpr long long stored(protocol::timestamp time) noexcept {
  return time.time_since_epoch().count();
}

constexpr long long stored(protocol::user_id user) noexcept {
  return static_cast<long long>(protocol::number(user));
}

constexpr protocol::timestamp time_of(long long microseconds) noexcept {
  return protocol::timestamp{std::chrono::microseconds{microseconds}};
}

constexpr protocol::user_id user_of(long long number) noexcept {
  return static_cast<protocol::user_id>(number);
}

/// The transaction was in the way of another, and nothing of it was done: it
/// may be done again at once.
class store_clash : public store_outage {
  using store_outage::store_outage;
};

/// A session with its prepared statements. Values are bound by position, in
/// the order of the placeholders; only `long long`, `int` and `std::string`.
class statements {
public:
  explicit statements(const store_options& options);
  ~statements();
  statements(const statements&) = delete;
  statements& operator=(const statements&) = delete;

  /// Runs a statement that gives no rows; the number of rows it changed.
  template <class... Values>
  long long execute(const std::string& sql, const Values&... values) {
    (must_be_kept_whole(values), ...);
    soci::statement& statement = prepared(sql);
    use_of use{*this, statement};
    (statement.exchange(soci::use(values)), ...);
    statement.define_and_bind();
    statement.execute(true);
    use.succeeded = true;
    return statement.get_affected_rows();
  }

  /// Runs a query and calls `visit` with the columns of each row. `visit` may
  /// neither throw nor run a statement: rows that were not fetched would keep
  /// the snapshot of the database alive.
  template <class... Columns, class Visitor, class... Values>
  void select(const std::string& sql, Visitor&& visit,
              const Values&... values) {
    (must_be_kept_whole(values), ...);
    soci::statement& statement = prepared(sql);
    std::tuple<Columns...> row;
    use_of use{*this, statement};
    std::apply(
        [&](auto&... column) { (statement.exchange(soci::into(column)), ...); },
        row);
    (statement.exchange(soci::use(values)), ...);
    statement.define_and_bind();
    statement.execute();
    while (statement.fetch())
      std::apply(visit, row);
    use.succeeded = true;
  }

  /// Runs `body` and turns what the database says into a `store_error` that
  /// names the store and `what` was tried: a text, or what makes one when it is
  /// needed. Parameters are not in it: they may be secrets.
  /// A connection that was lost is made anew first, unless another `trying` is
  /// around this one.
  template <class What, class Body>
  decltype(auto) trying(const What& what, Body&& body) {
    const nesting deeper(depth_);
    try {
      if (is_lost_ && depth_ == 1)
        reconnect();
      return std::forward<Body>(body)();
    } catch (const soci::soci_error& error) {
      if constexpr (std::is_invocable_v<const What&>)
        fail_as(error, what());
      else
        fail_as(error, what);
    }
  }

  /// The same, again and again when it clashes with others. `body` is all of a
  /// transaction.
  template <class What, class Body>
  decltype(auto) retrying(const What& what, Body&& body) {
    constexpr int most = 4;
    for (int tried = 1;; ++tried)
      try {
        return trying(what, body);
      } catch (const store_clash&) {
        if (tried == most || depth_ > 0)
          throw;
      }
  }

  /// Throws an `Error` that names the store, what was tried and why it failed.
  template <class Error = store_error>
  [[noreturn]] void fail(std::string_view what, std::string_view reason) const {
    throw Error(explain(what, reason));
  }

  const location& place() const noexcept {
    return place_;
  }

  soci::session& session() noexcept {
    return session_;
  }

private:
  /// A prepared statement at work. Whatever comes of it, nothing stays bound,
  /// and one that failed does not stand in the way of the next `COMMIT`.
  struct use_of {
    statements& db;
    soci::statement& what;
    bool succeeded = false;
    ~use_of() {
      if (!succeeded)
        abandon(what, db.place_);
      what.bind_clean_up();
    }
  };

  /// How many `trying` are around.
  class nesting {
  public:
    explicit nesting(int& depth) : depth_(depth) {
      ++depth_;
    }
    ~nesting() {
      --depth_;
    }
    nesting(const nesting&) = delete;
    nesting& operator=(const nesting&) = delete;

  private:
    int& depth_;
  };

  soci::statement& prepared(const std::string& sql);
  [[noreturn]] void fail_as(const soci::soci_error& error,
                            std::string_view what);
  std::string explain(std::string_view what, std::string_view reason) const;
  void reconnect();

  /// PostgreSQL would keep a text up to its first NUL, and SOCI not say so.
  template <class Value>
  void must_be_kept_whole(const Value& value) const {
    if constexpr (std::is_same_v<Value, std::string>)
      if (place_.is_postgresql() && value.find('\0') != std::string::npos)
        fail<store_conflict>("write", "PostgreSQL keeps no text with a NUL");
  }

  store_options how_; ///< without the key
  location place_;
  soci::session session_;
  std::unordered_map<std::string, soci::statement> prepared_;
  int depth_ = 0;
  bool is_lost_ = false;
};

/// While it lives, what is deleted or replaced is overwritten in the file,
/// where it would otherwise stay until its room is needed.
class overwriting {
public:
  explicit overwriting(statements& db);
  ~overwriting();
  overwriting(const overwriting&) = delete;
  overwriting& operator=(const overwriting&) = delete;

private:
  statements& db_;
};

/// A transaction that is rolled back unless it is committed.
class transaction {
public:
  enum class kind {
    read,
    write,
    schema, ///< it writes what no two may write at the same time
  };

  transaction(statements& db, kind what);
  ~transaction();
  transaction(const transaction&) = delete;
  transaction& operator=(const transaction&) = delete;

  void commit();

private:
  statements& db_;
  bool open_ = true;
};

} // namespace convoy::actors::store
