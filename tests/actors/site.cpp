// SPDX-License-Identifier: Apache-2.0
#include "actors/site.hpp"

#include "deterministic.hpp"

using namespace convoy;
using namespace convoy::actors;

namespace {

/// A node with an admin, whose token is `token`.
struct with_admin {
  explicit with_admin(
      std::shared_ptr<store::database> store = deterministic::empty_store(),
      settings config = deterministic::quick())
      : world(std::move(config), std::move(store)) {
    if (!world.database->has_accounts())
      world.add_user("ann@example.org");
  }
  protocol::http_response change(const std::string& body) {
    return world.rest("POST", "/api/settings", body);
  }
  std::string setting(const std::string& key) {
    return member_of(world.rest("GET", "/api/settings").body, key);
  }

  deterministic world;
};

} // namespace

TEST_CASE("a change of the site is stored and shared") {
  with_admin it;
  CHECK(it.change(R"({"organization_name":"Herons"})").status == 200);
  CHECK(it.setting("organization_name") == "Herons");
  CHECK(it.world.database->site() == R"({"organization_name":"Herons"})");
}

TEST_CASE("what no admin has changed follows the options") {
  auto store = deterministic::empty_store();
  {
    with_admin it{store};
    it.change(R"({"organization_name":"Herons","video_service":""})");
  }
  auto config = deterministic::quick();
  config.video_service = "https://meet.example.net";
  with_admin again{store, config};
  CHECK(again.setting("organization_name") == "Herons");
  CHECK(again.setting("video_service") == "https://meet.example.net");
}

TEST_CASE("what an admin has changed wins over the options") {
  auto store = deterministic::empty_store();
  {
    with_admin it{store};
    it.change(R"({"video_service":"https://a.example.net"})");
    it.change(R"({"contact":"mailto:ann@example.org"})");
  }
  auto config = deterministic::quick();
  config.video_service = "https://b.example.net";
  with_admin again{store, config};
  CHECK(again.setting("video_service") == "https://a.example.net");
  CHECK(again.setting("contact") == "mailto:ann@example.org");
}

TEST_CASE("of two changes at a time none is lost, not even on another node") {
  with_admin it;
  const auto known = site_settings{};
  auto renamed = known;
  renamed.organization_name = "Herons";
  auto opened = known;
  opened.open_to_public = true;
  it.world.database->put_site(R"({"contact":"mailto:ann@example.org"})");
  caf::anon_send(it.world.home->site, change_site{known, renamed});
  caf::anon_send(it.world.home->site, change_site{known, opened});
  it.world.settle();
  CHECK(it.setting("organization_name") == "Herons");
  CHECK(it.setting("open_to_public") == "true");
  CHECK(it.setting("contact") == "mailto:ann@example.org");
}

TEST_CASE("a change that is not stored is none") {
  with_admin it;
  it.world.rest("GET", "/api/user");
  caf::anon_send_exit(it.world.writer, caf::exit_reason::kill);
  it.world.settle();
  CHECK(it.change(R"({"organization_name":"Herons"})").status == 503);
  CHECK(it.setting("organization_name") == "Convoy");
}
