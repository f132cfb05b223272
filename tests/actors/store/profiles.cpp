// SPDX-License-Identifier: Apache-2.0
#include "samples.hpp"
#include "scratch.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using namespace convoy::tests;

namespace {

protocol::connection_profile full_profile() {
  protocol::connection_profile result;
  result.id = "irc-libera";
  result.url = "irc://irc.libera.chat:6697/";
  result.max_message_length = 400;
  result.max_bulk_message_size = 5;
  result.service_accounts = {"chanserv", "nickserv", "alis"};
  result.skip_queue = false;
  result.webirc_password = "horse-battery-staple";
  result.flood_burst = 0;
  result.flood_interval = std::chrono::milliseconds{1500};
  return result;
}

} // namespace

TEST_SUITE("store connection profiles") {
  TEST_CASE("a profile comes back as it was") {
    one_user one;
    CHECK(one.db.profiles().empty());
    const auto sample = full_profile();
    one.db.put_profile(sample);
    const auto all = one.db.profiles();
    REQUIRE(all.size() == 1);
    CHECK(all[0].id == sample.id);
    CHECK(all[0].url == sample.url);
    CHECK(all[0].max_message_length == 400);
    CHECK(all[0].max_bulk_message_size == 5);
    CHECK(all[0].service_accounts == sample.service_accounts);
    CHECK(all[0].skip_queue == false);
    CHECK(all[0].webirc_password == sample.webirc_password);
    CHECK(all[0].flood_burst == 0u);
    CHECK(all[0].flood_interval == sample.flood_interval);
  }

  TEST_CASE("what has no value comes back without one") {
    one_user one;
    one.db.put_profile(full_profile());
    protocol::connection_profile plain;
    plain.id = "irc-libera";
    one.db.put_profile(plain);
    const auto all = one.db.profiles();
    REQUIRE(all.size() == 1);
    CHECK(all[0].url == "");
    CHECK_FALSE(all[0].skip_queue);
    CHECK(all[0].webirc_password == "");
    CHECK_FALSE(all[0].flood_burst);
    CHECK_FALSE(all[0].flood_interval);
  }

  TEST_CASE("they come by id, and go") {
    one_user one;
    for (const auto* id : {"irc-b", "irc-c", "irc-a"}) {
      auto profile = full_profile();
      profile.id = id;
      one.db.put_profile(profile);
    }
    one.db.delete_profile("irc-b");
    one.db.delete_profile("irc-none");
    const auto all = one.db.profiles();
    REQUIRE(all.size() == 2);
    CHECK(all[0].id == "irc-a");
    CHECK(all[1].id == "irc-c");
  }

  TEST_CASE("their passwords are sealed") {
    if (on_server()) // it is of SQLite
      return;
    scratch dir;
    {
      store::database db(options_for(dir.path("a.db")));
      db.migrate();
      db.put_profile(full_profile());
      CHECK(dir.read("a.db-wal").find("horse-battery") == std::string::npos);
    }
    CHECK(dir.read("a.db").find("irc-libera") != std::string::npos);
    CHECK(dir.read("a.db").find("horse-battery") == std::string::npos);
  }
}
