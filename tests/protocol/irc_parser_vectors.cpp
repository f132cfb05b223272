// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_message.hpp"
#include "protocol/text.hpp"

#include <doctest/doctest.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

using namespace convoy::protocol;

namespace {

using string_map = std::map<std::string, std::string>;
using strings = std::vector<std::string>;

YAML::Node vectors(const std::string& file) {
  return YAML::LoadFile(std::string(CONVOY_TEST_DATA) + "/" + file)["tests"];
}

/// The value of `key`, or what its type is by default.
template <class T>
T value(const YAML::Node& node, const char* key) {
  return node[key] ? node[key].as<T>() : T{};
}

} // namespace

TEST_CASE("lines are split as the public vectors say") {
  auto tests = vectors("msg-split.yaml");
  REQUIRE(tests.size() >= 30);
  for (const auto& test : tests) {
    const auto input = test["input"].as<std::string>();
    CAPTURE(input);
    const auto atoms = test["atoms"];
    const auto message = parse_irc_line(input);
    REQUIRE(message);
    CHECK(string_map(message->tags.begin(), message->tags.end())
          == value<string_map>(atoms, "tags"));
    CHECK(message->source == value<std::string>(atoms, "source"));
    // The vectors keep the case of the command, the parser does not.
    CHECK(to_lower_ascii(message->command)
          == to_lower_ascii(value<std::string>(atoms, "verb")));
    CHECK(message->params == value<strings>(atoms, "params"));
  }
}

TEST_CASE("lines are joined as the public vectors say") {
  auto tests = vectors("msg-join.yaml");
  REQUIRE(tests.size() >= 15);
  for (const auto& test : tests) {
    const auto atoms = test["atoms"];
    irc_message message;
    const auto tags = value<string_map>(atoms, "tags");
    message.tags.assign(tags.begin(), tags.end());
    message.source = value<std::string>(atoms, "source");
    message.command = value<std::string>(atoms, "verb");
    message.params = value<strings>(atoms, "params");
    const auto matches = test["matches"].as<strings>();
    const auto line = format_irc_line(message);
    REQUIRE(line);
    CAPTURE(*line);
    CHECK(std::count(matches.begin(), matches.end(), *line) == 1);
  }
}

TEST_CASE("sources are split as the public vectors say") {
  auto tests = vectors("userhost-split.yaml");
  REQUIRE(tests.size() >= 7);
  for (const auto& test : tests) {
    const auto input = test["source"].as<std::string>();
    CAPTURE(input);
    const auto source = split_source(input);
    const auto atoms = test["atoms"];
    CHECK(source.nick == value<std::string>(atoms, "nick"));
    CHECK(source.user == value<std::string>(atoms, "user"));
    CHECK(source.host == value<std::string>(atoms, "host"));
    CHECK(source.is_person == (input.find('!') != std::string::npos));
  }
}
