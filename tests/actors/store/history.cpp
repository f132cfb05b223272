// SPDX-License-Identifier: Apache-2.0
#include "actors/store/history.hpp"

#include "actors/store/migrations.hpp"
#include "samples.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using namespace convoy::tests;
using words = std::vector<std::string>;

namespace {

/// A channel with the messages "1" … "6" at the times 10 … 60.
class six_messages : public one_user {
public:
  six_messages() {
    std::vector<protocol::event> events;
    for (protocol::event_seq n = 1; n <= 6; ++n)
      events.push_back(
          message(n, static_cast<long long>(n) * 10, std::to_string(n)));
    append(db, {batch_of(id, events)});
  }
};

using bound = std::optional<long long>;

struct window {
  bound after;
  bound before;
  bound around;
  std::size_t limit;
  words expected;
  bool more_before;
  bool more_after;
};

std::optional<protocol::timestamp> time_at(const bound& value) {
  if (!value)
    return std::nullopt;
  return at(*value);
}

} // namespace

TEST_SUITE("store history") {
  TEST_CASE_FIXTURE(six_messages, "windows") {
    const std::vector<window> table{
        // none: the newest
        {{}, {}, {}, 60, {"1", "2", "3", "4", "5", "6"}, false, false},
        {{}, {}, {}, 6, {"1", "2", "3", "4", "5", "6"}, false, false},
        {{}, {}, {}, 2, {"5", "6"}, true, false},
        {{}, {}, {}, 0, {}, true, false},
        // before: the newest before it
        {{}, 40, {}, 60, {"1", "2", "3"}, false, false},
        {{}, 41, {}, 60, {"1", "2", "3", "4"}, false, false},
        {{}, 40, {}, 2, {"2", "3"}, true, false},
        {{}, 40, {}, 3, {"1", "2", "3"}, false, false},
        {{}, 10, {}, 60, {}, false, false},
        // after: the oldest after it
        {40, {}, {}, 60, {"5", "6"}, false, false},
        {39, {}, {}, 60, {"4", "5", "6"}, false, false},
        {20, {}, {}, 2, {"3", "4"}, false, true},
        {60, {}, {}, 60, {}, false, false},
        // both: from after on
        {20, 50, {}, 60, {"3", "4"}, false, false},
        {10, 60, {}, 2, {"2", "3"}, false, true},
        {30, 30, {}, 60, {}, false, false},
        {50, 20, {}, 60, {}, false, false},
        // around: both ways, each with its own limit
        {{}, {}, 30, 60, {"1", "2", "3", "4", "5", "6"}, false, false},
        {{}, {}, 30, 1, {"2", "3"}, true, true},
        {{}, {}, 35, 2, {"2", "3", "4", "5"}, true, true},
        {{}, {}, 30, 2, {"1", "2", "3", "4"}, false, true},
        {{}, {}, 50, 2, {"3", "4", "5", "6"}, true, false},
        {{}, {}, 99, 2, {"5", "6"}, true, false},
        {{}, {}, 1, 2, {"1", "2"}, false, true},
    };
    for (const auto& row : table) {
      CAPTURE(&row - table.data());
      auto query = convoy_channel(id);
      query.after = time_at(row.after);
      query.before = time_at(row.before);
      query.around = time_at(row.around);
      query.limit = row.limit;
      const auto page = db.history(query);
      CHECK(texts(page) == row.expected);
      CHECK(page.before.has_value() == row.more_before);
      CHECK(page.after.has_value() == row.more_after);
    }
  }

  TEST_CASE_FIXTURE(six_messages, "the ends of time are no trouble") {
    auto query = convoy_channel(id);
    query.after = protocol::timestamp::max();
    CHECK(db.history(query).messages.empty());
    query.after = protocol::timestamp::min();
    CHECK(db.history(query).messages.size() == 6);
    query.after.reset();
    query.before = protocol::timestamp::min();
    CHECK(db.history(query).messages.empty());
  }

  TEST_CASE_FIXTURE(one_user, "messages alone, and errors not") {
    std::vector<protocol::event> events;
    for (const auto kind :
         {protocol::event_kind::direct, protocol::event_kind::notice,
          protocol::event_kind::action, protocol::event_kind::error,
          protocol::event_kind::preformat, protocol::event_kind::connection,
          protocol::event_kind::info, protocol::event_kind::frozen,
          protocol::event_kind::join, protocol::event_kind::part,
          protocol::event_kind::quit, protocol::event_kind::nick_change,
          protocol::event_kind::mode}) {
      events.push_back(message(events.size() + 1, 10));
      events.back().kind = kind;
      events.back().text = protocol::is_message(kind)
                               ? std::to_string(static_cast<int>(kind))
                               : "state";
    }
    append(db, {batch_of(id, events)});
    CHECK(texts(db.history(convoy_channel(id))) == words{"1", "2", "3", "5"});
    auto query = convoy_channel(id);
    query.limit = 4;
    CHECK_FALSE(db.history(query).before);
  }

  TEST_CASE_FIXTURE(one_user, "one conversation alone, by time and number") {
    auto elsewhere = message(2, 15, "other conversation");
    elsewhere.conversation_id = "";
    auto other = message(3, 16, "other connection");
    other.connection_id = "irc-other";
    append(db, {batch_of(id, {message(1, 20, "second"), elsewhere, other,
                              message(4, 20, "third"), message(5, 10, "first"),
                              message(6, 20, "fourth")})});
    CHECK(texts(db.history(convoy_channel(id)))
          == words{"first", "second", "third", "fourth"});
    auto query = convoy_channel(id);
    query.conversation_id = "";
    CHECK(texts(db.history(query)) == words{"other conversation"});
    CHECK(db.history(convoy_channel(protocol::user_id{2})).messages.empty());
  }

  TEST_CASE_FIXTURE(one_user, "no message of a microsecond is lost") {
    std::vector<protocol::event> events;
    for (protocol::event_seq n = 1; n <= 9; ++n)
      events.push_back(
          message(n, n > 2 && n < 8 ? 50 : 50 + static_cast<long long>(n) - 5,
                  std::to_string(n)));
    append(db, {batch_of(id, events)});
    // 1 and 2 before, 8 and 9 behind: 46, 47, 50 five times, 53, 54.
    auto query = convoy_channel(id);
    query.limit = 3;
    auto page = db.history(query);
    CHECK(texts(page) == words{"3", "4", "5", "6", "7", "8", "9"});
    REQUIRE(page.before);
    CHECK(page.before->seq == 3);
    query.before = page.before->time;
    page = db.history(query);
    CHECK(texts(page) == words{"1", "2"});
    CHECK_FALSE(page.before);
    query.before.reset();
    query.after = at(46);
    page = db.history(query);
    CHECK(texts(page) == words{"2", "3", "4", "5", "6", "7"});
    REQUIRE(page.after);
    CHECK(page.after->seq == 7);
  }

  TEST_CASE_FIXTURE(one_user, "pages by number, which are exact") {
    std::vector<protocol::event> events;
    for (protocol::event_seq n = 1; n <= 6; ++n)
      events.push_back(message(n, 50, std::to_string(n)));
    // It was said before all others.
    events.push_back(message(7, 10, "7"));
    auto joined = message(8, 60);
    joined.kind = protocol::event_kind::join;
    events.push_back(joined);
    append(db, {batch_of(id, events)});
    auto query = convoy_channel(id);
    query.limit = 2;
    query.before_seq = 5;
    auto page = db.history(query);
    CHECK(texts(page) == words{"3", "4"});
    REQUIRE(page.before);
    CHECK(page.before->seq == 3);
    CHECK_FALSE(page.after);
    query.before_seq = 2;
    CHECK(texts(db.history(query)) == words{"7", "1"});
    query.before_seq = 7;
    CHECK(db.history(query).messages.empty());
    // Of something else there is the place all the same.
    query.before_seq = 8;
    CHECK(texts(db.history(query)) == words{"5", "6"});
    query.before_seq = 99;
    CHECK(texts(db.history(query)) == words{"5", "6"});
    query.before_seq.reset();
    query.after_seq = 2;
    page = db.history(query);
    CHECK(texts(page) == words{"3", "4"});
    REQUIRE(page.after);
    CHECK(page.after->seq == 4);
    query.before_seq = 5;
    query.limit = 60;
    page = db.history(query);
    CHECK(texts(page) == words{"3", "4"});
    CHECK_FALSE(page.after);
  }

  TEST_CASE_FIXTURE(one_user, "only lines that fit, as a log has them") {
    auto notice = message(2, 20, "hello world");
    notice.kind = protocol::event_kind::notice;
    auto action = message(3, 30, "waves");
    action.kind = protocol::event_kind::action;
    append(db, {batch_of(id, {message(1, 10, "Hello, World"), notice, action,
                              message(4, 40, "world hello")})});
    const auto find = [&](const std::string& match) {
      auto query = convoy_channel(id);
      query.match = protocol::text_pattern{match};
      return texts(db.history(query));
    };
    CHECK(find("hello world") == words{"Hello, World", "hello world"});
    CHECK(find("<bob> hello") == words{"Hello, World", "world hello"});
    CHECK(find("-bob-") == words{"hello world"});
    CHECK(find("* bob waves") == words{"waves"});
    CHECK(find("\"hell\"").empty());
    auto query = convoy_channel(id);
    query.match = protocol::text_pattern{"hello"};
    query.limit = 1;
    auto page = db.history(query);
    CHECK(texts(page) == words{"world hello"});
    REQUIRE(page.before);
    query.before_seq = page.before->seq;
    CHECK(texts(db.history(query)) == words{"hello world"});
  }

  TEST_CASE_FIXTURE(one_user, "a long search goes on from where it was cut") {
    std::vector<protocol::event> events;
    for (protocol::event_seq n = 1; n <= 6000; ++n)
      events.push_back(
          message(n, static_cast<long long>(n), n == 1 ? "needle" : "hay"));
    append(db, {batch_of(id, events)});
    auto query = convoy_channel(id);
    query.match = protocol::text_pattern{"needle"};
    auto page = db.history(query);
    CHECK(page.messages.empty());
    REQUIRE(page.before);
    query.before_seq = page.before->seq;
    page = db.history(query);
    CHECK(texts(page) == words{"needle"});
    CHECK_FALSE(page.before);
  }

  TEST_CASE("a page is read through the index, without sorting") {
    if (on_server()) // it is of SQLite
      return;
    store::statements statements(options_for(":memory:"));
    store::run_migrations(statements);
    for (const auto kept :
         {store::history_end::oldest, store::history_end::newest}) {
      words plan;
      statements.select<long long, long long, long long, std::string>(
          "EXPLAIN QUERY PLAN " + store::history_sql(kept),
          [&](long long, long long, long long, const std::string& detail) {
            plan.push_back(detail);
          },
          1LL, std::string("irc-libera"), std::string("#convoy"), 0LL, 0LL,
          99LL, 99LL, 60LL);
      REQUIRE(plan.size() == 1);
      CHECK(plan[0]
            == "SEARCH journal USING INDEX journal_history (user_id=? AND"
               " connection_id=? AND conversation_id=? AND"
               " (time,seq)>(?,?) AND (time,seq)<(?,?))");
    }
  }

  TEST_CASE("a history that is cleared is gone, and nothing else") {
    one_user one;
    auto joined = message(2, 20);
    joined.kind = protocol::event_kind::join;
    auto other = message(3, 30, "elsewhere");
    other.conversation_id = "#other";
    append(one.db, {batch_of(one.id, {message(1, 10), joined, other})});
    CHECK(one.db.clear_history(one.id, "irc-libera", "#convoy", 3, 10));
    auto query = convoy_channel(one.id);
    CHECK(one.db.history(query).messages.empty());
    query.conversation_id = "#other";
    CHECK(texts(one.db.history(query))
          == std::vector<std::string>{"elsewhere"});
    CHECK(one.db.load_user(one.id)->last_seq == 3);
    append(one.db, {batch_of(one.id, {message(4, 40, "after")})});
    CHECK(texts(one.db.history(convoy_channel(one.id)))
          == std::vector<std::string>{"after"});
  }

  TEST_CASE("a long history is cleared piece by piece, and no further") {
    one_user one;
    append(one.db, {batch_of(one.id, {message(1, 10), message(2, 20),
                                      message(3, 30), message(4, 40, "new")})});
    const auto clear = [&] {
      return one.db.clear_history(one.id, "irc-libera", "#convoy", 3, 2);
    };
    CHECK_FALSE(clear());
    CHECK(one.db.history(convoy_channel(one.id)).messages.size() == 2);
    CHECK(clear());
    CHECK(texts(one.db.history(convoy_channel(one.id)))
          == std::vector<std::string>{"new"});
  }
}
