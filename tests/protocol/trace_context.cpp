// SPDX-License-Identifier: Apache-2.0
#include "protocol/trace_context.hpp"

#include <doctest/doctest.h>

#include <string>

using convoy::protocol::trace_id_of;

namespace {

const std::string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
const std::string good = "00-" + trace + "-00f067aa0ba902b7-01";

/// `good` with the character at that place replaced.
std::string with(std::size_t place, char c) {
  auto result = good;
  result[place] = c;
  return result;
}

} // namespace

TEST_CASE("a traceparent names a trace") {
  CHECK(trace_id_of(good) == trace);
  CHECK(trace_id_of(with(1, '1')) == trace);
}

TEST_CASE("a later version may say more, this one may not") {
  CHECK(trace_id_of(with(1, '1') + "-more") == trace);
  CHECK(trace_id_of(with(1, '1') + "more") == "");
  CHECK(trace_id_of(good + "-more") == "");
}

TEST_CASE("what is no traceparent names nothing") {
  CHECK(trace_id_of("") == "");
  CHECK(trace_id_of(trace) == "");
  CHECK(trace_id_of(good.substr(0, 54)) == "");
  CHECK(trace_id_of("ff" + good.substr(2)) == "");
  CHECK(trace_id_of("00-" + std::string(32, '0') + good.substr(35)) == "");
  CHECK(trace_id_of(good.substr(0, 36) + std::string(16, '0') + "-01") == "");
  for (const std::size_t place : {2u, 35u, 52u})
    CHECK(trace_id_of(with(place, '_')) == "");
  for (const std::size_t place : {0u, 3u, 34u, 36u, 51u, 53u, 54u}) {
    CHECK(trace_id_of(with(place, 'A')) == "");
    CHECK(trace_id_of(with(place, '\n')) == "");
  }
}
