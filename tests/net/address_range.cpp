// SPDX-License-Identifier: Apache-2.0
#include "net/address_range.hpp"

#include <doctest/doctest.h>

using namespace convoy::net;
using boost::asio::ip::make_address;

TEST_CASE("a range holds the addresses with its prefix") {
  auto range = address_range::parse("10.1.2.0/23");
  REQUIRE(range);
  CHECK(range->contains(make_address("10.1.2.0")));
  CHECK(range->contains(make_address("10.1.3.255")));
  CHECK_FALSE(range->contains(make_address("10.1.4.0")));
  CHECK_FALSE(range->contains(make_address("10.1.1.255")));
  CHECK(range->contains(make_address("::ffff:10.1.2.3")));

  auto six = address_range::parse("fc00::/7");
  REQUIRE(six);
  CHECK(six->contains(make_address("fdff::1")));
  CHECK_FALSE(six->contains(make_address("fe00::1")));
  CHECK_FALSE(six->contains(make_address("10.0.0.1")));
}

TEST_CASE("one address and all addresses are ranges, too") {
  CHECK(address_range::parse("::1")->contains(make_address("::1")));
  CHECK_FALSE(address_range::parse("::1")->contains(make_address("::2")));
  CHECK(address_range::parse("0.0.0.0/0")->contains(make_address("8.8.8.8")));
  CHECK_FALSE(address_range::parse("0.0.0.0/0")->contains(make_address("::1")));
  CHECK(address_range::parse("::/0")->contains(make_address("8.8.8.8")));
}

TEST_CASE("what is no range is refused") {
  for (auto text : {"", "10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/x",
                    "10.0.0.0/8 ", "/8", "host", "10.0.0/8", "1.2.3.4/-1"}) {
    CAPTURE(text);
    CHECK_FALSE(address_range::parse(text));
  }
}

TEST_CASE("a set knows words") {
  address_set set;
  CHECK(set.add("loopback"));
  CHECK(set.add("private"));
  CHECK(set.contains(make_address("127.9.9.9")));
  CHECK(set.contains(make_address("::1")));
  CHECK(set.contains(make_address("172.20.0.1")));
  CHECK(set.contains(make_address("fd00::1")));
  CHECK_FALSE(set.contains(make_address("169.254.0.1")));
  CHECK(set.add("link-local"));
  CHECK(set.contains(make_address("169.254.0.1")));
  CHECK_FALSE(set.add("everybody"));
  CHECK_FALSE(set.contains(make_address("8.8.8.8")));
}
