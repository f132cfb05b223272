// SPDX-License-Identifier: Apache-2.0
#include "actors/dialer.hpp"

#include "deterministic.hpp"
#include "wisher.hpp"

using namespace convoy;
using namespace convoy::actors;
using namespace std::chrono_literals;

namespace {

using strings = std::vector<std::string>;

struct queue {
  queue() {
    for (const auto* name : {"a", "b", "c"})
      wishers.push_back(world.system().spawn(wisher, std::string{name}, log));
  }
  ~queue() {
    for (const auto& each : wishers)
      caf::anon_send_exit(each, caf::exit_reason::user_shutdown);
    world.settle();
  }
  void request(std::size_t who, const std::string& host = "irc.example.net",
               std::uint64_t attempt = 1) {
    caf::anon_send(world.home->dialer,
                   dial_request{host, attempt, wishers[who]});
    world.settle();
  }
  /// Without waiting for others.
  void push_in(std::size_t who) {
    caf::anon_send(world.home->dialer,
                   dial_request{"irc.example.net", 1, wishers[who], true});
    world.settle();
  }
  void see(const std::string& host, std::uint16_t port,
           std::chrono::seconds duration) {
    caf::anon_send(world.home->dialer, sts_seen{{host, port, duration}});
    world.settle();
  }
  void done(std::size_t who, bool success,
            const std::string& host = "irc.example.net",
            std::uint64_t attempt = 1) {
    caf::anon_send(world.home->dialer,
                   dial_done{host, attempt, success, wishers[who]});
    world.settle();
  }
  strings take() {
    return std::exchange(*log, {});
  }

  deterministic world;
  std::shared_ptr<strings> log = std::make_shared<strings>();
  std::vector<caf::actor> wishers;
};

} // namespace

TEST_CASE("the first dials at once, the others in order and with a gap") {
  queue it;
  it.request(0);
  it.request(1);
  it.request(2);
  CHECK(it.take() == strings{"a place 0", "a go", "b place 4", "c place 8"});
  it.done(0, true);
  it.world.advance(3s);
  CHECK(it.take().empty());
  it.world.advance(1s);
  CHECK(it.take() == strings{"b go"});
  it.world.advance(60s);
  CHECK(it.take().empty());
  it.done(1, true);
  it.world.advance(4s);
  CHECK(it.take() == strings{"c go"});
}

TEST_CASE("after a connect that failed the next goes at once") {
  queue it;
  it.request(0);
  it.request(1);
  it.take();
  it.done(0, false);
  CHECK(it.take() == strings{"b go"});
}

TEST_CASE("the gap also keeps whoever comes in it waiting") {
  queue it;
  it.request(0);
  it.done(0, true);
  it.take();
  it.world.advance(2s);
  it.request(1);
  CHECK(it.take() == strings{"b place 4"});
  it.world.advance(2s);
  CHECK(it.take() == strings{"b go"});
}

TEST_CASE("after the gap a host is forgotten") {
  queue it;
  it.request(0);
  it.done(0, true);
  it.world.advance(4s);
  it.take();
  it.request(1);
  CHECK(it.take() == strings{"b place 0", "b go"});
}

TEST_CASE("hosts do not wait for each other") {
  queue it;
  it.request(0, "one.example.net");
  it.request(1, "two.example.net");
  CHECK(it.take() == strings{"a place 0", "a go", "b place 0", "b go"});
}

TEST_CASE("whoever does not want any more leaves the queue") {
  queue it;
  it.request(0);
  it.request(1);
  it.request(2);
  it.take();
  it.done(1, false);
  CHECK(it.take().empty());
  it.done(0, false);
  CHECK(it.take() == strings{"c go"});
}

TEST_CASE("the end of an older attempt does not end the newer one") {
  queue it;
  it.request(0, "irc.example.net", 2);
  it.request(1);
  it.take();
  it.done(0, false, "irc.example.net", 1);
  CHECK(it.take().empty());
  it.done(0, false, "irc.example.net", 2);
  CHECK(it.take() == strings{"b go"});
}

TEST_CASE("the dead do not block a host, wherever they stand") {
  queue it;
  it.request(0);
  it.request(1);
  it.request(2);
  it.take();
  caf::anon_send_exit(it.wishers[1], caf::exit_reason::kill);
  it.world.settle();
  CHECK(it.take().empty());
  caf::anon_send_exit(it.wishers[0], caf::exit_reason::kill);
  it.world.settle();
  CHECK(it.take() == strings{"c go"});
}

TEST_CASE("whoever need not wait does not, and nobody waits for them") {
  queue it;
  it.request(0);
  it.push_in(1);
  CHECK(it.take() == strings{"a place 0", "a go", "b place 0", "b go"});
  it.done(1, true);
  it.done(0, false);
  it.request(2);
  CHECK(it.take() == strings{"c place 0", "c go"});
}

TEST_CASE("a policy is told with what is granted, until it expires") {
  queue it;
  it.see("irc.example.net", 6697, 10s);
  it.request(0);
  CHECK(it.take() == strings{"a place 0", "a go 6697"});
  it.done(0, false);
  it.push_in(1);
  CHECK(it.take() == strings{"b place 0", "b go 6697"});
  it.request(2, "irc2.example.net");
  CHECK(it.take() == strings{"c place 0", "c go"});
  it.world.advance(10s);
  it.request(0);
  CHECK(it.take() == strings{"a place 0", "a go"});
}

TEST_CASE("a policy is replaced and taken back, in the store too") {
  queue it;
  it.see("irc.example.net", 6697, 10s);
  it.see("irc.example.net", 7000, 20s);
  auto stored = it.world.database->sts_policies();
  REQUIRE(stored.size() == 1);
  CHECK(stored[0].port == 7000);
  CHECK(stored[0].expires == it.world.wall + 20s);
  it.see("irc.example.net", 7000, 0s);
  CHECK(it.world.database->sts_policies().empty());
  it.request(0);
  CHECK(it.take() == strings{"a place 0", "a go"});
}

TEST_CASE("policies are bounded: the one that expires first goes") {
  queue it;
  it.see("first.example.net", 1, 10s);
  for (std::size_t i = 1; i < max_sts_policies; ++i)
    caf::anon_send(it.world.home->dialer,
                   sts_seen{{std::to_string(i) + ".example.net", 2, 20s}});
  it.world.settle();
  CHECK(it.world.database->sts_policies().size() == max_sts_policies);
  it.see("last.example.net", 3, 30s);
  CHECK(it.world.database->sts_policies().size() == max_sts_policies);
  it.request(0, "first.example.net");
  it.request(1, "last.example.net");
  CHECK(it.take() == strings{"a place 0", "a go", "b place 0", "b go 3"});
}
