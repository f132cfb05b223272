// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/option_table.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace convoy::actors;
using namespace convoy::actors::command_line;

TEST_CASE("every default of the table is a good value") {
  for (const auto& each : options()) {
    serve_options ignored;
    if (each.kind != option_kind::list)
      CHECK_MESSAGE(each.set(ignored, {std::string{each.fallback}}).empty(),
                    each.name);
    CHECK_FALSE_MESSAGE(each.help.empty(), each.name);
    CHECK_MESSAGE((each.kind == option_kind::flag) == each.value.empty(),
                  each.name);
  }
}

TEST_CASE("the table's defaults are those of the types") {
  const auto made = default_options();
  const serve_options plain;
  CHECK(made.listen.port == plain.listen.port);
  CHECK(made.internal_listen.port == plain.internal_listen.port);
  CHECK(made.store == plain.store);
  CHECK(made.store_full_sync == plain.store_full_sync);
  CHECK(made.irc_allow_private == plain.irc_allow_private);
  CHECK(made.irc_connect_timeout == plain.irc_connect_timeout);
  CHECK(made.inactive_timeout == plain.inactive_timeout);
  CHECK(made.ping_interval == plain.ping_interval);
  CHECK(made.log_level == plain.log_level);
  CHECK(made.log_format == plain.log_format);
  CHECK(made.threads == plain.threads);
  CHECK(made.stop_timeout == plain.stop_timeout);
  CHECK(made.node.open_registration == plain.node.open_registration);
  CHECK(made.node.cost == plain.node.cost);
  CHECK(made.node.session_lifetime == plain.node.session_lifetime);
  CHECK(made.node.invite_lifetime == plain.node.invite_lifetime);
  CHECK(made.node.default_connection == plain.node.default_connection);
  CHECK(made.node.event_time == plain.node.event_time);
  CHECK(made.node.connect_delay == plain.node.connect_delay);
  CHECK(made.node.connect_delay_max == plain.node.connect_delay_max);
  CHECK(made.node.irc_read_timeout == plain.node.irc_read_timeout);
  CHECK(made.node.command_timeout == plain.node.command_timeout);
  CHECK(made.node.names_timeout == plain.node.names_timeout);
  CHECK(made.node.nick_interval == plain.node.nick_interval);
}

TEST_CASE("options are found by name and by opposite, which are unique") {
  CHECK(find_option("store").what->name == "store");
  CHECK_FALSE(find_option("store").is_opposite);
  CHECK(find_option("irc-deny-private").what->name == "irc-allow-private");
  CHECK(find_option("irc-deny-private").is_opposite);
  CHECK(find_option("").what == nullptr);
  CHECK(find_option("config").what == nullptr);
  const auto names = option_names();
  CHECK(std::set<std::string>(names.begin(), names.end()).size()
        == names.size());
}

TEST_CASE("an option's variable is its name in capitals") {
  CHECK(variable_name("irc-connect-delay-max")
        == "CONVOY_IRC_CONNECT_DELAY_MAX");
}
