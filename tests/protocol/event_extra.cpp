// SPDX-License-Identifier: Apache-2.0
#include "protocol/event_extra.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

TEST_CASE("the id of a message") {
  event what;
  CHECK(msgid_of(what) == "");
  what.extra = R"({"account":"msgid"})";
  CHECK(msgid_of(what) == "");
  what.extra = R"({"account":"bob","msgid":"a\"b"})";
  CHECK(msgid_of(what) == "a\"b");
  what.extra = R"({"msgid":7})";
  CHECK(msgid_of(what) == "");
  what.extra = "msgid";
  CHECK(msgid_of(what) == "");
  what.extra = R"({"msgid":"x"})";
  what.kind = event_kind::mode;
  CHECK(msgid_of(what) == "");
}
