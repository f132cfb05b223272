// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/reload.hpp"

#include "actors/command_line/parse.hpp"

#include <doctest/doctest.h>

using namespace convoy::actors::command_line;

namespace {

option_values read(std::vector<const char*> arguments,
                   const environment& variables = {}) {
  arguments.insert(arguments.begin(), {"convoy", "serve"});
  const auto parsed =
      parse(static_cast<int>(arguments.size()), arguments.data(), variables);
  REQUIRE(std::holds_alternative<command>(parsed));
  return std::get<command>(parsed).values;
}

using names = std::vector<std::string>;

} // namespace

TEST_CASE("what was read has every option") {
  const auto plain = default_values();
  CHECK(read({}) == plain);
  CHECK(plain.at("log-level") == names{"info"});
  CHECK(plain.at("allow-origin").empty());
  auto given = read({"--log-level=debug"}, {{"CONVOY_LOG_FORMAT", "json"}});
  CHECK(given.at("log-level") == names{"debug"});
  CHECK(given.at("log-format") == names{"json"});
}

TEST_CASE("two readings that say the same differ in nothing") {
  const auto same = compare_options(read({"--log-level=debug"}),
                                    read({}, {{"CONVOY_LOG_LEVEL", "debug"}}));
  CHECK(same.live.empty());
  CHECK(same.after_restart.empty());
}

TEST_CASE("what may change while a node runs is told from what may not") {
  const auto found = compare_options(
      read({"--log-level=debug", "--allow-origin=https://a.example"}),
      read({"--log-requests", "--threads=3", "--trust-proxy=loopback",
            "--listen=127.0.0.1:4000"}));
  CHECK(found.live
        == names{"allow-origin", "trust-proxy", "log-level", "log-requests"});
  CHECK(found.after_restart == names{"listen", "threads"});
}
