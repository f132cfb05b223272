// SPDX-License-Identifier: Apache-2.0
#include "protocol/notification.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

TEST_CASE("a mention is a notification unless the two talk alone") {
  event what;
  what.highlight = true;
  what.conversation_id = "#room";
  what.from = "bob";
  CHECK(is_notification(what));
  what.highlight = false;
  CHECK_FALSE(is_notification(what));
  what.highlight = true;
  what.conversation_id = "bob[a]";
  what.from = "Bob{A}";
  CHECK_FALSE(is_notification(what));
  what.from = "somebody";
  CHECK(is_notification(what));
  what.conversation_id = "";
  CHECK_FALSE(is_notification(what));
}
