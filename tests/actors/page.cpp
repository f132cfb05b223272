// SPDX-License-Identifier: Apache-2.0
#include "actors/page.hpp"

#include "actors/link_base.hpp"
#include "protocol/base64.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using namespace convoy::actors;

namespace {

protocol::http_request request_for(const std::string& target) {
  protocol::http_request result;
  REQUIRE(protocol::parse_target(target, result));
  result.host = "h:3000";
  return result;
}

protocol::dictionaries languages() {
  protocol::dictionaries result;
  result.add({"no", {}, {}});
  result.add({"de", {}, {}});
  return result;
}

} // namespace

TEST_CASE("where people reach us: as set, as the proxy says, as they asked") {
  settings config;
  auto request = request_for("/");
  CHECK(link_base(config, request) == "http://h:3000");
  CHECK(base_path(config, request) == "");
  request.secure = true;
  CHECK(link_base(config, request) == "https://h:3000");
  request.base = "https://site.example/a/b";
  CHECK(link_base(config, request) == "https://site.example/a/b");
  CHECK(base_path(config, request) == "/a/b");
  config.base_url = "https://set.example";
  CHECK(link_base(config, request) == "https://set.example");
  CHECK(base_path(config, request) == "");
  CHECK(base_path({}, protocol::http_request{}) == "");
}

TEST_CASE("a page says all that the front end reads from it") {
  node home;
  home.version = "Convoy 1";
  auto request = request_for("/login");
  request.base = "https://site.example/a";
  page what;
  what.status = 410;
  what.first_user = true;
  what.csrf = "secret";
  what.site.contact = "mailto:a@b.c";
  what.site.organization_name = "Us & them";
  what.site.organization_url = "https://us.example";
  const auto values = page_values(what, home, request);
  const std::map<std::string, std::string> expected{
      {"BASE_URL", "https://site.example/a"},
      {"BASE_PATH", "/a"},
      {"FIRST_USER", "yes"},
      {"OPEN_TO_PUBLIC", "no"},
      {"EXISTING_USER", "no"},
      {"STATUS", "410"},
      {"OIDC_LOGIN_URL", ""},
      {"CONTACT_BASE64", protocol::encode_base64("mailto:a@b.c")},
      {"ORGANIZATION_NAME", "Us & them"},
      {"ORGANIZATION_URL", "https://us.example"},
      {"CSRF", "secret"},
      {"VERSION", "Convoy 1"},
      {"LANG", "en"},
  };
  CHECK(values == expected);
}

TEST_CASE("the language that is asked for, then kept, then accepted") {
  const auto in = languages();
  auto request = request_for("/");
  CHECK(page_language(in, request) == "en");
  request.accept_language = "fr, de;q=0.5";
  CHECK(page_language(in, request) == "de");
  request.cookies = "convos_js=" + protocol::encode_base64(R"({"lang":"no"})");
  CHECK(page_language(in, request) == "no");
  for (const auto* bad : {"", "?", "bm8=", "W10=", "eyJsYW5nIjo3fQ=="}) {
    CAPTURE(bad);
    request.cookies = std::string{"convos_js="} + bad;
    CHECK(page_language(in, request) == "de");
  }
  auto asked = request_for("/?lang=no-NO");
  asked.accept_language = "de";
  CHECK(page_language(in, asked) == "no");
  CHECK(page_language(in, request_for("/?lang=xx")) == "en");
}

TEST_CASE("an irc: address leads to its conversation, or to where it is made") {
  protocol::connection_record libera;
  libera.id = "irc-libera";
  libera.url = "ircs://irc.libera.chat:6697/?nick=ann";
  protocol::conversation convoy;
  convoy.id = "#convoy";
  libera.conversations.push_back(convoy);
  protocol::conversation dots;
  dots.id = "#a/b.js";
  libera.conversations.push_back(dots);
  const std::vector<protocol::connection_record> connections{libera};
  const auto place = [&](std::string_view uri) {
    return place_of(uri, connections).value_or("");
  };
  CHECK(place("irc://irc.libera.chat/%23Convoy")
        == "/chat/irc-libera/%23convoy");
  CHECK(place("irc://IRC.libera.chat:6667/convoy")
        == "/chat/irc-libera/%23convoy");
  // Another host of the same network.
  CHECK(place("irc://chat.libera.chat/%23convoy")
        == "/chat/irc-libera/%23convoy");
  CHECK(place("irc://irc.libera.chat/%23a%2Fb.js")
        == "/chat/irc-libera/%23a%2Fb.js");
  CHECK(place("irc://irc.libera.chat/%23new")
        == "/settings/conversation?connection_id=irc-libera"
           "&conversation_id=%23new");
  CHECK(place("irc://irc.libera.chat")
        == "/settings/conversation?connection_id=irc-libera&conversation_id=");
  CHECK(place("irc://irc.example.org/%23a")
        == "/settings/connection/add?uri=irc%3A%2F%2Firc.example.org%2F%2523a");
  CHECK(place("https://irc.libera.chat/") == "");
  CHECK(place("") == "");
}
