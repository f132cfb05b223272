// SPDX-License-Identifier: Apache-2.0
#include "net/http_date.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using std::chrono::microseconds;

TEST_CASE("an HTTP date is in GMT and English") {
  CHECK(net::http_date(protocol::timestamp{microseconds{784'111'777'900'000}})
        == "Sun, 06 Nov 1994 08:49:37 GMT");
  CHECK(net::http_date(protocol::timestamp{})
        == "Thu, 01 Jan 1970 00:00:00 GMT");
}
