// SPDX-License-Identifier: Apache-2.0
#include "actors/store/replica.hpp"

#include "actors/store/transfer.hpp"
#include "samples.hpp"
#include "scratch.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using namespace convoy::tests;

namespace {

using lines = std::vector<std::string>;

/// A store with one message, and a copy of it whose text is another, so that
/// one sees who answers.
class followed {
public:
  followed() {
    {
      store::database made(options_for(dir.path("a")));
      made.migrate();
      auto account = account_of("ann@example.com");
      made.create_account(account, false);
      id = account.id;
      append(made, {batch_of(id, {message(1, 10, "original")})});
    }
    const auto nobody = [](std::string_view, std::uint64_t, std::uint64_t) {
    };
    store::transfer(options_for(dir.path("a")), options_for(dir.path("b")),
                    nobody);
    store::statements copy(options_for(dir.path("b")));
    copy.execute("UPDATE journal SET content = 'copied'");
    auto how = options_for(dir.path("a"));
    how.replica_url = options_for(dir.path("b")).url;
    db.emplace(how);
  }

  lines history() {
    return texts(db->history(convoy_channel(id)));
  }

  scratch dir;
  std::optional<store::database> db;
  protocol::user_id id{};
};

} // namespace

TEST_SUITE("store replica") {
  TEST_CASE("what is looked up comes from a copy that has caught up") {
    followed it;
    CHECK(it.history() == lines{"copied"});
    store::search_query query;
    query.user = it.id;
    CHECK(it.db->search(query).messages.at(0).text == "copied");
  }

  TEST_CASE("from one that lags behind it does not") {
    followed it;
    append(*it.db, {batch_of(it.id, {message(2, 20, "new")})});
    CHECK(it.history() == lines{"original", "new"});
    {
      store::database copy(options_for(it.dir.path("b")));
      append(copy, {batch_of(it.id, {message(2, 20, "new, copied")})});
    }
    CHECK(it.history() == lines{"copied", "new, copied"});
  }

  TEST_CASE("all else comes from the store itself") {
    followed it;
    CHECK(it.db->journal(it.id, 0, 10).at(0).text == "original");
    CHECK(it.history() == lines{"copied"});
    it.db->clear_history(it.id, "irc-libera", "#convoy", 1, 10);
    CHECK(it.db->journal(it.id, 0, 10).empty());
    CHECK(it.history() == lines{"copied"});
  }

  TEST_CASE("a copy that cannot be reached, or breaks, is not needed") {
    followed it;
    auto how = options_for(it.dir.path("a"));
    for (const auto& url : {std::string{"postgresql://u@127.0.0.1:1/x"},
                            sqlite_url(it.dir.path("no/such/folder"))}) {
      how.replica_url = url;
      store::database db(how);
      CHECK(texts(db.history(convoy_channel(it.id))) == lines{"original"});
      CHECK(texts(db.history(convoy_channel(it.id))) == lines{"original"});
    }
    how.replica_url = "x";
    CHECK(error_of([&] {
            store::database db(how);
          }).starts_with("store x: the address must be"));
  }
}
