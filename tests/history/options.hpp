// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace convoy::history {

/// How a run goes.
struct options {
  std::string convoy; ///< the program
  std::uint64_t seed = 0;
  std::chrono::seconds duration{20};
  std::size_t users = 3;
  std::size_t clients = 3; ///< of each user
  /// `kill`, `stall`, `fail`, `drop`, `flood`
  std::set<std::string> faults{"kill", "stop", "stall", "fail",
                               "drop", "quit", "flood"};
  /// Where the facts go when something is wrong.
  std::string record = "convoy-history.jsonl";
  /// Whether the checker has to find faults that are planted in the record of a
  /// good run.
  bool self_test = false;
  /// What is done to what the sessions, or Convoy, get: `drop-frame`,
  /// `repeat-frame`, `swap-frames`, `repeat-line`, or "" for nothing.
  std::string plant;
};

/// Reads the command line; without `--seed` it is a random one.
/// @throws std::invalid_argument that says what is wrong.
options read_options(const std::vector<std::string>& arguments);

/// What `--help` says.
const char* usage() noexcept;

} // namespace convoy::history
