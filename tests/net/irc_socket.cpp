// SPDX-License-Identifier: Apache-2.0
#include "net/irc_socket.hpp"

#include "tests/net/fake_irc.hpp"

#include <doctest/doctest.h>

using namespace convoy::net;
using namespace std::chrono_literals;

namespace {

struct open_fixture : dialer_fixture {
  explicit open_fixture(irc_dialer_settings settings = make_settings())
      : dialer_fixture(std::move(settings)) {
    connect(peer.port());
    peer.accept();
    user->connected.take();
  }

  irc_peer peer;
};

} // namespace

TEST_CASE("lines are cut across reads and reading pauses until resume") {
  open_fixture f;
  f.peer.send("PING :o");
  f.peer.send("ne\r\nPING :two\r\nPI");
  auto first = f.user->lines.take();
  while (first.size() < 2) {
    f.link->resume();
    for (auto& line : f.user->lines.take())
      first.push_back(std::move(line));
  }
  CHECK(first[0].param(0) == "one");
  CHECK(first[1].param(0) == "two");
  f.peer.send("NG :three\r\n");
  f.link->write({"fence"}, 7);
  CHECK(f.user->written.take() == 7);
  CHECK(f.peer.receive(7) == "fence\r\n");
  CHECK(f.user->lines.empty());
  f.link->resume();
  CHECK(f.user->lines.take().at(0).param(0) == "three");
}

TEST_CASE(
    "lines that are none, or too long, are dropped and the next is read") {
  open_fixture f;
  f.peer.send(std::string("\r\n \r\n:only-source\r\n") + "A\0B\r\n"
              + std::string(100'000, 'x') + "\r\nPING :after\r\n");
  CHECK(f.user->lines.take().at(0).param(0) == "after");
}

TEST_CASE("what is written arrives in order, and each mark is reported") {
  open_fixture f;
  std::string expected;
  for (std::uint64_t i = 1; i <= 100; ++i) {
    auto text = "PRIVMSG #a :" + std::to_string(i);
    f.link->write({text, "X"}, i);
    expected += text + "\r\nX\r\n";
  }
  CHECK(f.peer.receive(expected.size()) == expected);
  for (std::uint64_t i = 1; i <= 100; ++i)
    CHECK(f.user->written.take() == i);
  f.link->write({}, 101);
  CHECK(f.user->written.take() == 101);
}

TEST_CASE("a line with a line in it is not written") {
  open_fixture f;
  f.link->write({"PRIVMSG a :b\r\nQUIT", "X\nY", std::string("a\0b", 3), "OK"},
                1);
  CHECK(f.peer.receive(4) == "OK\r\n");
}

TEST_CASE("a server that does not read is closed when too much waits") {
  auto settings = dialer_fixture::make_settings();
  settings.send_queue = 10'000;
  open_fixture f{settings};
  std::vector<std::string> lines(30'000, std::string(500, 'x'));
  f.link->write(lines, 1);
  CHECK(f.user->closed.take() == "Send queue exceeded.");
  CHECK(f.user->written.empty());
}

TEST_CASE("the end of the server is reported after its last line") {
  open_fixture f;
  f.peer.send("ERROR :Closing link\r\n");
  f.peer.socket.close();
  CHECK(f.user->lines.take().at(0).command == "ERROR");
  f.link->resume();
  CHECK(f.user->closed.take() == "Connection closed.");
}

TEST_CASE("close writes what waits, and waits for the server to close") {
  open_fixture f;
  f.link->write({"QUIT :bye"}, 1);
  f.link->close();
  f.link->write({"late"}, 2);
  CHECK(f.peer.receive(100) == "QUIT :bye\r\n");
  f.peer.socket.close();
  CHECK(f.user->closed.take().empty());
  CHECK(f.user->written.take() == 1);
  CHECK(f.user->written.empty());
}

TEST_CASE("last words are heard while it closes, and do not wait for anybody") {
  open_fixture f;
  f.peer.send("PING :1\r\n");
  CHECK(f.user->lines.take().at(0).last() == "1");
  f.link->write({"QUIT :bye"}, 1);
  f.link->close();
  CHECK(f.peer.receive(100) == "QUIT :bye\r\n");
  f.peer.send(":me PRIVMSG #a :one\r\n");
  CHECK(f.user->lines.take().at(0).last() == "one");
  f.peer.send(":me PRIVMSG #a :two\r\n");
  CHECK(f.user->lines.take().at(0).last() == "two");
  f.peer.socket.close();
  CHECK(f.user->closed.take().empty());
}

TEST_CASE("of last words that do not end no more is heard") {
  open_fixture f;
  f.link->close();
  const std::string line(500, 'x');
  std::string many;
  for (int n = 0; n < 2'000; ++n)
    many += "NOTICE a :" + line + "\r\n";
  f.peer.send(many);
  f.peer.socket.close();
  CHECK(f.user->closed.take().empty());
  std::size_t heard = 0;
  while (!f.user->lines.empty())
    heard += f.user->lines.take().size();
  CHECK(heard > 0);
  CHECK(heard < 600);
}

TEST_CASE("close does not wait for long") {
  auto settings = dialer_fixture::make_settings();
  settings.close_timeout = 50ms;
  settings.send_queue = 64 << 20;
  open_fixture f{settings};
  f.link->write(std::vector<std::string>(30'000, std::string(500, 'x')), 1);
  f.link->close();
  CHECK(f.user->closed.take().empty());
  CHECK(f.user->written.empty());
}

TEST_CASE("an abort sends nothing that waits, and the server sees a reset") {
  auto settings = dialer_fixture::make_settings();
  settings.send_queue = 64 << 20;
  open_fixture f{settings};
  f.link->write(std::vector<std::string>(30'000, std::string(500, 'x')), 1);
  f.link->abort();
  CHECK(f.user->closed.take().empty());
  CHECK(f.user->written.empty());
  std::string taken(64 << 20, ' ');
  const auto error = f.peer.loop.run([&](auto done) {
    boost::asio::async_read(f.peer.socket, boost::asio::buffer(taken),
                            [done](auto why, std::size_t) { done(why); });
  });
  CHECK(error == boost::asio::error::connection_reset);
}

TEST_CASE("bytes without an end of line never stop the others") {
  auto settings = dialer_fixture::make_settings();
  open_fixture f{settings};
  f.peer.send(std::string(2'000'000, 'x'));
  f.link->write({"still here"}, 1);
  CHECK(f.peer.receive(12) == "still here\r\n");
  f.peer.send("\r\nPING :x\r\n");
  CHECK(f.user->lines.take().at(0).command == "PING");
}
