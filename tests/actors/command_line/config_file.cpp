// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/config_file.hpp"

#include "tests/actors/store/scratch.hpp"

#include <doctest/doctest.h>

using namespace convoy::actors::command_line;
using convoy::tests::scratch;
using std::filesystem::perms;
using texts = std::vector<std::string>;

namespace {

struct config_fixture {
  /// Writes the file and applies it; the problems, without the file's path.
  texts read(const std::string& text) {
    place.write("convoy.toml", text, perms::owner_all);
    auto file = read_config(path);
    file.apply(options);
    for (auto& problem : file.problems) {
      REQUIRE(problem.starts_with(path + ":"));
      problem.erase(0, path.size() + 1);
    }
    return file.problems;
  }

  scratch place;
  std::string path = place.path("convoy.toml");
  serve_options options = default_options();
};

} // namespace

TEST_CASE_FIXTURE(config_fixture, "a file sets options of every kind") {
  CHECK(read("listen = '[::]:80'\n"
             "threads = 2\n"
             "open-registration = true\n"
             "irc-deny-private = false\n"
             "irc-connect-delay = 0.25\n"
             "ping-interval = '2m'\n"
             "allow-origin = ['https://a', 'https://b']\n"
             "trust-proxy = 'loopback'\n")
        == texts{});
  CHECK(options.listen.host == "::");
  CHECK(options.threads == 2);
  CHECK(options.node.open_registration);
  CHECK(options.irc_allow_private);
  CHECK(options.node.connect_delay.count() == 0.25);
  CHECK(options.ping_interval.count() == 120);
  CHECK(options.allowed_origins == texts{"https://a", "https://b"});
  CHECK(options.trusted_proxies == texts{"loopback"});
}

TEST_CASE_FIXTURE(config_fixture, "an unknown key names its line and the "
                                  "nearest key") {
  CHECK(read("# a comment\n\nlisen = 'x'\n[store]\npath = 'x'\n")
        == texts{"3: unknown key \"lisen\"; did you mean \"listen\"?",
                 "4: store: takes one value"});
  CHECK(read("config = 'x'\n").size() == 1);
}

TEST_CASE_FIXTURE(config_fixture, "bad values name line and key, in order") {
  CHECK(read("threads = 'many'\n"
             "log-level = 3\n"
             "listen = ['127.0.0.1:1']\n"
             "allow-origin = [['https://a']]\n"
             "event-time = 1979-05-27\n")
        == texts{"3: listen: takes one value",
                 "4: allow-origin: takes a list of texts",
                 "5: event-time: takes one value",
                 "1: threads: \"many\" is not a number of 0 to 1024",
                 "2: log-level: \"3\" is none of debug, info, warning, error"});
}

TEST_CASE_FIXTURE(config_fixture, "what is no TOML names its line") {
  const auto problems = read("listen = '127.0.0.1:1'\nthreads = \n");
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].starts_with("2: "));
  CHECK(read("threads = 1\nthreads = 2\n").size() == 1);
  CHECK(read(std::string("a = '\xff'\n")).size() == 1);
}

TEST_CASE_FIXTURE(config_fixture, "a key and its opposite exclude each other") {
  CHECK(read("irc-allow-private = true\nirc-deny-private = true\n")
        == texts{"2: irc-deny-private: is given already, as " + path
                 + ":1: irc-allow-private"});
}

TEST_CASE("a file that cannot be read says why") {
  const scratch place;
  const auto missing = place.path("missing.toml");
  CHECK(read_config(missing).problems
        == texts{missing + ": No such file or directory"});
  const auto folder = place.path(".");
  CHECK(read_config(folder).problems == texts{folder + ": Is a directory"});
  place.write("large", std::string(1024 * 1024 + 1, '\n'), perms::owner_read);
  CHECK(read_config(place.path("large")).problems
        == texts{place.path("large") + ": is larger than 1 MiB"});
}

TEST_CASE_FIXTURE(config_fixture, "the default file holds every option and is "
                                  "good as it is") {
  const auto text = default_config();
  for (const auto& each : convoy::actors::command_line::options()) {
    CHECK(text.find("\n" + std::string{each.name} + " = ")
          != std::string::npos);
    CHECK(text.find(each.help) != std::string::npos);
  }
  options.listen.port = 1;
  options.node.open_registration = true;
  options.allowed_origins = {"https://a"};
  CHECK(read(text) == texts{});
  CHECK(options.listen.port == 3000);
  CHECK_FALSE(options.node.open_registration);
  CHECK(options.allowed_origins.empty());
}
