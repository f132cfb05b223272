// SPDX-License-Identifier: Apache-2.0
#include "protocol/event.hpp"

#include <doctest/doctest.h>

#include <array>
#include <utility>

using namespace convoy::protocol;

TEST_CASE("every kind of event has its name of the wire") {
  const std::array<std::pair<event_kind, std::string_view>, 13> names{{
      {event_kind::direct, "private"},
      {event_kind::notice, "notice"},
      {event_kind::action, "action"},
      {event_kind::error, "error"},
      {event_kind::preformat, "preformat"},
      {event_kind::connection, "connection"},
      {event_kind::info, "info"},
      {event_kind::frozen, "frozen"},
      {event_kind::join, "join"},
      {event_kind::part, "part"},
      {event_kind::quit, "quit"},
      {event_kind::nick_change, "nick_change"},
      {event_kind::mode, "mode"},
  }};
  for (const auto& [kind, name] : names)
    CHECK(to_string(kind) == name);
}

TEST_CASE("messages are told from state") {
  CHECK(is_message(event_kind::direct));
  CHECK(is_message(event_kind::preformat));
  CHECK_FALSE(is_message(event_kind::connection));
  CHECK_FALSE(is_message(event_kind::mode));
}
