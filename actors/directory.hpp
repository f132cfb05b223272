// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/messages.hpp"
#include "actors/node.hpp"

#include <map>
#include <optional>
#include <vector>

namespace convoy::actors {

/// Knows which actor is whose (design §2): user id to user actor, which it
/// starts when somebody asks for it. Life: `open`, then `closing`.
class directory_state {
public:
  static inline const char* name = "directory";

  directory_state(caf::stateful_actor<directory_state>* self) : self_(self) {
    // nop
  }

  caf::behavior start(std::weak_ptr<const node> home);

private:
  caf::behavior open();
  caf::behavior closing();
  caf::result<attached> on_attach(const attach& wish);
  void hand_over(caf::typed_response_promise<attached> promise,
                 const attach& wish, std::optional<protocol::user_id> whose);
  void end_lookup();
  void on_store(const store_is& now);
  template <class Message>
  void tell_everybody(const Message& what);
  caf::result<bool> on_expel(const expel_user& who);
  void on_readmit(const readmit_user& who);
  void end_if_done();
  void on_start_wanted();
  caf::result<bool> on_stop();
  void on_down(const caf::down_msg& down);
  /// Null for somebody who has been expelled.
  caf::actor user_of(protocol::user_id id);
  bool on_may_end(const may_end& who);
  node_ptr home() const;

  caf::stateful_actor<directory_state>* self_;
  // Weak, for the node holds us.
  std::weak_ptr<const node> node_;
  struct known_user {
    caf::actor actor;
    protocol::instant asked_for{}; ///< the last time somebody wanted it
  };
  std::map<protocol::user_id, known_user> users_;
  struct expelled_user {
    /// Who wants to know when they are gone.
    std::vector<caf::typed_response_promise<bool>> waiting;
    bool returns = false; ///< were let in again before they had left
  };
  /// Who may not be started.
  std::map<protocol::user_id, expelled_user> expelled_;
  caf::typed_response_promise<bool> all_gone_; ///< pending while `closing`
  std::size_t lookups_ = 0; ///< sessions whose user is being looked up
  store_is store_;          ///< what the users know of the store
};

caf::behavior directory(caf::stateful_actor<directory_state>* self,
                        std::weak_ptr<const node> home);

} // namespace convoy::actors
