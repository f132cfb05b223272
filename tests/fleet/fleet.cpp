// SPDX-License-Identifier: Apache-2.0
#include "tests/fleet/fleet.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace convoy::fleet {

namespace {

std::string read_file(const std::string& path) {
  std::ifstream file(path);
  if (!file)
    throw scenarios::failure("cannot read " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_file(const std::string& path, const std::string& text) {
  std::ofstream file(path);
  if (!(file << text))
    throw scenarios::failure("cannot write " + path);
}

/// The lines from the one that is `first` until one that begins with `next`.
std::string part_of(const std::string& text, const std::string& first,
                    const std::string& next) {
  const auto begin = text.find('\n' + first);
  const auto end = text.find('\n' + next, begin);
  if (begin == text.npos || end == text.npos)
    throw scenarios::failure("no part " + first + " in HAProxy's file");
  return text.substr(begin + 1, end - begin);
}

bool has_faketime() {
  for (const auto& each : std::filesystem::directory_iterator("/usr/lib"))
    if (std::filesystem::exists(each.path() / "faketime/libfaketimeMT.so.1"))
      return true;
  return false;
}

} // namespace

fleet::fleet(scenarios::world& in, const options& how)
    : world_(in),
      how_(how),
      port_(quiet_port(in)),
      bus_port_(quiet_port(in)),
      store_(in),
      bus_(std::make_unique<server_program>(
          in,
          std::vector<std::string>{"nats-server", "--addr", "127.0.0.1",
                                   "--port", std::to_string(bus_port_)},
          folder_.path(), "Server is ready")) {
  bus_->start(patience);
  if (!how.dump.empty())
    store_.look()->run(read_file(how.dump));
  // All nodes have the same key, which only a test may choose.
  write_file(folder_.path() + "/convoy.key", std::string(64, '5') + '\n');
  std::filesystem::permissions(folder_.path() + "/convoy.key",
                               std::filesystem::perms::owner_read
                                   | std::filesystem::perms::owner_write);
  for (std::size_t i = 1; i <= how.nodes; ++i)
    nodes_.push_back(make_node("n" + std::to_string(i)));
  write_file(folder_.path() + "/haproxy.cfg", proxy_configuration());
  proxy_ = std::make_unique<server_program>(
      in,
      std::vector<std::string>{"haproxy", "-db", "-f",
                               folder_.path() + "/haproxy.cfg"},
      folder_.path(), "");
}

std::unique_ptr<node> fleet::make_node(const std::string& name) {
  // One of them has a clock that can be set.
  const auto has_clock = nodes_.size() == 1 && how_.faults.contains("clock");
  if (has_clock && !has_faketime())
    throw scenarios::failure("libfaketime is missing: install it, or leave"
                             " `clock` out of --faults");
  const auto clock = has_clock ? folder_.path() + "/clock" : std::string();
  // So that the IRC server can tell them apart.
  const auto address = "127.0.0." + std::to_string(11 + nodes_.size());
  return std::make_unique<node>(
      world_, node::settings{how_.convoy,
                             name,
                             store_.port(),
                             bus_port_,
                             address,
                             {"--key-file=" + folder_.path() + "/convoy.key",
                              "--open-registration",
                              // Just enough for all to register.
                              "--login-burst=" + std::to_string(how_.users),
                              "--login-interval=1h", "--irc-connect-delay=0.01",
                              "--irc-connect-delay-max=0.5",
                              "--lease=" + std::to_string(how_.lease.count()),
                              "--threads=1", "--rebalance=100"},
                             clock});
}

void fleet::start() {
  proxy_->start(patience);
  for (const auto& each : nodes_)
    each->start();
}

bool fleet::serves_people() {
  return is_answered(world_, port_, "/api/user", 401);
}

/// What people have in front of their nodes: how it looks at them, whom it
/// sends where, and whose sessions it ends. Only where it listens and where the
/// nodes are is of the test, and a header that says which one answers.
std::string fleet::proxy_configuration() const {
  const auto shipped = read_file(HAPROXY_CFG);
  std::string result = "global\n  log stdout format raw local0\n"
                       + part_of(shipped, "defaults\n", "frontend ")
                       + "frontend people\n  bind 127.0.0.1:"
                       + std::to_string(port_) + "\n  default_backend nodes\n"
                       + part_of(shipped, "backend nodes\n", "  server ")
                       + "  http-response set-header X-Node %s\n";
  for (const auto& each : nodes_)
    result += "  server " + each->name()
              + " 127.0.0.1:" + std::to_string(each->public_port()) + " port "
              + std::to_string(each->health_port()) + '\n';
  return result;
}

void fleet::keep_logs(const std::string& folder) const {
  std::filesystem::create_directories(folder);
  for (const auto& each : nodes_)
    write_file(folder + '/' + each->name() + ".log", each->log());
  write_file(folder + "/postgres.log", store_.log());
  write_file(folder + "/nats.log", bus_->log());
  write_file(folder + "/haproxy.log", proxy_->log());
}

} // namespace convoy::fleet
