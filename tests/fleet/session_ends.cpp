// SPDX-License-Identifier: Apache-2.0
#include "tests/fleet/session_ends.hpp"

#include <set>
#include <variant>

namespace convoy::fleet {

namespace {

using namespace history;

/// What a client says of a connection that ended without a close frame.
constexpr unsigned no_close_frame = 1006;

} // namespace

session_ends ends_of_sessions(const std::vector<fact>& facts,
                              const std::string& node, std::size_t begun) {
  session_ends result;
  std::set<std::string> open;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (const auto* come = std::get_if<session_opened>(&facts[i].what)) {
      if (i < begun && come->node == node)
        open.insert(come->session);
      continue;
    }
    const auto* gone = std::get_if<session_closed>(&facts[i].what);
    if (!gone || open.erase(gone->session) == 0 || i < begun)
      continue;
    ++(gone->by_client                ? result.left
       : gone->code == no_close_frame ? result.cut
                                      : result.told);
  }
  result.open = open.size();
  result.all = result.open + result.left + result.told + result.cut;
  return result;
}

std::string to_string(const session_ends& ends) {
  return std::to_string(ends.all) + " sessions, told "
         + std::to_string(ends.told) + ", left " + std::to_string(ends.left)
         + ", cut " + std::to_string(ends.cut) + ", open "
         + std::to_string(ends.open);
}

} // namespace convoy::fleet
