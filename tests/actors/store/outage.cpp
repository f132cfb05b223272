// SPDX-License-Identifier: Apache-2.0
#include "locked.hpp"
#include "samples.hpp"
#include "scratch.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <optional>
#include <sys/resource.h>

using namespace convoy;
using namespace convoy::tests;

// What the store says when it cannot be used, whatever one wants of it.

namespace {

store::store_options impatient(const std::string& path) {
  auto result = options_for(path);
  result.patience = std::chrono::milliseconds{0};
  return result;
}

/// No file of this program grows as long as this lives.
class smallest_files {
public:
  smallest_files() : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &usual_);
    auto none = usual_;
    none.rlim_cur = 1;
    ::setrlimit(RLIMIT_FSIZE, &none);
  }
  ~smallest_files() {
    ::setrlimit(RLIMIT_FSIZE, &usual_);
    std::signal(SIGXFSZ, handler_);
  }
  smallest_files(const smallest_files&) = delete;
  smallest_files& operator=(const smallest_files&) = delete;

private:
  rlimit usual_{};
  void (*handler_)(int);
};

/// A store in a file, with somebody in it.
struct occupied {
  occupied() {
    db.migrate();
    db.create_account(ann, false);
  }
  void write(const std::string& text = "hi") {
    append(db, {batch_of(ann.id, {message(1, 10, text)})});
  }

  scratch here;
  std::string path = here.path("store.db");
  store::database db{impatient(path)};
  protocol::account ann = account_of("ann@example.com");
};

} // namespace

TEST_SUITE("store outage") {
  TEST_CASE("a store that is locked is out of order, and then it works") {
    if (on_server()) // it is of SQLite
      return;
    occupied it;
    auto& db = it.db;
    const auto write = [&] {
      it.write();
    };
    std::optional<locked> other{it.path};
    CHECK_THROWS_AS(write(), store::store_outage);
    CHECK_THROWS_AS(db.ping_writer(false), store::store_outage);
    CHECK_THROWS_AS(db.ping_writer(true), store::store_outage);
    CHECK(error_of(write)
          == error_from(it.path)
                 + "append: sqlite3_statement_backend::loadOne: database is "
                   "locked");
    CHECK_NOTHROW(db.ping());
    CHECK(db.load_user(it.ann.id)->last_seq == 0);
    other.reset();
    CHECK_NOTHROW(db.ping_writer(true));
    CHECK_NOTHROW(write());
    CHECK(db.load_user(it.ann.id)->last_seq == 1);
  }

  TEST_CASE("what a locked store cuts short is not in the way of the rest") {
    if (on_server()) // it is of SQLite
      return;
    occupied it;
    auto& db = it.db;
    const auto delete_nonces = [&] {
      return db.delete_nonces(protocol::timestamp{}, 10);
    };
    std::optional<locked> other{it.path};
    CHECK_THROWS_AS(delete_nonces(), store::store_outage);
    other.reset();
    CHECK_NOTHROW(it.write());
    CHECK_NOTHROW(db.index_some(10));
    CHECK(delete_nonces() == 0);
  }

  TEST_CASE("a disk that takes no more is an outage") {
    if (on_server()) // it is of SQLite
      return;
    occupied it;
    auto& db = it.db;
    const auto write = [&] {
      it.write(std::string(99999, 'x'));
    };
    {
      const smallest_files none;
      CHECK_THROWS_AS(write(), store::store_outage);
      CHECK_THROWS_AS(db.ping_writer(true), store::store_outage);
    }
    CHECK_NOTHROW(db.ping_writer(true));
    CHECK_NOTHROW(write());
    CHECK(db.load_user(it.ann.id)->last_seq == 1);
  }

  TEST_CASE("a file that is broken is damage, which is an outage that stays") {
    if (on_server()) // it is of SQLite
      return;
    const scratch here;
    const auto path = here.path("store.db");
    store::database{options_for(path)}.migrate();
    store::database db{options_for(path)};
    auto bytes = here.read("store.db");
    // What is open has read the schema.
    std::fill(bytes.begin() + 4096, bytes.end(), '\x5a');
    here.write("store.db", bytes,
               std::filesystem::perms::owner_read
                   | std::filesystem::perms::owner_write);
    CHECK_THROWS_AS(db.ping(), store::store_damage);
    CHECK_THROWS_AS(db.ping(), store::store_outage);
  }

  TEST_CASE("what one batch does wrong is no outage") {
    one_user one;
    try {
      append(one.db, {batch_of(one.id, {message(7, 10)})});
      FAIL("it was accepted");
    } catch (const store::store_error& why) {
      CHECK(dynamic_cast<const store::store_outage*>(&why) == nullptr);
    }
    CHECK_NOTHROW(one.db.ping_writer(true));
  }
}
