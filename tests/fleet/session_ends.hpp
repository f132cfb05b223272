// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/history/fact.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace convoy::fleet {

/// What became of the sessions that a node had at some moment.
struct session_ends {
  std::size_t all = 0;
  std::size_t open = 0; ///< still
  std::size_t left = 0; ///< of their own accord
  std::size_t told = 0; ///< by a close frame
  std::size_t cut = 0;  ///< without one
};

/// @param begun  how many facts there were at that moment
session_ends ends_of_sessions(const std::vector<history::fact>& facts,
                              const std::string& node, std::size_t begun);

/// `9 sessions, told 7, left 2, cut 0, open 0`
std::string to_string(const session_ends& ends);

} // namespace convoy::fleet
