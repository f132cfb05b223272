// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/bench/loop.hpp"
#include "tests/bench/unique_fd.hpp"

#include <cstdint>
#include <fstream>
#include <string>
#include <sys/types.h>
#include <vector>

namespace convoy::bench {

/// Keeps the calling thread, and what it starts, on one CPU.
void pin_to(std::int64_t cpu);

/// The server that is measured.
class server_process final : public watcher {
public:
  /// Starts `command` on `cpu`; what it writes goes to the file `log`.
  server_process(loop& events, const std::vector<std::string>& command,
                 std::int64_t cpu, const std::string& log);
  /// Kills the process: nothing of it is kept.
  ~server_process() override;

  void ready(std::uint32_t events) override;
  /// The port of the public listener; 0 until the server has logged it as
  /// `event=listening listener=public … port=N`.
  [[nodiscard]] std::uint16_t port() const {
    return port_;
  }
  /// Monotonic time just before the start.
  [[nodiscard]] std::int64_t started() const {
    return started_;
  }
  /// Nanoseconds of CPU that all its threads have used, user and system.
  [[nodiscard]] std::int64_t cpu_ns() const;
  /// Resident memory in KiB.
  [[nodiscard]] std::int64_t resident_kib() const;

private:
  void read_port(std::string_view line);

  std::string log_path_;
  std::ofstream log_;
  std::string line_;
  unique_fd output_;
  std::int64_t started_ = 0;
  pid_t pid_ = 0;
  std::uint16_t port_ = 0;
};

} // namespace convoy::bench
