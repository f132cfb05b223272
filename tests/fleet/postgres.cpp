// SPDX-License-Identifier: Apache-2.0
#include "tests/fleet/postgres.hpp"

#include <csignal>
#include <filesystem>
#include <pwd.h>
#include <unistd.h>
#include <vector>

namespace convoy::fleet {

namespace {

using scenarios::failure;

constexpr std::chrono::seconds patience{60};

/// The folder of the newest PostgreSQL, as Debian has them, with its `/`; ""
/// when only the search path knows.
std::string programs() {
  std::string result;
  std::error_code none;
  for (const auto& each :
       std::filesystem::directory_iterator("/usr/lib/postgresql", none))
    if (const auto bin = each.path() / "bin/";
        std::filesystem::exists(bin / "postgres")
        && (result.empty() || bin.string() > result))
      result = bin.string();
  return result;
}

/// It does not want to be root.
std::vector<std::string> unprivileged(std::vector<std::string> arguments) {
  if (::geteuid() != 0)
    return arguments;
  std::vector<std::string> result{"setpriv",         "--reuid=nobody",
                                  "--regid=nogroup", "--clear-groups",
                                  "--pdeathsig",     "keep"};
  result.insert(result.end(), arguments.begin(), arguments.end());
  return result;
}

void give_away(const std::string& folder) {
  const auto* nobody = ::getpwnam("nobody");
  if (::geteuid() == 0
      && (!nobody
          || ::chown(folder.c_str(), nobody->pw_uid, nobody->pw_gid) != 0))
    throw failure("cannot give away " + folder);
}

} // namespace

postgres::postgres(scenarios::world& in) : port_(quiet_port(in)) {
  const auto data = folder_.path() + "/data";
  give_away(folder_.path());
  server_program(in,
                 unprivileged({programs() + "initdb", "--pgdata=" + data,
                               "--username=convoy", "--auth=trust",
                               "--encoding=UTF8", "--locale=C", "--no-sync"}),
                 folder_.path(), "Success.")
      .start(patience);
  server_ = std::make_unique<server_program>(
      in,
      unprivileged({programs() + "postgres", "-D", data, "-p",
                    std::to_string(port_), "-c", "listen_addresses=127.0.0.1",
                    "-c", "unix_socket_directories=", "-c",
                    // For whoever has to find out why something took long.
                    "log_lock_waits=on", "-c",
                    "log_min_duration_statement=2s"}),
      folder_.path(), "ready to accept connections");
  start();
  postgres_probe("host=127.0.0.1 user=convoy dbname=postgres port="
                 + std::to_string(port_))
      .run("CREATE DATABASE convoy");
}

std::string postgres::url(std::uint16_t port) const {
  return "postgresql://convoy@127.0.0.1:" + std::to_string(port) + "/convoy";
}

void postgres::crash() {
  server_->end(SIGQUIT, patience);
}

void postgres::start() {
  server_->start(patience);
}

bool postgres::running() const noexcept {
  return server_ && server_->running();
}

std::unique_ptr<postgres_probe> postgres::look() const {
  return std::make_unique<postgres_probe>(url(port_));
}

std::string postgres::log() const {
  return server_->log();
}

} // namespace convoy::fleet
