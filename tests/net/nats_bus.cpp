// SPDX-License-Identifier: Apache-2.0
#include "net/nats_bus.hpp"

#include "mailbox.hpp"
#include "nats_server.hpp"
#include "tls_fixture.hpp"

#include <functional>
#include <thread>

using namespace convoy::net;
using namespace std::chrono_literals;

namespace {

payload text(std::string_view what) {
  return std::make_shared<const std::string>(what);
}

std::string shown(const bus_answer& answer) {
  if (const auto* body = std::get_if<std::string>(&answer))
    return *body;
  switch (std::get<bus_failure>(answer)) {
  case bus_failure::no_responders:
    return "nobody";
  case bus_failure::timeout:
    return "late";
  case bus_failure::disconnected:
    return "not sent";
  }
  return "?";
}

/// Whether it comes true before a test loses its patience.
bool in_time(const std::function<bool()>& is_true) {
  const auto until = std::chrono::steady_clock::now() + patience;
  while (!is_true()) {
    if (std::chrono::steady_clock::now() > until)
      return false;
    std::this_thread::yield();
  }
  return true;
}

/// A loop and a bus on it.
struct node {
  explicit node(nats_settings settings) : loop(2), it(loop, settings) {
    loop.run();
    const auto problem = it.start();
    REQUIRE_MESSAGE(problem.empty(), problem);
  }
  explicit node(const nats_server& server)
      : node(nats_settings{.url = server.url()}) {
    // nop
  }

  std::unique_ptr<bus_subscription> listen(const std::string& subject) {
    return it.subscribe(subject, [this](bus_message what) { heard.put(what); });
  }
  std::string ask(const std::string& subject, const std::string& body,
                  std::chrono::milliseconds deadline = patience) {
    const auto answer = std::make_shared<mailbox<std::string>>();
    it.request(subject, text(body), deadline,
               [answer](bus_answer what) { answer->put(shown(what)); });
    return answer->take();
  }
  /// Asks nobody again and again, until that is the answer.
  void ask_until(const std::string& wanted) {
    CHECK(in_time([&] { return ask("nobody.here", "", 50ms) == wanted; }));
  }
  void connected() {
    ask_until("nobody");
  }
  void until_problem(const std::string& wanted) {
    in_time([&] { return it.problem() == wanted; });
    CHECK(it.problem() == wanted);
    CHECK(ask("nobody.here", "") == "not sent");
  }

  runtime loop;
  mailbox<bus_message> heard;
  nats_bus it;
};

} // namespace

TEST_CASE("what one says all hear who listen, in order") {
  nats_server server;
  node a{server};
  node b{server};
  const auto one = a.listen("convoy.user.*");
  const auto two = b.listen("convoy.user.7");
  a.connected();
  b.connected();
  for (auto n = 0; n < 100; ++n)
    b.it.publish("convoy.user.7", text(std::to_string(n)));
  for (auto n = 0; n < 100; ++n) {
    const auto here = a.heard.take();
    CHECK(here.body == std::to_string(n));
    CHECK(here.subject == "convoy.user.7");
    CHECK(here.reply_to.empty());
    CHECK(b.heard.take().body == std::to_string(n));
  }
}

TEST_CASE("a request is answered, and by nobody at once when nobody listens") {
  nats_server server;
  node a{server};
  node b{server};
  const auto echo = b.it.subscribe("echo", [&](bus_message what) {
    b.it.publish(what.reply_to, text("to " + what.body));
  });
  b.connected();
  a.connected();
  CHECK(a.ask("echo", "me") == "to me");
  CHECK(a.ask("echo", "") == "to ");
  CHECK(a.ask("elsewhere", "me") == "nobody");
}

TEST_CASE("a request that nobody answers ends in time") {
  nats_server server;
  node a{server};
  node b{server};
  const auto deaf = b.listen("deaf");
  b.connected();
  a.connected();
  CHECK(a.ask("deaf", "me", 50ms) == "late");
  // Its answer comes too late, and harms nobody.
  b.it.publish(b.heard.take().reply_to, text("oh"));
  CHECK(a.ask("elsewhere", "") == "nobody");
}

TEST_CASE("after a subscription is gone nothing comes") {
  nats_server server;
  node a{server};
  auto one = a.listen("one");
  const auto two = a.listen("two");
  a.connected();
  a.it.publish("one", text("1"));
  CHECK(a.heard.take().body == "1");
  one.reset();
  a.it.publish("one", text("2"));
  a.it.publish("two", text("3"));
  CHECK(a.heard.take().body == "3");
  CHECK(a.ask("one", "") == "nobody");
}

TEST_CASE("a listener may let go of itself") {
  nats_server server;
  node a{server};
  std::unique_ptr<bus_subscription> mine;
  mine = a.it.subscribe("one", [&](bus_message what) {
    mine.reset();
    a.heard.put(what);
  });
  const auto two = a.listen("two");
  a.connected();
  a.it.publish("one", text("1"));
  a.it.publish("one", text("2"));
  a.it.publish("two", text("3"));
  CHECK(a.heard.take().body == "1");
  CHECK(a.heard.take().body == "3");
}

TEST_CASE("a body larger than the server takes comes whole") {
  nats_server server{"max_payload: 4096\n"};
  node a{server};
  node b{server};
  std::string large(100'000, 'x');
  for (std::size_t i = 0; i < large.size(); ++i)
    large[i] = static_cast<char>('a' + i % 23);
  const auto echo = b.it.subscribe("echo", [&](bus_message what) {
    b.it.publish(what.reply_to, text(what.body + "!"));
  });
  const auto one = b.listen("large");
  const auto two = b.listen("large");
  b.connected();
  a.connected();
  CHECK(a.ask("echo", large) == large + "!");
  CHECK(a.ask("elsewhere", large) == "nobody");
  a.it.publish("large", text(large));
  CHECK(b.heard.take().body == large);
  CHECK(b.heard.take().body == large);
  // Just what fits, and one byte more.
  for (const auto size : {4096, 4097}) {
    a.it.publish("large", text(large.substr(0, size)));
    CHECK(b.heard.take().body == large.substr(0, size));
    CHECK(b.heard.take().body == large.substr(0, size));
  }
}

TEST_CASE("it comes back with the server, and goes on listening") {
  nats_server server;
  node a{server};
  const auto mine = a.listen("one");
  a.connected();
  CHECK(a.it.problem().empty());
  CHECK(a.it.connects() == 1);
  server.stop(SIGKILL);
  a.ask_until("not sent");
  CHECK(a.it.problem() == "NATS cannot be reached.");
  // Kept until there is a connection again.
  a.it.publish("one", text("late"));
  server.start();
  CHECK(a.heard.take().body == "late");
  a.connected();
  CHECK(a.it.connects() == 2);
  CHECK(a.it.problem().empty());
}

TEST_CASE("it starts without a server, and finds it when it comes") {
  nats_server server;
  server.stop();
  node a{server};
  const auto mine = a.listen("one");
  CHECK(a.ask("one", "") == "not sent");
  CHECK_FALSE(a.it.problem().empty());
  server.start();
  a.connected();
  a.it.publish("one", text("hello"));
  CHECK(a.heard.take().body == "hello");
}

TEST_CASE("who is not let in says so, and is let in once that is mended") {
  nats_server server{"authorization { user: convoy, password: right }\n"};
  nats_settings wrong{.url = server.url("convoy:wrong@")};
  node a{wrong};
  a.until_problem("NATS does not accept our credentials.");
  const auto mine = a.listen("one");
  server.stop();
  server.folder().write("nats.conf",
                        "authorization { user: convoy, password: wrong }\n");
  server.start();
  a.connected();
  a.it.publish("one", text("hello"));
  CHECK(a.heard.take().body == "hello");
}

TEST_CASE("a token opens") {
  nats_server server{"authorization { token: secret }\n"};
  node right{nats_settings{.url = server.url("secret@")}};
  right.connected();
  node wrong{nats_settings{.url = server.url("public@")}};
  wrong.until_problem("NATS does not accept our credentials.");
}

TEST_CASE("what waits for a server has a bound") {
  nats_server server;
  server.stop();
  nats_settings settings{.url = server.url()};
  settings.reconnect_buffer = 100;
  node a{settings};
  const auto mine = a.listen("one");
  a.it.publish("one", text(std::string(60, 'x')));
  a.it.publish("one", text(std::string(60, 'y')));
  a.it.publish("one", text("z"));
  server.start();
  CHECK(a.heard.take().body == std::string(60, 'x'));
  CHECK(a.heard.take().body == "z");
}

TEST_CASE("TLS with whom we trust, and with nobody else") {
  const self_signed own{"localhost"};
  const self_signed other{"elsewhere.example"};
  nats_server server;
  server.stop();
  const auto& folder = server.folder();
  const auto path = [&](const std::string& name) {
    return (folder.path() / name).string();
  };
  const auto serve = [&](const self_signed& who) {
    server.stop();
    folder.write("cert.pem", who.certificate());
    folder.write("key.pem", who.key());
    folder.write("nats.conf", "tls { cert_file: \"" + path("cert.pem")
                                  + "\", key_file: \"" + path("key.pem")
                                  + "\" }\n");
    server.start();
  };
  folder.write("own.pem", own.certificate());
  folder.write("other.pem", other.certificate());
  serve(own);
  nats_settings settings{.url = server.url("", "tls", "localhost"),
                         .ca_file = path("own.pem")};
  const auto refusal =
      "No TLS with NATS: its certificate is not trusted, or not its own.";
  {
    node a{settings};
    a.connected();
  }
  settings.ca_file.clear();
  node{settings}.until_problem(refusal);
  // Signed by whom we trust, but not for that name.
  serve(other);
  settings.ca_file = path("other.pem");
  node{settings}.until_problem(refusal);
}

TEST_CASE("who wants TLS does not speak in the clear") {
  nats_server server;
  node a{nats_settings{.url = server.url("", "tls")}};
  a.until_problem("NATS does not speak TLS.");
}

TEST_CASE("the end answers all who wait, and lets go of all handlers") {
  nats_server server;
  node a{server};
  const auto hold = std::make_shared<int>(1);
  const auto deaf = a.it.subscribe("deaf", [hold](bus_message) {});
  a.connected();
  mailbox<std::string> answer;
  a.it.request("deaf", text("me"), patience,
               [&](bus_answer what) { answer.put(shown(what)); });
  a.it.stop();
  CHECK(answer.take() == "late");
  CHECK(hold.use_count() == 1);
  a.it.publish("deaf", text("me"));
  CHECK(a.ask("deaf", "me") == "not sent");
  a.it.stop();
}

TEST_CASE("what is said last is still heard") {
  nats_server server;
  node b{server};
  const auto mine = b.listen("last");
  b.connected();
  {
    node a{server};
    a.connected();
    for (auto n = 0; n < 50; ++n)
      a.it.publish("last", text(std::to_string(n)));
  }
  for (auto n = 0; n < 50; ++n)
    CHECK(b.heard.take().body == std::to_string(n));
}

TEST_CASE("settings that cannot be used are a clear problem") {
  runtime loop{1};
  const auto problem_of = [&](const nats_settings& settings) {
    nats_bus it{loop, settings};
    return it.start();
  };
  CHECK(problem_of({.url = "http://a"})
        == "The URL of NATS: Expected nats:// or tls://.");
  const auto files = "NATS: the file with credentials or the one with "
                     "certificates cannot be used.";
  CHECK(problem_of({.url = "tls://a", .ca_file = "/nowhere"}) == files);
}
