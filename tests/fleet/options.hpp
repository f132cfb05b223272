// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace convoy::fleet {

/// How a run goes.
struct options {
  std::string convoy; ///< the program
  std::uint64_t seed = 0;
  std::size_t nodes = 3;
  std::size_t users = 200;
  /// After each fault has had its turn, they come at random for so long.
  std::chrono::seconds duration{0};
  std::chrono::seconds lease{10};
  std::set<std::string> faults; ///< see `usage`
  /// A folder for facts and logs when something is wrong.
  std::string record = "convoy-fleet";
  /// SQL of a store that an earlier version has left; "" for a new one.
  std::string dump;
  /// Whether the checker has to find faults that are planted in the record.
  bool self_test = false;
  /// What is done to what the sessions, or Convoy, get: see `usage`.
  std::string plant;
};

/// Reads the command line; without `--seed` it is a random one.
/// @throws std::invalid_argument that says what is wrong.
options read_options(const std::vector<std::string>& arguments);

/// What `--help` says.
const char* usage() noexcept;

} // namespace convoy::fleet
