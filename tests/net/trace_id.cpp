// SPDX-License-Identifier: Apache-2.0
#include "net/trace_id.hpp"

#include "protocol/trace_context.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace convoy;

TEST_CASE("trace ids are such, and all different") {
  std::set<std::string> seen;
  for (auto n = 0; n < 1000; ++n) {
    const auto id = net::make_trace_id();
    CHECK(protocol::trace_id_of("00-" + id + "-0000000000000001-00") == id);
    seen.insert(id);
  }
  CHECK(seen.size() == 1000);
}
