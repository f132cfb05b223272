// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <arpa/inet.h>
#include <csignal>
#include <cstdint>
#include <fcntl.h>
#include <netinet/in.h>
#include <spawn.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace convoy::net {

/// A real `nats-server` on a loopback port that was free.
class nats_server {
public:
  /// `config` in the server's own format.
  explicit nats_server(std::string_view config = "") : port_(free_port()) {
    folder_.write("nats.conf", config);
    start();
  }
  ~nats_server() {
    stop(SIGKILL);
  }
  nats_server(const nats_server&) = delete;
  nats_server& operator=(const nats_server&) = delete;

  void start() {
    const auto config = (folder_.path() / "nats.conf").string();
    std::vector<std::string> words{
        "nats-server",         "-a", "127.0.0.1", "-p",
        std::to_string(port_), "-c", config};
    std::vector<char*> arguments;
    for (auto& each : words)
      arguments.push_back(each.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    const auto log = (folder_.path() / "log").string();
    for (const auto stream : {STDOUT_FILENO, STDERR_FILENO})
      posix_spawn_file_actions_addopen(&files, stream, log.c_str(),
                                       O_WRONLY | O_CREAT | O_APPEND, 0600);
    // Debian has it where only root looks.
    auto failed = ::posix_spawnp(&pid_, words[0].c_str(), &files, nullptr,
                                 arguments.data(), environ);
    if (failed)
      failed = ::posix_spawn(&pid_, "/usr/sbin/nats-server", &files, nullptr,
                             arguments.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    REQUIRE_MESSAGE(failed == 0, "there is no nats-server");
  }
  void stop(int how = SIGTERM) {
    if (pid_ <= 0)
      return;
    ::kill(pid_, how);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }
  void tell(int what) const {
    ::kill(pid_, what);
  }

  /// `who` is `USER:PASSWORD@`, `TOKEN@` or "".
  std::string url(const std::string& who = "",
                  const std::string& scheme = "nats",
                  const std::string& host = "127.0.0.1") const {
    return scheme + "://" + who + host + ":" + std::to_string(port_);
  }
  const temporary_folder& folder() const {
    return folder_;
  }

  static std::uint16_t free_port() {
    const auto probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof where;
    auto* const address = reinterpret_cast<sockaddr*>(&where);
    REQUIRE(::bind(probe, address, size) == 0);
    REQUIRE(::getsockname(probe, address, &size) == 0);
    ::close(probe);
    return ntohs(where.sin_port);
  }

private:
  temporary_folder folder_;
  std::uint16_t port_;
  pid_t pid_ = 0;
};

} // namespace convoy::net
