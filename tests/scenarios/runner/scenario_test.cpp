// SPDX-License-Identifier: Apache-2.0
#include "scenario.hpp"
#include "stage.hpp"

#include <doctest/doctest.h>

#include <fstream>

using namespace convoy::scenarios;

namespace {

/// Runs a scenario that needs no convoy: IRC clients on the scripted server.
std::string run(const std::string& text) {
  temporary_directory directory;
  auto path = directory.path() + "/t.scenario";
  std::ofstream(path) << text;
  auto report = run_scenario("/bin/false", path);
  auto at = report.find(path);
  return at == 0 ? report.substr(directory.path().size() + 1) : report;
}

bool contains(const std::string& text, const std::string& what) {
  auto found = text.find(what) != text.npos;
  if (!found)
    MESSAGE(text);
  return found;
}

const std::string two_peers = "irc net\nircclient bob $net.port\n";

} // namespace

TEST_CASE("a conversation that comes true passes") {
  CHECK(run(two_peers
            + "bob > NICK bob\n"
              "bob > PRIVMSG #a :\\x01ACTION waves\\x01\n"
              "net < NICK $nick\n"
              "net < PRIVMSG * :\\x01ACTION waves\\x01\n"
              "net > :srv 001 $nick :Welcome $nick\n"
              "bob < :* 001 bob :Welcome bob\n"
              "net nothing until pong\n"
              "drop net\n"
              "bob closed\n")
        == "");
}

TEST_CASE("a failed line shows place, expectation, what came and what was") {
  auto report = run(two_peers
                    + "net > first\nnet > second\n"
                      "bob < first\n"
                      "bob < third\n");
  CHECK(contains(report, "t.scenario:6: bob < third\n"
                         "expected\n    third\nbut got\n    second\n"));
  CHECK(contains(report, "the last things bob got:\n    first\n"));
}

TEST_CASE("a line that never comes fails at the deadline") {
  auto report = run(two_peers + "net connected\nwithin 20ms bob < hello\n");
  CHECK(contains(report, "but got nothing in time"));
}

TEST_CASE("a strict peer fails on what it did not expect, a loose one skips") {
  auto text = two_peers + "net > one\nnet > two\n";
  CHECK(contains(run(text + "bob < two\n"), "but got\n    one"));
  CHECK(run(text + "bob loose\nbob < two\n") == "");
}

TEST_CASE("unordered lines come in any order, each once") {
  auto text = two_peers + "net > one\nnet > two\nunordered {\n";
  CHECK(run(text + "  bob < two\n  bob < one\n}\n") == "");
  CHECK(contains(run(text + "  bob < two\n  bob < two\n}\n"),
                 "one of the unordered lines\nbut got\n    one"));
}

TEST_CASE("nothing is nothing: a line before the pong fails") {
  auto report = run(two_peers
                    + "bob > hello\nbob > PONG :fence-1\n"
                      "net nothing until pong\n");
  CHECK(contains(report, "it came before the pong"));
}

TEST_CASE("connections to one server are counted") {
  CHECK(run("irc net\n"
            "ircclient bob $net.port\nbob > 1\nnet < 1\n"
            "ircclient cat $net.port\ncat > 2\nnet#2 < 2\n"
            "drop net#2\ncat closed\n"
            "refuse net\nircclient dan $net.port\ndan closed\n"
            "accept net\nircclient eve $net.port\neve > 3\nnet#3 < 3\n")
        == "");
}

TEST_CASE("the memory of a program that does not run is not known") {
  CHECK(contains(run("memory below 100 MiB\n"), "convoy does not run"));
  CHECK(contains(run("memory below 100\n"), "memory below NUMBER MiB"));
}

TEST_CASE("commands are run with input, environment and files") {
  CHECK(run("env GREETING=hello\n"
            "file data <<END\nsome text\nEND\n"
            "run sh -c 'cat data -; echo $$GREETING; echo oops >&2; exit 3' "
            "<<END\nfrom input\nEND\n"
            "  exit 3\n"
            "  stdout contains some text\n"
            "  stdout has from $source\n"
            "  stdout has hello\n"
            "  stdout lacks oops\n"
            "  stderr has oops\n"
            "run true\n"
            "  exit 0\n"
            "  stdout is empty\n")
        == "");
  auto report = run("run sh -c 'echo out; exit 1'\n  exit 0\n");
  CHECK(contains(report, "t.scenario:2: expected\n    exit 0\nbut got exit 1"));
  CHECK(contains(report, "out"));
}

TEST_CASE("a part of a text gets a name") {
  CHECK(run("let token http://h/?token=abc&exp=1 ~/token=([^&]+)/~\n"
            "run echo $token\n  exit 0\n  stdout has abc\n")
        == "");
  CHECK(contains(run("let x abc ~/(d)/~\n"), "in\n    abc"));
}

TEST_CASE("a mistake in a scenario is called one") {
  CHECK(contains(run("nobody > x\n"), "the scenario is wrong: nobody is"));
  CHECK(contains(run("run true\n"), "run needs an exit line"));
  CHECK(contains(run("within soon run true\n"), "a time is 30s or 500ms"));
  CHECK(contains(run(two_peers + "bob sings\n"), "bob cannot sings"));
}

TEST_CASE("a program that does not serve is reported") {
  CHECK(contains(run("serve\n"), "t.scenario:1: serve\n"
                                 "convoy serve ended with exit code 1"));
}
