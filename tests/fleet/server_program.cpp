// SPDX-License-Identifier: Apache-2.0
#include "tests/fleet/server_program.hpp"

#include "tests/scenarios/runner/failure.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <random>
#include <utility>

namespace convoy::fleet {

namespace {

using boost::asio::ip::tcp;
using scenarios::failure;

// Below the usual ip_local_port_range, above what has names.
constexpr unsigned first_port = 20'000;
constexpr unsigned ports = 12'000;

} // namespace

std::uint16_t quiet_port(scenarios::world& in) {
  // Nobody gets one twice: its server may not listen yet.
  static auto next = std::random_device()() % ports;
  for (unsigned tries = 0; tries < ports; ++tries) {
    const auto port = static_cast<std::uint16_t>(first_port + next++ % ports);
    tcp::acceptor probe(in.io(), tcp::v4());
    boost::system::error_code taken;
    probe.bind({boost::asio::ip::address_v4::loopback(), port}, taken);
    if (!taken)
      return port;
  }
  throw failure("no port is free");
}

server_program::server_program(scenarios::world& in,
                               std::vector<std::string> arguments,
                               std::string directory, std::string ready)
    : world_(in),
      arguments_(std::move(arguments)),
      directory_(std::move(directory)),
      ready_(std::move(ready)) {}

void server_program::start(std::chrono::milliseconds limit) {
  earlier_ = log();
  process_ = std::make_unique<scenarios::process>(
      world_.io(),
      scenarios::command{arguments_,
                         {{"PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:"
                                   "/usr/bin:/sbin:/bin"}},
                         directory_,
                         {}});
  world_.wait(limit, [this] { return serves() || process_->exit_code(); });
  if (!serves())
    throw failure(arguments_.front() + " does not serve:\n" + log());
}

bool server_program::serves() const {
  return process_->errors().find(ready_) != std::string::npos
         || process_->output().find(ready_) != std::string::npos;
}

void server_program::end(int signal, std::chrono::milliseconds limit) {
  process_->signal(signal);
  if (!world_.wait(limit, [this] { return process_->exit_code().has_value(); }))
    throw failure(arguments_.front() + " does not end");
}

bool server_program::running() const noexcept {
  return process_ && !process_->exit_code();
}

std::string server_program::log() const {
  return process_ ? earlier_ + process_->output() + process_->errors()
                  : earlier_;
}

} // namespace convoy::fleet
