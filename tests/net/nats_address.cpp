// SPDX-License-Identifier: Apache-2.0
#include "net/nats_address.hpp"

#include <doctest/doctest.h>

using namespace convoy::net;

namespace {

std::string servers_of(std::string_view url) {
  std::string result;
  for (const auto& each : parse_nats_address(url).servers)
    result += each + ' ';
  return result;
}

} // namespace

TEST_CASE("a URL names servers, and how to be let in") {
  CHECK(servers_of("nats://a") == "nats://a:4222 ");
  CHECK(servers_of("nats://a:1/") == "nats://a:1 ");
  CHECK(servers_of("nats://a,b:2,c")
        == "nats://a:4222 nats://b:2 nats://c:4222 ");
  CHECK(servers_of("nats://u:p@a,b,v:q@c")
        == "nats://u:p@a:4222 nats://u:p@b:4222 nats://v:q@c:4222 ");
  CHECK(servers_of("nats://u:p@a,nats://b")
        == "nats://u:p@a:4222 nats://b:4222 ");
  CHECK(servers_of("nats://t@[::1]:5,[::2]")
        == "nats://t@[::1]:5 nats://t@[::2]:4222 ");
  CHECK(servers_of("nats://u:p@ss@a") == "nats://u:p@ss@a:4222 ");
}

TEST_CASE("one server that wants TLS is enough") {
  CHECK_FALSE(parse_nats_address("nats://a").is_secure);
  CHECK(parse_nats_address("tls://a,b").is_secure);
  CHECK(parse_nats_address("nats://a,tls://b").is_secure);
}

TEST_CASE("what is wrong is said without the password") {
  for (const auto* url :
       {"", "a", "http://a", "nats://", "nats://u:secret@", "nats://a,,b",
        "nats://a:0", "nats://a:65536", "nats://a:x", "nats://u:secret@a/b",
        "nats://a b", "nats://u:secret@a:x"}) {
    const auto problem = parse_nats_address(url).problem;
    CHECK_MESSAGE(!problem.empty(), url);
    CHECK(problem.find("secret") == std::string::npos);
  }
  CHECK(parse_nats_address("nats://a:0").problem
        == "Expected a port from 1 to 65535.");
}
