// SPDX-License-Identifier: Apache-2.0
#include "net/health_check.hpp"

#include "net/http_server.hpp"
#include "net/runtime.hpp"
#include "tests/net/mailbox.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <doctest/doctest.h>

#include <string>

using namespace convoy::net;

namespace {

/// A server that answers every request with that status and names its path.
struct health_fixture {
  explicit health_fixture(unsigned status)
      : server(
          loop, {},
          [status](convoy::protocol::http_request request, http_reply reply) {
            reply({.status = status,
                   .body = "this is " + request.path.at(0),
                   .content_type = "text/plain"});
          }) {
    REQUIRE(server.start().empty());
    loop.run();
  }
  ~health_fixture() {
    loop.abandon();
    loop.join();
  }

  std::string check() {
    return check_health("127.0.0.1", server.port(), patience);
  }

  runtime loop{1};
  http_server server;
};

} // namespace

TEST_CASE("a server that answers 200 is well") {
  health_fixture f{200};
  CHECK(f.check().empty());
}

TEST_CASE("a server that answers anything else is not, and says why") {
  health_fixture f{503};
  CHECK(f.check()
        == "Convoy at 127.0.0.1:" + std::to_string(f.server.port())
               + " answers 503: this is healthz");
}

TEST_CASE("a server that is not there or says nothing is told apart") {
  boost::asio::io_context context;
  using tcp = boost::asio::ip::tcp;
  tcp::acceptor silent{context, {boost::asio::ip::address_v4::loopback(), 0}};
  const auto port = silent.local_endpoint().port();
  const auto name = "Convoy at 127.0.0.1:" + std::to_string(port);
  CHECK(check_health("127.0.0.1", port, std::chrono::milliseconds{50})
        == name + " does not answer in time.");
  silent.close();
  CHECK(check_health("127.0.0.1", port, patience)
        == name + " cannot be reached: Connection refused");
}
