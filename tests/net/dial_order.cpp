// SPDX-License-Identifier: Apache-2.0
#include "net/dial_order.hpp"

#include <doctest/doctest.h>

using namespace convoy::net;

namespace {

std::vector<boost::asio::ip::address>
addresses(std::initializer_list<const char*> texts) {
  std::vector<boost::asio::ip::address> out;
  for (auto text : texts)
    out.push_back(boost::asio::ip::make_address(text));
  return out;
}

} // namespace

TEST_CASE("the families take turns, from the first one on") {
  auto order = order_addresses(
      addresses({"2a00::1", "2a00::2", "2a00::3", "1.1.1.1", "2a00::1"}), false,
      "");
  CHECK(order.addresses
        == addresses({"2a00::1", "1.1.1.1", "2a00::2", "2a00::3"}));
  CHECK(order.problem.empty());
}

TEST_CASE("what is not public is left out, or all there is to say") {
  auto mixed = order_addresses(addresses({"10.0.0.1", "1.1.1.1"}), false, "");
  CHECK(mixed.addresses == addresses({"1.1.1.1"}));
  CHECK(mixed.problem.empty());
  auto none = order_addresses(addresses({"127.0.0.1"}), false, "");
  CHECK(none.addresses.empty());
  CHECK(none.problem == "Private address refused: 127.0.0.1.");
  auto allowed = order_addresses(addresses({"127.0.0.1"}), true, "");
  CHECK(allowed.addresses == addresses({"127.0.0.1"}));
}

TEST_CASE("a local address decides the family") {
  auto found = addresses({"2a00::1", "1.1.1.1"});
  CHECK(order_addresses(found, false, "192.0.2.1").addresses
        == addresses({"1.1.1.1"}));
  auto none = order_addresses(addresses({"2a00::1"}), false, "192.0.2.1");
  CHECK(none.addresses.empty());
  CHECK(none.problem == "No address of the family of 192.0.2.1.");
  CHECK(order_addresses(found, false, "eth0").problem
        == "Invalid local address: eth0.");
}

TEST_CASE("nothing found is a problem") {
  CHECK(order_addresses({}, true, "").problem == "No address found.");
}
