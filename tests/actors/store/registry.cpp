// SPDX-License-Identifier: Apache-2.0
#include "actors/store/registry.hpp"

#include "samples.hpp"
#include "scratch.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <set>
#include <thread>

using namespace convoy;
using namespace convoy::tests;
using namespace std::chrono_literals;

namespace {

constexpr auto lease = 10'000ms;
using ids = std::vector<protocol::user_id>;

/// Makes a user who wants, or does not want, a connection.
protocol::user_id user_named(store::database& db, const std::string& name,
                             bool wants = true) {
  auto account = account_of(name + "@example.com");
  db.create_account(account, true);
  auto connection = connection_named("irc-libera");
  connection.wanted = wants;
  db.put_connection(account.id, connection);
  return account.id;
}

/// A store with the nodes `a` and `b` and three users, who want to be on IRC.
class small_fleet {
public:
  small_fleet() : db(options_for(":memory:")) {
    db.migrate();
    for (const auto* name : {"ann", "bob", "cid"})
      users.push_back(user_named(db, name));
    a = *fleet.join("a", "1.0", lease);
    b = *fleet.join("b", "1.1", 500ms);
  }

  store::database db;
  store::registry& fleet = db.fleet();
  ids users;
  store::node_epoch a = 0;
  store::node_epoch b = 0;
};

/// Why the batch was refused; "" when it was not, or for another reason than a
/// conflict.
std::string conflict_of(const std::function<void()>& write) {
  try {
    write();
  } catch (const store::store_conflict& why) {
    const std::string text = why.what();
    return text.substr(text.rfind(": ") + 2);
  }
  return {};
}

} // namespace

TEST_SUITE("store registry") {
  TEST_CASE("nodes join once, and each life has an epoch of its own") {
    small_fleet it;
    CHECK(it.a > 0);
    CHECK(it.b > it.a);
    CHECK(it.fleet.join("a", "1.0", lease) == std::nullopt);
    const auto nodes = it.fleet.nodes();
    REQUIRE(nodes.size() == 2);
    CHECK(nodes[0].epoch == it.a);
    CHECK(nodes[0].name == "a");
    CHECK(nodes[0].version == "1.0");
    CHECK(nodes[0].renewals == 0);
    CHECK(nodes[0].lease_milliseconds == 10'000);
    CHECK_FALSE(nodes[0].draining);
    CHECK(nodes[0].homes == 0);
    CHECK(nodes[1].name == "b");
    CHECK(nodes[1].lease_milliseconds == 500);

    it.fleet.leave(it.a);
    const auto again = it.fleet.join("a", "1.0", lease);
    REQUIRE(again);
    CHECK(*again > it.b);
    CHECK(it.fleet.nodes().size() == 2);
  }

  TEST_CASE("a node is buried when it has stood still, and not otherwise") {
    small_fleet it;
    CHECK(it.fleet.renew(it.a, false));
    CHECK(it.fleet.renew(it.a, true));
    auto nodes = it.fleet.nodes();
    CHECK(nodes[0].renewals == 2);
    CHECK(nodes[0].draining);
    CHECK_FALSE(it.fleet.bury(it.a, 1));
    CHECK(it.fleet.nodes().size() == 2);
    CHECK(it.fleet.bury(it.a, 2));
    CHECK_FALSE(it.fleet.bury(it.a, 2));
    CHECK_FALSE(it.fleet.renew(it.a, false));
    nodes = it.fleet.nodes();
    REQUIRE(nodes.size() == 1);
    CHECK(nodes[0].name == "b");
  }

  TEST_CASE(
      "a user lives with whom claims them first, until that node is gone") {
    small_fleet it;
    const auto ann = it.users[0];
    CHECK(it.fleet.claim(ann, it.a) == it.a);
    CHECK(it.fleet.claim(ann, it.a) == it.a);
    CHECK(it.fleet.claim(ann, it.b) == it.a);
    CHECK(it.fleet.renew(it.a, false));
    CHECK(it.fleet.nodes()[0].homes == 1);
    it.fleet.release(ann, it.b);
    CHECK(it.fleet.claim(ann, it.b) == it.a);
    it.fleet.release(ann, it.a);
    CHECK(it.fleet.claim(ann, it.b) == it.b);
    REQUIRE(it.fleet.bury(it.b, 0));
    CHECK(it.fleet.claim(ann, it.b) == std::nullopt);
    CHECK(it.fleet.claim(ann, it.a) == it.a);
  }

  TEST_CASE("nobody is offered to a node that takes no users") {
    small_fleet it;
    const auto ann = it.users[0];
    REQUIRE(it.fleet.claim(ann, it.a) == it.a);
    SUBCASE("for it is drained") {
      it.fleet.renew(it.b, true);
    }
    SUBCASE("for it is gone") {
      it.fleet.leave(it.b);
    }
    CHECK_FALSE(it.fleet.release(ann, it.a, it.b));
    CHECK(it.fleet.claim(ann, it.a) == it.a);
  }

  TEST_CASE("who is offered to a node is left to it while it takes users") {
    small_fleet it;
    const auto ann = it.users[0];
    const auto idle = user_named(it.db, "dan", false);
    for (const auto user : {ann, idle}) {
      REQUIRE(it.fleet.claim(user, it.a) == it.a);
      CHECK(it.fleet.release(user, it.a, it.b));
      CHECK(it.fleet.claim(user, it.a) == it.b);
    }
    CHECK(it.fleet.count_demand().homeless == 4);
    CHECK(it.fleet.residents(it.a) == ids{});
    CHECK(it.fleet.claim_offered(it.a, 10) == ids{});
    SUBCASE("which takes them, also who does not want to be on IRC") {
      CHECK(it.fleet.claim_offered(it.b, 1) == ids{ann});
      CHECK(it.fleet.claim_offered(it.b, 10) == ids{idle});
      CHECK(it.fleet.claim(ann, it.a) == it.b);
      CHECK(it.fleet.claim_offered(it.b, 10) == ids{});
    }
    SUBCASE("which is found by a session there") {
      CHECK(it.fleet.claim(idle, it.b) == it.b);
      CHECK(it.fleet.claim_offered(it.b, 10) == ids{ann});
    }
    SUBCASE("which does not look") {
      // Also who has nothing but sessions, which nobody else lets in.
      CHECK(it.fleet.claim_some(it.a, 10)
            == ids{ann, it.users[1], it.users[2], idle});
      CHECK(it.fleet.residents(it.a)
            == ids{ann, it.users[1], it.users[2], idle});
    }
    SUBCASE("which is drained") {
      it.fleet.renew(it.b, true);
      CHECK(it.fleet.claim(ann, it.a) == it.a);
    }
    SUBCASE("which is gone") {
      it.fleet.leave(it.b);
      CHECK(it.fleet.claim(ann, it.a) == it.a);
      CHECK(it.fleet.claim(idle, it.a) == it.a);
      CHECK(it.fleet.claim_offered(it.b, 10) == ids{});
    }
    SUBCASE("but who may live nowhere is for nobody") {
      it.db.set_disabled(ann, true);
      CHECK(it.fleet.claim(ann, it.b) == std::nullopt);
      CHECK(it.fleet.claim_offered(it.b, 10) == ids{idle});
    }
  }

  TEST_CASE("who may live nowhere is claimed by nobody") {
    small_fleet it;
    it.db.set_disabled(it.users[0], true);
    CHECK(it.fleet.claim(it.users[0], it.a) == std::nullopt);
    CHECK(it.fleet.claim(protocol::user_id{99}, it.a) == std::nullopt);
    CHECK(it.fleet.claim(it.users[1], it.b + 1) == std::nullopt);
    CHECK(it.fleet.claim_some(it.b + 1, 10) == ids{});
    CHECK(it.fleet.claim_some(it.a, 10) == ids{it.users[1], it.users[2]});
  }

  TEST_CASE("homeless users are claimed in pieces, and counted") {
    small_fleet it;
    const auto idle = user_named(it.db, "dan", false);
    CHECK(it.fleet.count_demand().wanted == 3);
    CHECK(it.fleet.count_demand().homeless == 3);
    CHECK(it.fleet.claim_some(it.a, 2) == ids{it.users[0], it.users[1]});
    CHECK(it.fleet.count_demand().wanted == 3);
    CHECK(it.fleet.count_demand().homeless == 1);
    CHECK(it.fleet.claim_some(it.b, 2) == ids{it.users[2]});
    CHECK(it.fleet.claim_some(it.b, 2) == ids{});
    CHECK(it.fleet.claim(idle, it.b) == it.b);
    CHECK(it.fleet.count_demand().homeless == 0);
    it.fleet.leave(it.a);
    CHECK(it.fleet.count_demand().homeless == 2);
    CHECK(it.fleet.claim_some(it.b, 10) == ids{it.users[0], it.users[1]});
    CHECK(it.fleet.renew(it.b, false));
    CHECK(it.fleet.nodes()[0].homes == 4);
  }

  TEST_CASE("only who lives there is written, and the refusal says where they "
            "live") {
    small_fleet it;
    const auto ann = it.users[0];
    REQUIRE(it.fleet.claim(ann, it.a) == it.a);
    const auto write = [&](protocol::event_seq seq) {
      append(it.db, {batch_of(ann, {message(seq, 10)})});
    };
    const auto elsewhere =
        "they live on node a now (home " + std::to_string(it.a) + ")";
    CHECK(conflict_of([&] { write(1); }) == elsewhere);
    it.db.write_as(it.b);
    CHECK(conflict_of([&] { write(1); }) == elsewhere);
    it.db.write_as(it.a);
    CHECK_NOTHROW(write(1));
    // A node that was buried may write until somebody else has the user.
    REQUIRE(it.fleet.bury(it.a, 0));
    CHECK_NOTHROW(write(2));
    REQUIRE(it.fleet.claim(ann, it.b) == it.b);
    CHECK(conflict_of([&] { write(3); })
          == "they live on node b now (home " + std::to_string(it.b) + ")");
    it.fleet.release(ann, it.b);
    CHECK(conflict_of([&] { write(3); })
          == "they live nowhere now (home 0 is gone)");
    CHECK(it.db.load_user(ann)->last_seq == 2);
  }

  TEST_CASE("all that a home writes is fenced") {
    small_fleet it;
    const auto ann = it.users[0];
    REQUIRE(it.fleet.claim(ann, it.a) == it.a);
    it.db.write_as(it.b);
    const auto refused = [](const std::function<void()>& write) {
      return conflict_of(write).starts_with("they live on node a");
    };
    CHECK(refused(
        [&] { it.db.put_connection(ann, connection_named("irc-other")); }));
    CHECK(refused([&] { it.db.delete_connection(ann, "irc-libera", 10); }));
    CHECK(refused(
        [&] { it.db.clear_history(ann, "irc-libera", "#convoy", 9, 10); }));
    auto read = batch_of(ann, {});
    read.changed = {{"irc-libera", conversation_named("#convoy", "#Convoy")}};
    CHECK(refused([&] { append(it.db, {read}); }));
    auto nonce = batch_of(ann, {});
    nonce.nonces.emplace_back().nonce = "n";
    CHECK(refused([&] { append(it.db, {nonce}); }));
    const auto state = it.db.load_user(ann);
    REQUIRE(state->connections.size() == 1);
    CHECK(state->connections[0].conversations.empty());
    CHECK_FALSE(it.db.find_nonce(ann, "n"));
    it.db.write_as(it.a);
    CHECK_NOTHROW(append(it.db, {read, nonce}));
  }

  TEST_CASE("nodes that claim at the same time share users, and none twice") {
    scratch dir;
    const auto options = options_for(dir.path("a.db"));
    store::database db(options);
    db.migrate();
    constexpr int all = 40;
    for (int n = 0; n < all; ++n)
      user_named(db, "user" + std::to_string(n));
    const auto a = *db.fleet().join("a", "1", lease);
    const auto b = *db.fleet().join("b", "1", lease);
    const auto claim_all = [&options](store::node_epoch mine, ids& into) {
      store::database own(options);
      for (;;) {
        const auto some = own.fleet().claim_some(mine, 3);
        if (some.empty())
          return;
        into.insert(into.end(), some.begin(), some.end());
      }
    };
    ids of_a;
    ids of_b;
    std::thread other([&] { claim_all(a, of_a); });
    claim_all(b, of_b);
    other.join();
    // Who was passed over by one while the other had them locked.
    claim_all(a, of_a);
    std::set<protocol::user_id> seen(of_a.begin(), of_a.end());
    seen.insert(of_b.begin(), of_b.end());
    CHECK(seen.size() == all);
    CHECK(of_a.size() + of_b.size() == all);
    CHECK(db.fleet().renew(a, false));
    CHECK(db.fleet().renew(b, false));
    const auto nodes = db.fleet().nodes();
    CHECK(nodes[0].homes == static_cast<std::int64_t>(of_a.size()));
    CHECK(nodes[1].homes == static_cast<std::int64_t>(of_b.size()));
  }

  TEST_CASE("what a home commits while another claims is seen by that, or "
            "refused") {
    scratch dir;
    const auto options = options_for(dir.path("a.db"));
    store::database db(options);
    db.migrate();
    const auto ann = user_named(db, "ann");
    auto mine = *db.fleet().join("a", "1", lease);
    for (int round = 0; round < 20; ++round) {
      REQUIRE(db.fleet().claim(ann, mine) == mine);
      std::atomic<protocol::event_seq> committed = db.load_user(ann)->last_seq;
      std::thread home([&, epoch = mine] {
        store::database own(options);
        own.write_as(epoch);
        try {
          for (auto seq = committed + 1;; ++seq) {
            append(own, {batch_of(ann, {message(seq, 10)})});
            committed = seq;
          }
        } catch (const store::store_conflict&) {
          // Another has them.
        }
      });
      const auto next =
          *db.fleet().join("n" + std::to_string(round), "1", lease);
      db.fleet().leave(mine);
      CHECK(db.fleet().claim(ann, next) == next);
      const auto seen = db.load_user(ann)->last_seq;
      home.join();
      CHECK(seen == committed);
      mine = next;
    }
  }

  TEST_CASE("a budget gives its burst, and then one in each interval") {
    small_fleet it;
    constexpr std::chrono::microseconds hour = 1h;
    const auto take = [&](bool reserve) {
      return it.fleet.take("irc.example.org", 3, hour, reserve);
    };
    for (int n = 0; n < 3; ++n)
      CHECK(take(false) == 0us);
    const auto wait = take(false);
    CHECK(wait > hour / 2);
    CHECK(wait <= hour);
    // Nothing was taken, so that it does not grow.
    CHECK(take(false) <= wait);
    CHECK(take(true) <= wait);
    const auto later = take(true);
    CHECK(later > wait);
    CHECK(later <= 2 * hour);
    CHECK(it.fleet.take("irc.example.net", 1, hour, false) == 0us);
    CHECK(it.fleet.take("irc.example.net", 1, hour, false) > 0us);
    CHECK(it.fleet.take("nothing", 1, 0us, false) == 0us);
    CHECK(it.fleet.take("nothing", 1, 0us, false) == 0us);
  }

  TEST_CASE("budgets that are full again are forgotten") {
    small_fleet it;
    it.fleet.take("long", 1, 1h, false);
    for (const auto* name : {"x", "y", "z"})
      it.fleet.take(name, 1, 0us, false);
    CHECK(it.fleet.forget_budgets(2) == 2);
    CHECK(it.fleet.forget_budgets(10) == 1);
    CHECK(it.fleet.forget_budgets(10) == 0);
    CHECK(it.fleet.take("long", 1, 1h, false) > 0us);
  }

  TEST_CASE("a budget that two take from at the same time gives each once") {
    scratch dir;
    const auto options = options_for(dir.path("a.db"));
    store::database db(options);
    db.migrate();
    constexpr int each = 30;
    std::atomic<int> given = 0;
    const auto take_many = [&] {
      store::database own(options);
      for (int n = 0; n < each; ++n)
        given += own.fleet().take("x", each, 1h, false) == 0us ? 1 : 0;
    };
    std::thread other(take_many);
    take_many();
    other.join();
    CHECK(given == each);
  }
}
