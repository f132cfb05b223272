// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/node_commands.hpp"

#include <doctest/doctest.h>

#include <deque>
#include <sstream>

using namespace convoy::actors::command_line;
using namespace std::chrono_literals;

namespace {

/// A node that answers one thing after the other.
struct fake_node {
  int run(command::kind kind) {
    what.what = kind;
    what.options.internal_listen = {"127.0.0.1", 3001};
    return run_node_command(
        what, {in, out, err},
        [this](const std::string& method, const std::string& target,
               std::chrono::milliseconds pause) {
          asked += method + " " + target + (pause > 0ms ? " later" : "") + "\n";
          REQUIRE_FALSE(answers.empty());
          auto result = std::move(answers.front());
          answers.pop_front();
          return result;
        });
  }

  command what;
  std::deque<node_answer> answers;
  std::string asked;
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
};

const std::string report =
    R"({"version":"Convoy 1.2","checks":{"store":"ok","bus":"Not connected."},)"
    R"("ready":false,"node":"n1","sessions":1234,"users":5,"homes":4,)"
    R"("lease":{"epoch":7,"milliseconds_left":8123},"nodes":[)"
    R"({"name":"n1","version":"1.2","epoch":7,"homes":4,"draining":false},)"
    R"({"name":"n2","version":"1.1","epoch":6,"homes":9,"draining":true}]})";

node_answer nobody() {
  return {0, "", "cannot be reached: Connection refused", true};
}

} // namespace

TEST_CASE("status says what the node does, and what is wrong with it") {
  fake_node it;
  it.answers = {{503, report}};
  CHECK(it.run(command::kind::status) == 3);
  CHECK(it.asked == "GET /status\n");
  CHECK(it.out.str()
        == "version     Convoy 1.2\n"
           "node        n1\n"
           "ready       no\n"
           "            bus: Not connected.\n"
           "sessions    1,234\n"
           "users       5\n"
           "homes       4\n"
           "lease       epoch 7, 8,123 ms left\n"
           "nodes       n1  1.2  4 homes\n"
           "            n2  1.1  9 homes  draining\n");
  CHECK(it.err.str().empty());
}

TEST_CASE("status shows what a node warns of") {
  fake_node it;
  it.answers = {{200, R"({"version":"Convoy 1","checks":{"store":"ok"},)"
                      R"("warnings":{"bus":"Not connected."},"ready":true,)"
                      R"("node":"n1","sessions":0,"users":0,"homes":0,)"
                      R"("nodes":[]})"}};
  CHECK(it.run(command::kind::status) == 0);
  CHECK(it.out.str()
        == "version     Convoy 1\nnode        n1\nready       yes\n"
           "warning     bus: Not connected.\nsessions    0\n"
           "users       0\nhomes       0\n");
}

TEST_CASE("status of a node that is alone and well") {
  fake_node it;
  it.answers = {{200, R"({"version":"Convoy 1","checks":{"store":"ok"},)"
                      R"("ready":true,"node":"","sessions":0,"users":0,)"
                      R"("homes":0,"nodes":[]})"}};
  CHECK(it.run(command::kind::status) == 0);
  CHECK(it.out.str()
        == "version     Convoy 1\nready       yes\nsessions    0\n"
           "users       0\nhomes       0\n");
}

TEST_CASE("status in JSON is as the node answers") {
  fake_node it;
  it.what.json = true;
  it.answers = {{503, report}};
  CHECK(it.run(command::kind::status) == 3);
  CHECK(it.out.str() == report + "\n");
}

TEST_CASE("status of nobody, and of somebody else") {
  fake_node it;
  it.answers = {nobody(), {404, "no"}, {200, "<html>"}};
  CHECK(it.run(command::kind::status) == 1);
  CHECK(it.err.str()
        == "convoy: Convoy at 127.0.0.1:3001 cannot be reached: Connection"
           " refused\n");
  it.err.str("");
  CHECK(it.run(command::kind::status) == 1);
  CHECK(it.err.str() == "convoy: Convoy at 127.0.0.1:3001 answers 404: no\n");
  it.err.str("");
  CHECK(it.run(command::kind::status) == 1);
  CHECK(it.err.str()
        == "convoy: Convoy at 127.0.0.1:3001 answers 200: <html>\n");
  CHECK(it.out.str().empty());
}

TEST_CASE("drain waits until the node has gone, and says how far it is") {
  fake_node it;
  it.answers = {{202, R"({"draining":true})"},
                {503, R"({"sessions":2,"homes":3})"},
                {503, R"({"sessions":2,"homes":3})"},
                {503, R"({"sessions":0,"homes":1})"},
                nobody()};
  CHECK(it.run(command::kind::drain) == 0);
  CHECK(it.asked
        == "POST /drain\nGET /status later\nGET /status later\n"
           "GET /status later\nGET /status later\n");
  CHECK(it.out.str() == "2 sessions, 3 homes\n0 sessions, 1 homes\ndrained\n");
}

TEST_CASE("drain can be quiet") {
  fake_node it;
  it.what.quiet = true;
  it.answers = {{202, "{}"}, {503, R"({"sessions":2})"}, nobody()};
  CHECK(it.run(command::kind::drain) == 0);
  CHECK(it.out.str().empty());
}

TEST_CASE("drain says why it may not") {
  fake_node it;
  it.answers = {{403, "{\"errors\":[]}"}};
  CHECK(it.run(command::kind::drain) == 1);
  CHECK(it.err.str()
        == "convoy: Convoy at 127.0.0.1:3001 answers 403: {\"errors\":[]}\n");
  CHECK(it.out.str().empty());
}

TEST_CASE("a node that hangs while it drains is said to") {
  fake_node it;
  it.answers = {{202, "{}"}, {0, "", "does not answer in time.", false}};
  CHECK(it.run(command::kind::drain) == 1);
  CHECK(it.err.str()
        == "convoy: Convoy at 127.0.0.1:3001 does not answer in time.\n");
}
