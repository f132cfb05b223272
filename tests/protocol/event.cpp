// SPDX-License-Identifier: Apache-2.0
#include "protocol/event.hpp"

#include <doctest/doctest.h>

#include <array>
#include <utility>

using namespace convoy::protocol;

TEST_CASE("every kind of event has its name of the wire") {
  const std::array<std::pair<event_kind, std::string_view>, 25> names{{
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
      {event_kind::reaction, "reaction"},
      {event_kind::invite, "invite"},
      {event_kind::typing, "typing"},
      {event_kind::away, "away"},
      {event_kind::account, "account"},
      {event_kind::host, "host"},
      {event_kind::realname, "realname"},
      {event_kind::redact, "redact"},
      {event_kind::rename, "rename"},
      {event_kind::presence, "presence"},
      {event_kind::read, "read"},
      {event_kind::queued, "queued"},
  }};
  for (const auto& [kind, name] : names)
    CHECK(to_string(kind) == name);
}

TEST_CASE("messages are told from state") {
  CHECK(is_message(event_kind::direct));
  CHECK(is_message(event_kind::preformat));
  CHECK(is_message(event_kind::reaction));
  CHECK_FALSE(is_message(event_kind::connection));
  CHECK_FALSE(is_message(event_kind::mode));
}

TEST_CASE("what passes is told from what is stored") {
  CHECK(is_passing(event_kind::typing));
  CHECK(is_passing(event_kind::queued));
  CHECK_FALSE(is_passing(event_kind::read));
  CHECK_FALSE(is_passing(event_kind::direct));
}
