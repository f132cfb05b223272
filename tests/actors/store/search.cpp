// SPDX-License-Identifier: Apache-2.0
#include "actors/store/migrations.hpp"
#include "actors/store/search_index.hpp"
#include "protocol/folded_text.hpp"
#include "samples.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <tuple>

using namespace convoy;
using namespace convoy::tests;
using words = std::vector<std::string>;
using order = store::search_query::order;

namespace {

/// Enough events after those of a test that all of its own are indexed.
constexpr protocol::event_seq indexed_at = 256;

class much_said : public one_user {
public:
  void say(const std::string& text,
           const std::string& conversation_id = "#convoy",
           const std::string& from = "bob") {
    ++last;
    auto what = message(last, static_cast<long long>(last) * 1'000'000, text);
    what.conversation_id = conversation_id;
    what.from = from;
    append(db, {batch_of(id, {what})});
  }
  void fill() {
    std::vector<protocol::event> events;
    while (last < indexed_at) {
      events.push_back(message(++last, 1, "filling"));
      events.back().kind = protocol::event_kind::join;
    }
    append(db, {batch_of(id, events)});
  }
  void index() {
    fill();
    while (db.index_some(100) > 0) {
      // nop
    }
  }
  store::search_query query(const std::string& match) const {
    store::search_query result;
    result.user = id;
    result.match = protocol::text_pattern{match};
    return result;
  }
  /// All that is found, newest first.
  words found(store::search_query what) {
    words result;
    for (;;) {
      const auto page = db.search(what);
      for (const auto& each : page.messages)
        result.push_back(each.text);
      if (!page.next)
        return result;
      std::tie(what.below, what.skip) = *page.next;
    }
  }
  words found(const std::string& match) {
    return found(query(match));
  }

  protocol::event_seq last = 0;
};

void say_all(much_said& it) {
  it.say("the quick brown fox");
  it.say("Donaudampfschifffahrt is a long word");
  it.say("日本漢字です");
  it.say("Crème brûlée");
  it.say("a cat, concatenated");
  it.say("brown the fox");
}

void check_all(much_said& it) {
  CHECK(it.found("fox") == words{"brown the fox", "the quick brown fox"});
  CHECK(it.found("FOX") == words{"brown the fox", "the quick brown fox"});
  // In this order.
  CHECK(it.found("the fox") == words{"brown the fox", "the quick brown fox"});
  CHECK(it.found("the brown") == words{"the quick brown fox"});
  CHECK(it.found("\"brown fox\"") == words{"the quick brown fox"});
  CHECK(it.found("schiff") == words{"Donaudampfschifffahrt is a long word"});
  CHECK(it.found("dampfschifffahrt")
        == words{"Donaudampfschifffahrt is a long word"});
  CHECK(it.found("\"schiff\"").empty());
  CHECK(it.found("漢字") == words{"日本漢字です"});
  CHECK(it.found("漢") == words{"日本漢字です"});
  CHECK(it.found("字で") == words{"日本漢字です"});
  CHECK(it.found("creme BRULEE") == words{"Crème brûlée"});
  CHECK(it.found("\"cat\"") == words{"a cat, concatenated"});
  // Too short for the index.
  CHECK(
      it.found("a")
      == words{"a cat, concatenated", "Donaudampfschifffahrt is a long word"});
  CHECK(it.found("qu") == words{"the quick brown fox"});
  CHECK(it.found("nowhere").empty());
}

} // namespace

TEST_SUITE("store search") {
  TEST_CASE_FIXTURE(much_said, "words, phrases and parts, not indexed yet") {
    say_all(*this);
    check_all(*this);
  }

  TEST_CASE_FIXTURE(much_said, "words, phrases and parts, indexed") {
    say_all(*this);
    index();
    check_all(*this);
  }

  TEST_CASE_FIXTURE(much_said, "what is indexed and what is not go together") {
    say("first needle");
    index();
    say("second needle");
    CHECK(found("needle") == words{"second needle", "first needle"});
    auto one = query("needle");
    one.limit = 1;
    CHECK(found(one) == words{"second needle", "first needle"});
  }

  TEST_CASE_FIXTURE(much_said, "filters") {
    say("needle one", "#convoy", "Bob");
    say("needle two", "#other", "ann");
    say("needle three", "#other", "bob");
    const auto check = [&] {
      auto what = query("needle");
      what.from = "bob";
      CHECK(found(what) == words{"needle three", "needle one"});
      what.conversation_id = "#other";
      CHECK(found(what) == words{"needle three"});
      what.connection_id = "irc-libera";
      CHECK(found(what) == words{"needle three"});
      what.connection_id = "irc-other";
      CHECK(found(what).empty());
      what = query("");
      what.from = "ann";
      CHECK(found(what) == words{"needle two"});
      what = query("");
      what.connection_id = "irc-libera";
      CHECK(found(what).size() == 3);
      // Both ends are exclusive.
      what = query("needle");
      what.after = at(1'000'000);
      CHECK(found(what) == words{"needle three", "needle two"});
      what.before = at(3'000'000);
      CHECK(found(what) == words{"needle two"});
      what = query("");
      what.before = at(2'000'000);
      CHECK(found(what) == words{"needle one"});
    };
    check();
    index();
    check();
  }

  TEST_CASE_FIXTURE(much_said, "times of other months and years") {
    using namespace std::chrono;
    const auto say_at = [&](sys_days day, const std::string& text) {
      auto what = message(++last, 0, text);
      what.time = day;
      append(db, {batch_of(id, {what})});
    };
    say_at(2023y / December / 31, "needle of 2023");
    say_at(2024y / July / 4, "needle of 2024");
    say_at(2026y / March / 1, "needle of March");
    // Late: it was said before the one above.
    say_at(2025y / May / 5, "late needle");
    index();
    auto what = query("needle");
    what.before = sys_days{2026y / January / 1};
    CHECK(found(what)
          == words{"late needle", "needle of 2024", "needle of 2023"});
    what.after = sys_days{2024y / January / 1};
    CHECK(found(what) == words{"late needle", "needle of 2024"});
    what.before = sys_days{2024y / February / 1};
    CHECK(found(what).empty());
    // Exactly then is too late, in the last moment of the day before is not.
    what.before = sys_days{2024y / July / 4};
    CHECK(found(what).empty());
    what.before = sys_days{2024y / July / 4} + microseconds{1};
    CHECK(found(what) == words{"needle of 2024"});
    what.after = sys_days{2023y / December / 31} - microseconds{1};
    what.before = sys_days{2024y / January / 1};
    CHECK(found(what) == words{"needle of 2023"});
  }

  TEST_CASE_FIXTURE(much_said, "numbers bound what is looked for") {
    for (int n = 1; n <= 9; ++n)
      say("needle " + std::to_string(n));
    const auto check = [this] {
      auto what = query("needle");
      what.above = 7;
      CHECK(found(what) == words{"needle 9", "needle 8"});
      what.below = 9;
      CHECK(found(what) == words{"needle 8"});
      what.sort = order::rank;
      CHECK(found(what) == words{"needle 8"});
      what.above = 8;
      CHECK(found(what).empty());
      what.above = indexed_at + 1000;
      what.below = 0;
      CHECK(found(what).empty());
      what.sort = order::time;
      what.above = 2;
      what.below = 7;
      what.limit = 2;
      CHECK(found(what)
            == words{"needle 6", "needle 5", "needle 4", "needle 3"});
    };
    check();
    index();
    check();
    // Some are indexed, some are not yet.
    say("needle new");
    auto what = query("needle");
    what.above = 8;
    CHECK(found(what) == words{"needle new", "needle 9"});
    what.above = last - 1;
    CHECK(found(what) == words{"needle new"});
  }

  TEST_CASE_FIXTURE(much_said,
                    "a phrase of words that are common for themselves") {
    for (int n = 0; n < 100; ++n)
      say(n % 2 == 0 ? "common words" : "shared thoughts");
    say("common thoughts");
    say("thoughts common");
    index();
    CHECK(found("\"common thoughts\"") == words{"common thoughts"});
    CHECK(found("\"thoughts common\"") == words{"thoughts common"});
    CHECK(found("\"ommon though\"").empty());
    CHECK(found("common thoughts") == words{"common thoughts"});
  }

  TEST_CASE_FIXTURE(much_said, "by rank the best come first") {
    say("needle");
    say("a haystack with a needle among many other words");
    say("needles and more of them in a rather long line of words");
    index();
    auto what = query("needle");
    what.sort = order::rank;
    const words expected{
        "needle", "a haystack with a needle among many other words",
        "needles and more of them in a rather long line of words"};
    CHECK(found(what) == expected);
    what.limit = 1;
    CHECK(found(what) == expected);
    what.match = protocol::text_pattern{"haystack needle"};
    CHECK(found(what) == words{expected[1]});
    // Whatever the order.
    what.match = protocol::text_pattern{"needle haystack"};
    CHECK(found(what) == words{expected[1]});
  }

  TEST_CASE_FIXTURE(much_said, "everything is found once, a page at a time") {
    words expected;
    for (auto n = 0; n < 700; ++n) {
      say("needle " + std::to_string(n));
      expected.insert(expected.begin(), "needle " + std::to_string(n));
    }
    while (db.index_some(100) > 0) {
      // nop
    }
    for (const std::size_t limit : {1, 7, 60, 1000}) {
      auto what = query("needle");
      what.limit = limit;
      CHECK(found(what) == expected);
    }
    auto ranked = query("needle");
    ranked.sort = order::rank;
    auto all = found(ranked);
    CHECK(all.size() == expected.size());
    std::ranges::sort(all);
    std::ranges::sort(expected);
    CHECK(all == expected);
  }

  TEST_CASE_FIXTURE(much_said, "nobody finds what others were told") {
    say("needle");
    index();
    auto other = account_of("bob@example.com");
    db.create_account(other, true);
    auto what = query("needle");
    what.user = other.id;
    CHECK(found(what).empty());
  }

  TEST_CASE_FIXTURE(much_said, "what was taken back is not found") {
    auto told = message(++last, 1, "needle");
    told.extra = R"({"msgid":"m1"})";
    append(db, {batch_of(id, {told})});
    const auto take_back = [&] {
      auto redacted = message(++last, 2, "");
      redacted.kind = protocol::event_kind::redact;
      redacted.target = "m1";
      append(db, {batch_of(id, {redacted})});
    };
    SUBCASE("not indexed yet") {
      take_back();
      CHECK(found("needle").empty());
    }
    SUBCASE("indexed") {
      fill();
      CHECK(db.index_some(1000) > 0);
      CHECK(found("needle") == words{"needle"});
      take_back();
      CHECK(found("needle").empty());
    }
  }

  TEST_CASE_FIXTURE(much_said, "what has another name is found under it") {
    say("needle");
    fill();
    CHECK(db.index_some(1000) > 0);
    auto renamed = message(++last, 2, "");
    renamed.kind = protocol::event_kind::rename;
    renamed.conversation_id = "#new";
    renamed.target = "#convoy";
    append(db, {batch_of(id, {renamed})});
    auto what = query("needle");
    what.connection_id = "irc-libera";
    what.conversation_id = "#new";
    CHECK(found(what) == words{"needle"});
    what.conversation_id = "#convoy";
    CHECK(found(what).empty());
    what.connection_id = "";
    what.conversation_id = "#new";
    CHECK(found(what) == words{"needle"});
    // And goes from the index like any other.
    CHECK(db.clear_history(id, "irc-libera", "#new", last, 100));
    CHECK(found("needle").empty());
  }

  TEST_CASE_FIXTURE(much_said, "errors and state events are not found") {
    auto failed = message(++last, 1, "needle");
    failed.kind = protocol::event_kind::error;
    auto joined = message(++last, 2, "needle");
    joined.kind = protocol::event_kind::join;
    append(db, {batch_of(id, {failed, joined})});
    CHECK(found("needle").empty());
    index();
    CHECK(found("needle").empty());
  }
}

TEST_SUITE("store search index") {
  TEST_CASE("what is put in is found, and what is taken out is not") {
    store::statements db(options_for(":memory:"));
    store::run_migrations(db);
    const protocol::user_id ann{1};
    const protocol::user_id bob{2};
    const auto tokens = store::tokens_of_message(message(1, 1, "needlework"));
    store::put_into_index(db, ann, {{5, tokens}, {7, tokens}, {8, ""}});
    store::put_into_index(db, bob, {{6, tokens}});
    store::put_into_index(db, bob, {{9, ""}});
    store::put_into_index(db, bob, {});
    const auto all = store::index_query(store::tokens_of_term("needle"), {});
    const auto find = [&](protocol::user_id who) {
      return store::find_in_index(db, who, all, {1, 100}, 10);
    };
    using numbers = std::vector<long long>;
    CHECK(find(ann) == numbers{7, 5});
    CHECK(find(bob) == numbers{6});
    CHECK(store::find_in_index(db, ann, all, {1, 6}, 10) == numbers{5});
    CHECK(store::find_in_index(db, ann, all, {1, 100}, 10, 1) == numbers{5});
    CHECK(store::find_in_index(db, ann, all, {1, 100}, 10, 0,
                               store::index_order::oldest_first)
          == numbers{5, 7});
    store::take_from_index(db, ann, 7, tokens);
    CHECK(find(ann) == numbers{5});
    CHECK(find(bob) == numbers{6});
    // The same again for its place.
    store::put_into_index(db, ann, {{7, tokens}});
    CHECK(find(ann) == numbers{7, 5});
  }

  TEST_CASE("a part of a text has no token that the text has not") {
    const std::string text = "ein größeres 漢字 wort, c++ x";
    auto event = message(1, 1, text);
    const auto all = " " + store::tokens_of_message(event);
    for (const auto* part :
         {"größer", "ein größ", "漢字", "漢", "wort,", "c++ x", "eres 漢"})
      for (const auto& token :
           store::tokens_of_term(protocol::fold_text(part))) {
        CAPTURE(part);
        // One of three characters is a choice.
        auto any = all.find(" " + token + " ") != std::string::npos;
        for (std::size_t n = 1; n + 5 < token.size(); n += 9)
          any =
              any
              || all.find(" " + token.substr(n, 5) + " ") != std::string::npos;
        CHECK(any);
      }
    CHECK(store::tokens_of_term("xy").empty());
    CHECK(store::tokens_of_term("a b").empty());
  }
}
