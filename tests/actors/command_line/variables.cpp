// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/variables.hpp"

#include "tests/actors/store/scratch.hpp"

#include <doctest/doctest.h>

using namespace convoy::actors::command_line;
using convoy::tests::scratch;
using std::filesystem::perms;

namespace {

serve_options applied(variables from) {
  auto result = default_options();
  from.options.apply(result);
  CHECK(from.options.problems == std::vector<std::string>{});
  return result;
}

std::vector<std::string> problems(const environment& from) {
  auto read = read_variables(from);
  serve_options ignored;
  read.options.apply(ignored);
  return read.options.problems;
}

} // namespace

TEST_CASE("entries of the environment are split at the first equals sign") {
  const std::vector<const char*> entries{"A=1=2", "B=", "nothing", nullptr};
  const auto read = read_environment(entries.data());
  CHECK(read == environment{{"A", "1=2"}, {"B", ""}});
}

TEST_CASE("every kind of option is read; other variables are not ours") {
  const auto options = applied(
      read_variables({{"CONVOY_LISTEN", "0.0.0.0:1"},
                      {"CONVOY_OPEN_REGISTRATION", "yes"},
                      {"CONVOY_IRC_DENY_PRIVATE", "false"},
                      {"CONVOY_THREADS", "3"},
                      {"CONVOY_KEY_FILE", "/k"},
                      {"CONVOY_ALLOW_ORIGIN", "https://a, https://b https://c"},
                      {"CONVOYS", "x"},
                      {"PATH", "/bin"}}));
  CHECK(options.listen.host == "0.0.0.0");
  CHECK(options.node.open_registration);
  CHECK(options.irc_allow_private);
  CHECK(options.threads == 3);
  CHECK(options.key_file == "/k");
  CHECK(options.allowed_origins
        == std::vector<std::string>{"https://a", "https://b", "https://c"});
}

TEST_CASE("a variable with _FILE names a file that holds the value") {
  const scratch place;
  place.write("url", "irc://irc.example.org/\r\n", perms::owner_read);
  place.write("two", "info\n\n", perms::owner_read);
  const auto read =
      read_variables({{"CONVOY_DEFAULT_CONNECTION_FILE", place.path("url")},
                      {"CONVOY_CONFIG_FILE", place.path("url")}});
  CHECK(applied(read).node.default_connection == "irc://irc.example.org/");
  CHECK(read.config == "irc://irc.example.org/");
  // One newline ends the value; another is part of it.
  CHECK(problems({{"CONVOY_LOG_LEVEL_FILE", place.path("two")}})
        == std::vector<std::string>{
            "CONVOY_LOG_LEVEL_FILE: \"info?\" is none of debug, info, warning,"
            " error"});
  const auto missing = place.path("missing");
  CHECK(problems({{"CONVOY_STORE_FILE", missing}})
        == std::vector<std::string>{"CONVOY_STORE_FILE: " + missing
                                    + ": No such file or directory"});
}

TEST_CASE("a variable that is unknown names the nearest") {
  CHECK(problems({{"CONVOY_LISEN", "x"}})
        == std::vector<std::string>{"CONVOY_LISEN: there is no such option; "
                                    "did you mean CONVOY_LISTEN?"});
  CHECK(problems({{"CONVOY_CONFG", "x"}})
        == std::vector<std::string>{"CONVOY_CONFG: there is no such option; "
                                    "did you mean CONVOY_CONFIG?"});
  for (const auto* wrong :
       {"CONVOY_", "CONVOY_listen", "CONVOY_KEY-FILE", "CONVOY__FILE"})
    CHECK_MESSAGE(problems({{wrong, "x"}}).size() == 1, wrong);
}

TEST_CASE("a bad value names its variable") {
  CHECK(
      problems({{"CONVOY_LISTEN", "here"}})
      == std::vector<std::string>{"CONVOY_LISTEN: \"here\" is not HOST:PORT"});
  CHECK(problems({{"CONVOY_IRC_DENY_PRIVATE", "maybe"}})
            .front()
            .starts_with("CONVOY_IRC_DENY_PRIVATE: \"maybe\" is none of "));
}

TEST_CASE("one option may not be given by two variables") {
  const scratch place;
  place.write("x", "sqlite:x", perms::owner_read);
  CHECK(problems({{"CONVOY_STORE", "sqlite:a"},
                  {"CONVOY_STORE_FILE", place.path("x")}})
        == std::vector<std::string>{
            "CONVOY_STORE_FILE: is given already, as CONVOY_STORE"});
  CHECK(problems({{"CONVOY_IRC_ALLOW_PRIVATE", "1"},
                  {"CONVOY_IRC_DENY_PRIVATE", "1"}})
            .size()
        == 1);
  CHECK(problems(
            {{"CONVOY_CONFIG", "a"}, {"CONVOY_CONFIG_FILE", place.path("x")}})
            .size()
        == 1);
}
