// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/messages.hpp"
#include "actors/node.hpp"

#include <map>
#include <string>
#include <utility>

namespace convoy::actors {

/// How many logins and tokens wait at most to be written; nobody misses the
/// use of another one.
inline constexpr std::size_t max_waiting_uses = 100;

/// Writes down when logins and API tokens were used. One write at a time is
/// under way, however long the store takes for it: what comes meanwhile waits,
/// once for each login, and goes when the store fails.
class last_use_state {
public:
  static inline const char* name = "last-use";

  last_use_state(caf::stateful_actor<last_use_state>* self) : self_(self) {
    // nop
  }

  caf::behavior start(caf::actor archive);

private:
  void write();

  caf::stateful_actor<last_use_state>* self_;
  caf::actor archive_;
  /// By what it is of, and its hash or id.
  std::map<std::pair<used::what, std::string>, protocol::timestamp> waiting_;
  bool is_writing_ = false;
};

caf::behavior last_use(caf::stateful_actor<last_use_state>* self,
                       caf::actor archive);

/// Has it written down that a session, or an API token, is used now; at most
/// once a minute.
void note_use(const node& home, const store::session_record& session);
void note_use(const node& home, const store::api_token& token);

} // namespace convoy::actors
