// SPDX-License-Identifier: Apache-2.0
#include "event_check.hpp"

#include <doctest/doctest.h>

using namespace convoy::scenarios;

TEST_CASE("a frame of Convoy is checked by the description") {
  event_check it;
  CHECK(it.problem(R"({"event":"pong","id":"1","ts":1.5})") == "");
  CHECK(it.problem(R"({"event":"pong","id":"1"})")
        == "not as described: /ts: Missing property.");
  CHECK(it.problem(R"({"event":"pong","id":"1","ts":1.5,"more":1})")
        == "not as described: /more: This is not described.");
}

TEST_CASE("of a flood of events some are looked at") {
  const auto* wrong = R"({"event":"typing"})";
  event_check it(1);
  CHECK(it.problem(wrong) != "");
  auto found = 0;
  for (auto i = 0; i < 100; ++i)
    found += it.problem(wrong).empty() ? 0 : 1;
  CHECK(found == 2);
}

TEST_CASE("sent may repeat what the client has said, and nothing else") {
  event_check it;
  it.sent(R"({"method":"send","id":"1","connection_id":"a","message":"b",)"
          R"("mine":1})");
  CHECK(it.problem(R"({"event":"sent","id":"1","mine":1})") == "");
  CHECK(it.problem(R"({"event":"sent","id":"1","yours":1})")
        == "not as described: /yours: This is not described.");
}

TEST_CASE("what is not as described must be refused") {
  event_check it;
  const auto* odd = R"({"method":"send","id":"1","connection_id":"a"})";
  it.sent(odd);
  CHECK(it.problem(R"({"event":"sent","id":"1","connection_id":"a",)"
                   R"("errors":[{"message":"No."}]})")
        == "");
  it.sent(odd);
  CHECK(it.problem(R"({"event":"sent","id":"1"})")
        == "an answer to what is not as described: "
           "/message: Missing property.");
  // It has had its answer.
  CHECK(it.problem(R"({"event":"sent","id":"1"})") == "");
  it.sent("no JSON");
  it.sent("[1]");
  CHECK(it.problem(R"({"event":"pong","id":2,"ts":1.5})") == "");
}
