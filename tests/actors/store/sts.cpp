// SPDX-License-Identifier: Apache-2.0
#include "samples.hpp"
#include "scratch.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using namespace convoy::tests;

TEST_SUITE("store STS policies") {
  TEST_CASE("one for each host, the newest") {
    one_user one;
    CHECK(one.db.sts_policies().empty());
    one.db.put_sts_policy({"irc.example.org", 6697, at(100)});
    one.db.put_sts_policy({"irc.example.net", 65535, at(200)});
    one.db.put_sts_policy({"irc.example.org", 7000, at(300)});
    const auto all = one.db.sts_policies();
    REQUIRE(all.size() == 2);
    CHECK(all[0].host == "irc.example.net");
    CHECK(all[0].port == 65535);
    CHECK(all[0].expires == at(200));
    CHECK(all[1].host == "irc.example.org");
    CHECK(all[1].port == 7000);
    CHECK(all[1].expires == at(300));
  }

  TEST_CASE("until it is deleted") {
    one_user one;
    one.db.put_sts_policy({"irc.example.org", 6697, at(100)});
    one.db.delete_sts_policy("irc.example.net");
    CHECK(one.db.sts_policies().size() == 1);
    one.db.delete_sts_policy("irc.example.org");
    CHECK(one.db.sts_policies().empty());
  }

  TEST_CASE("they stay when the store is closed") {
    scratch files;
    const store::store_options options{"sqlite:" + files.path("a.db"), false,
                                       std::string(32, 'k')};
    {
      store::database db{options};
      db.migrate();
      db.put_sts_policy({"irc.example.org", 6697, at(100)});
    }
    CHECK(store::database{options}.sts_policies().size() == 1);
  }
}
