// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/fleet_options.hpp"

#include "actors/command_line/values.hpp"

#include <doctest/doctest.h>

using namespace convoy::actors::command_line;

namespace {

using strings = std::vector<std::string>;

serve_options in_fleet() {
  serve_options result;
  result.store = "postgresql://db/convoy";
  result.bus = "nats://bus:4222";
  result.node_id = "one";
  return result;
}

} // namespace

TEST_CASE("a server's store is shared, a file is not") {
  CHECK(is_shared("postgresql://db/convoy"));
  CHECK(is_shared("postgres://db/convoy"));
  CHECK_FALSE(is_shared("sqlite:postgresql:"));
}

TEST_CASE("a fleet has a store that is shared") {
  auto options = in_fleet();
  CHECK(contradictions(options).empty());
  options.store = "sqlite:a.sqlite";
  CHECK(contradictions(options)
        == strings{"--bus: the nodes of a fleet share a store, so --store must"
                   " be postgresql://…"});
}

TEST_CASE("a store that is shared needs no bus, but a name") {
  auto options = in_fleet();
  options.bus.clear();
  CHECK(contradictions(options).empty());
  options.node_id.clear();
  CHECK(contradictions(options)
        == strings{"--node-id: the name of this host is not fit to be one"});
}

TEST_CASE("what is said of a bus needs one") {
  serve_options options;
  options.bus_ca_file = "ca.pem";
  options.bus_credentials_file = "me.creds";
  CHECK(contradictions(options)
        == strings{"--bus-ca-file: there is no --bus",
                   "--bus-credentials-file: there is no --bus"});
}

TEST_CASE("the servers of a bus are NATS'") {
  std::string bus = "before";
  CHECK(read_bus("nats://a:4222,tls://b", bus).empty());
  CHECK(bus == "nats://a:4222,tls://b");
  CHECK(read_bus("", bus).empty());
  CHECK(bus.empty());
  const strings wrong{"a:4222", "http://a", "nats://a,", "nats://a,b", ","};
  for (const auto& each : wrong) {
    CHECK_FALSE(read_bus(each, bus).empty());
    CHECK(bus.empty());
  }
  // It may hold a password.
  CHECK(read_bus("https://me:secret@a", bus).find("secret")
        == std::string::npos);
}

TEST_CASE("a node's name is a word") {
  std::string name;
  CHECK(read_node_id("node-1.example_net", name).empty());
  CHECK(name == "node-1.example_net");
  CHECK(read_node_id("", name).empty());
  CHECK(read_node_id("one two", name)
        == "\"one two\" is not a name of at most 64 letters, digits, '.', '-'"
           " and '_'");
  CHECK_FALSE(read_node_id(std::string(65, 'a'), name).empty());
  CHECK_FALSE(host_name().empty());
}
