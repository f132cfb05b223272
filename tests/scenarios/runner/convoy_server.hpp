// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "process.hpp"
#include "world.hpp"

#include <csignal>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace convoy::scenarios {

/// `convoy serve` as the scenarios run it: on free ports, with a store and a
/// key of its own in one directory.
class convoy_server {
public:
  /// How it is started; `bare` leaves out the options that make a test easy
  /// (private IRC servers allowed, cheap password hashes).
  struct settings {
    std::string program;
    std::string directory;
    std::map<std::string, std::string> environment;
    std::vector<std::string> options; ///< each replaces the default it names
    bool bare = false;
  };

  explicit convoy_server(world& in) : world_(in) {}

  /// Starts it and waits for its ports.
  /// @throws failure when it ends or is not ready within `limit`.
  void start(const settings& how, std::chrono::milliseconds limit);
  /// Starts it, and waits for nothing.
  void launch(const settings& how);
  /// Starts it as it was started last.
  void start_again(std::chrono::milliseconds limit);
  void signal(int number);
  /// Waits for its end. @throws failure when it does not end within `limit`.
  int wait_for_exit(std::chrono::milliseconds limit);
  bool running() const noexcept;
  /// Its process id. @throws failure when it does not run.
  int id() const;
  /// The most resident memory that it has had since its last start, in MiB.
  /// @throws failure when it does not run.
  std::size_t peak_memory() const;
  std::uint16_t public_port() const noexcept;
  std::uint16_t internal_port() const noexcept;
  /// Its standard error since the first start.
  std::string log() const;

private:
  void launch();

  world& world_;
  settings settings_;
  std::unique_ptr<process> process_;
  std::uint16_t public_port_ = 0;
  std::uint16_t internal_port_ = 0;
  std::string earlier_log_;
};

/// The port in the line of a log (logfmt or JSON) that says where `listener`
/// listens; nothing while there is none.
std::optional<std::uint16_t> listening_port(const std::string& log,
                                            const std::string& listener);

} // namespace convoy::scenarios
