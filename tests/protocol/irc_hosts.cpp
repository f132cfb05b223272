// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_hosts.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

TEST_CASE("the host that was told last counts") {
  irc_hosts hosts;
  hosts.learn("Bob", "a.example", casemapping::rfc1459);
  hosts.learn("bob", "", casemapping::rfc1459);
  CHECK(hosts.find("BOB", casemapping::rfc1459) == "a.example");
  hosts.learn("bob", "b.example", casemapping::rfc1459);
  CHECK(hosts.find("Bob", casemapping::rfc1459) == "b.example");
  CHECK(hosts.find("ann", casemapping::rfc1459) == "");
  hosts.clear();
  CHECK(hosts.find("bob", casemapping::rfc1459) == "");
}

TEST_CASE("who has been known longest is forgotten first") {
  irc_hosts hosts;
  for (std::size_t i = 0; i <= irc_hosts::limit; ++i) {
    CHECK(hosts.full() == (i == irc_hosts::limit));
    hosts.learn("n" + std::to_string(i), "h", casemapping::ascii);
  }
  CHECK(hosts.find("n0", casemapping::ascii) == "");
  CHECK(hosts.find("n1", casemapping::ascii) == "h");
  CHECK(hosts.find("n" + std::to_string(irc_hosts::limit), casemapping::ascii)
        == "h");
  // Round and round.
  for (std::size_t i = irc_hosts::limit + 1; i < 3 * irc_hosts::limit; ++i) {
    hosts.learn("n" + std::to_string(i), "h", casemapping::ascii);
    const auto gone = i - irc_hosts::limit;
    CHECK(hosts.find("n" + std::to_string(gone), casemapping::ascii) == "");
    CHECK(hosts.find("n" + std::to_string(gone + 1), casemapping::ascii)
          == "h");
  }
}

TEST_CASE("what is too long is not learnt") {
  irc_hosts hosts;
  const std::string most(irc_hosts::max_length, 'x');
  hosts.learn("bob", most + "x", casemapping::ascii);
  hosts.learn(most + "x", "h", casemapping::ascii);
  hosts.learn(most, most, casemapping::ascii);
  CHECK(hosts.find("bob", casemapping::ascii) == "");
  CHECK(hosts.find(most + "x", casemapping::ascii) == "");
  CHECK(hosts.find(most, casemapping::ascii) == most);
}
