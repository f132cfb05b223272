// SPDX-License-Identifier: Apache-2.0
#include "actors/site_wish.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using namespace convoy::actors;

namespace {

using strings = std::vector<std::string>;
using names = std::set<std::string, std::less<>>;

strings problems_of(const std::string& json) {
  protocol::json_object wish{json};
  CHECK_FALSE(read_site(wish, {}));
  strings result;
  for (const auto& each : wish.problems())
    result.push_back(each.path + ": " + each.message);
  return result;
}

site_settings read(const std::string& json, const site_settings& now = {}) {
  protocol::json_object wish{json};
  const auto result = read_site(wish, now);
  REQUIRE(result);
  return *result;
}

} // namespace

TEST_SUITE("site wishes") {
  TEST_CASE("a site is as the node was started") {
    settings config;
    config.open_registration = true;
    config.forced_connection = true;
    config.default_connection = "irc://irc.example.net";
    config.video_service = "https://meet.example.net";
    const auto site = site_of(config);
    CHECK(site.open_to_public);
    CHECK(site.forced_connection);
    CHECK(site.default_connection == "irc://irc.example.net");
    CHECK(site.video_service == "https://meet.example.net");
    CHECK(site.contact == "mailto:root@localhost");
  }

  TEST_CASE("what is not named stays, texts are trimmed") {
    site_settings now;
    now.open_to_public = true;
    now.video_service = "https://meet.example.net";
    const auto site =
        read(R"({"organization_name":" Herons ","contact":"https://h"})", now);
    CHECK(site.open_to_public);
    CHECK(site.video_service == "https://meet.example.net");
    CHECK(site.organization_name == "Herons");
    CHECK(site.contact == "https://h");
    CHECK(read("{}", now).open_to_public);
    CHECK_FALSE(read(R"({"open_to_public":false})", now).open_to_public);
  }

  TEST_CASE("texts may be empty, and URLs must be some") {
    const auto site =
        read(R"({"default_connection":"","video_service":" "})", {});
    CHECK(site.default_connection == "");
    CHECK(site.video_service == "");
    CHECK(problems_of(R"({"default_connection":"http://h"})")
          == strings{"/default_connection: Connection URL require a scheme and"
                     " host."});
    CHECK(problems_of(R"({"organization_url":"https://"})")
          == strings{"/organization_url: Organization URL require a scheme and"
                     " host."});
    CHECK(problems_of(R"({"video_service":"https:///x"})")
          == strings{"/video_service: Video service URL require a scheme and"
                     " host."});
    CHECK(problems_of(R"({"contact":"javascript:x"})")
          == strings{"/contact: Contact URL require a scheme and host."});
    CHECK(problems_of(R"({"contact":"mailto:a b"})").size() == 1);
  }

  TEST_CASE("only what differs is stored, and comes back") {
    site_settings before;
    auto after = before;
    after.open_to_public = true;
    after.contact = "mailto:ann@example.org";
    auto meanwhile = before;
    meanwhile.video_service = "https://meet.example.net";
    const auto changed = apply_change(before, after, meanwhile);
    CHECK(changed == names{"contact", "open_to_public"});
    CHECK(meanwhile.open_to_public);
    CHECK(meanwhile.video_service == "https://meet.example.net");
    const auto json = encode_stored(after, changed);
    CHECK(json
          == R"({"open_to_public":true,"contact":"mailto:ann@example.org"})");
    auto other = before;
    other.organization_name = "Herons";
    CHECK(apply_stored(json, other) == changed);
    CHECK(other.open_to_public);
    CHECK(other.contact == "mailto:ann@example.org");
    CHECK(other.organization_name == "Herons");
    CHECK(apply_stored("", other).empty());
  }

  TEST_CASE("it is shown with where it is and the room it has") {
    const auto shown = encode_site({}, "https://h", std::nullopt);
    CHECK(shown.find(R"("base_url":"https://h")") != std::string::npos);
    CHECK(shown.find("disk_usage") == std::string::npos);
    const store::disk_usage disk{4096, 10, 30, 5, 6};
    CHECK(encode_site({}, "", disk)
              .find(R"("disk_usage":{"block_size":4096,"blocks_free":10,)"
                    R"("blocks_total":30,"blocks_used":20,"inodes_free":5,)"
                    R"("inodes_total":6,"inodes_used":1})")
          != std::string::npos);
  }
}
