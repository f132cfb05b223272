// SPDX-License-Identifier: Apache-2.0
#include "actors/profile_wish.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using namespace convoy::actors;

namespace {

site_settings with_default(const std::string& url) {
  site_settings result;
  result.default_connection = url;
  return result;
}

const site_settings plain =
    with_default("irc://irc.libera.chat:6697/%23convos");

/// What is wrong with a wish: `path: message`, one each.
std::vector<std::string> problems_of(const std::string& json,
                                     site_settings config = plain) {
  protocol::json_object wish{json, "/body"};
  CHECK_FALSE(read_profile(wish, {}, config));
  std::vector<std::string> result;
  for (const auto& each : wish.problems())
    result.push_back(each.path + ": " + each.message);
  return result;
}

protocol::connection_profile read(const std::string& json,
                                  const profile_map& known = {},
                                  site_settings config = plain) {
  protocol::json_object wish{json, "/body"};
  const auto result = read_profile(wish, known, config);
  REQUIRE(result);
  return *result;
}

using strings = std::vector<std::string>;

} // namespace

TEST_SUITE("profile wishes") {
  TEST_CASE("a wish with a URL alone gives the defaults") {
    const auto made = read(R"({"url":"irc://u:secret@irc.libera.chat:6697/"})");
    CHECK(made.id == "irc-libera");
    CHECK(made.url == "irc://u@irc.libera.chat:6697");
    CHECK(made.max_message_length == 512);
    CHECK(made.max_bulk_message_size == 3);
    CHECK(made.service_accounts == strings{"chanserv", "nickserv"});
    CHECK_FALSE(made.skip_queue);
    CHECK(made.webirc_password == "");
    CHECK_FALSE(made.flood_burst);
    CHECK_FALSE(made.flood_interval);
  }

  TEST_CASE("everything can be wished for, and an id cannot") {
    const auto made =
        read(R"({"url":"irc://irc.libera.chat","id":"other","skip_queue":true,)"
             R"("max_message_length":32,"max_bulk_message_size":32,)"
             R"("service_accounts":["alis"],"webirc_password":"s3cret",)"
             R"("flood_burst":7,"flood_interval":0,)"
             R"("is_default":false,"is_forced":false})");
    CHECK(made.id == "irc-libera");
    CHECK(made.skip_queue == true);
    CHECK(made.max_message_length == 32);
    CHECK(made.max_bulk_message_size == 32);
    CHECK(made.service_accounts == strings{"alis"});
    CHECK(made.webirc_password == "s3cret");
    CHECK(made.flood_burst == 7u);
    CHECK(made.flood_interval == std::chrono::milliseconds{0});
  }

  TEST_CASE("what is not named stays, and null takes the value away") {
    const auto old =
        read(R"({"url":"irc://irc.libera.chat","webirc_password":"s3cret",)"
             R"("skip_queue":true,"flood_burst":7,"flood_interval":100})");
    const auto made =
        read(R"({"url":"irc://irc.libera.chat:6667","skip_queue":null,)"
             R"("flood_interval":null})",
             {{old.id, old}});
    CHECK(made.url == "irc://irc.libera.chat:6667");
    CHECK(made.webirc_password == "s3cret");
    CHECK_FALSE(made.skip_queue);
    CHECK(made.flood_burst == 7u);
    CHECK_FALSE(made.flood_interval);
  }

  TEST_CASE("what is wrong is named") {
    CHECK(problems_of("{}") == strings{"/body/url: Missing property."});
    CHECK(problems_of(R"({"url":"irc://"})")
          == strings{"/body/url: Missing \"host\" in URL"});
    CHECK(problems_of(R"({"url":"irc://h","max_message_length":31,)"
                      R"("max_bulk_message_size":33,"flood_burst":0,)"
                      R"("flood_interval":3600001})")
          == strings{
              "/body/max_bulk_message_size: Expected a number from 1 to 32.",
              "/body/max_message_length: Expected a number from 32 to 2048.",
              "/body/flood_burst: Expected a number from 1 to 1000.",
              "/body/flood_interval: Expected a number from 0 to 3600000."});
    for (const auto* names : {R"(["a b"])", R"([""])", R"(["a,b"])"})
      CHECK(problems_of(R"({"url":"irc://h","service_accounts":)"
                        + std::string{names} + "}")
            == strings{"/body/service_accounts: Expected at most 50 nicks."});
    for (const auto* word : {"a b", ":a", "a\\r\\n"})
      CHECK(problems_of(R"({"url":"irc://h","webirc_password":")"
                        + std::string{word} + "\"}")
            == strings{"/body/webirc_password: Expected a word of at most 200"
                       " bytes."});
  }

  TEST_CASE("the default connection is chosen with its profile") {
    const auto site_after = [](const std::string& json, site_settings site) {
      protocol::json_object wish{json, "/body"};
      CHECK(read_profile(wish, {}, site));
      return site;
    };
    const auto chosen =
        site_after(R"({"url":"irc://other.net","is_default":true})", plain);
    CHECK(chosen.default_connection == "irc://other.net");
    CHECK_FALSE(chosen.forced_connection);
    const auto both = site_after(
        R"({"url":"irc://other.net","is_default":true,"is_forced":true})",
        plain);
    CHECK(both.default_connection == "irc://other.net");
    CHECK(both.forced_connection);
    // The channel of the one that is already chosen stays.
    const auto same = site_after(
        R"({"url":"irc://irc.libera.chat","is_default":true,"is_forced":true})",
        plain);
    CHECK(same.default_connection == plain.default_connection);
    CHECK(same.forced_connection);
    CHECK_FALSE(
        site_after(R"({"url":"irc://irc.libera.chat","is_forced":false})", same)
            .forced_connection);
    CHECK(site_after(R"({"url":"irc://other.net","is_default":false})", plain)
              .default_connection
          == plain.default_connection);
  }

  TEST_CASE("only the default connection can be forced") {
    CHECK(problems_of(R"({"url":"irc://other.net","is_forced":true})")
          == strings{
              "/body/is_forced: Only the default connection can be forced."});
  }

  TEST_CASE("the default connection has a profile, stored or not") {
    auto listed = listed_profiles({}, plain);
    REQUIRE(listed.size() == 1);
    CHECK(listed.begin()->first == "irc-libera");
    CHECK(listed.begin()->second.url == "irc://irc.libera.chat:6697/%23convos");
    const auto stored = read(R"({"url":"irc://irc.libera.chat:6697/"})");
    const auto other = read(R"({"url":"irc://irc.example.net"})");
    listed = listed_profiles({{stored.id, stored}, {other.id, other}}, plain);
    REQUIRE(listed.size() == 2);
    CHECK(listed.at("irc-libera").url == "irc://irc.libera.chat:6697");
    CHECK(listed_profiles({}, with_default("")).empty());
  }

  TEST_CASE("only admins are shown the password") {
    const auto made =
        read(R"({"url":"irc://irc.libera.chat:6697","flood_burst":7,)"
             R"("flood_interval":1500,"webirc_password":"s3cret"})");
    const std::string shown =
        R"({"id":"irc-libera","url":"irc://irc.libera.chat:6697",)"
        R"("is_default":true,"is_forced":false,"skip_queue":false,)"
        R"("max_bulk_message_size":3,"max_message_length":512,)"
        R"("service_accounts":["chanserv","nickserv"])";
    CHECK(encode_profile(made, plain, false)
          == shown + R"(,"flood_burst":7,"flood_interval":1500})");
    CHECK(encode_profile(made, plain, true)
          == shown
                 + R"(,"webirc_password":"s3cret","flood_burst":7,)"
                   R"("flood_interval":1500})");
    CHECK(encode_profiles({}, plain, true) == R"({"profiles":[]})");
  }

  TEST_CASE("on this machine nobody waits unless the profile says so") {
    protocol::connection_profile profile;
    for (const auto* host : {"localhost", "127.0.0.1", "::1"})
      CHECK(skips_queue(profile, host));
    CHECK_FALSE(skips_queue(profile, "irc.libera.chat"));
    profile.skip_queue = true;
    CHECK(skips_queue(profile, "irc.libera.chat"));
    profile.skip_queue = false;
    CHECK_FALSE(skips_queue(profile, "localhost"));
  }

  TEST_CASE("a server is its host and port") {
    CHECK(is_same_server("irc://h/", "irc://u@H:6697/%23x?nick=y"));
    CHECK(is_same_server("irc://h?tls=0", "irc://h:6667"));
    CHECK_FALSE(is_same_server("irc://h", "irc://h:6667"));
    CHECK_FALSE(is_same_server("irc://h", "irc://other"));
    CHECK_FALSE(is_same_server("irc://h", ""));
    CHECK_FALSE(is_same_server("", ""));
  }
}
