// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/messages.hpp"
#include "actors/node.hpp"

#include <caf/expected.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace convoy::actors {

/// Knows which actor is whose (design §2): user id to user actor, which it
/// starts when somebody asks for it. In a fleet that is one that stands in for
/// the user where they live elsewhere. Life: `open`, `draining` when others are
/// to take over, then `closing`.
class directory_state {
public:
  static inline const char* name = "directory";

  directory_state(caf::stateful_actor<directory_state>* self) : self_(self) {
    // nop
  }

  caf::behavior start(std::weak_ptr<const node> home);

private:
  /// Whose actor it is; none for somebody who has been expelled. Or why there
  /// is none.
  using found_actor = caf::expected<caf::actor>;
  using finder = std::function<void(const found_actor&)>;

  struct known_user {
    caf::actor actor;
    protocol::instant asked_for{}; ///< the last time somebody wanted it
    bool is_away = false;          ///< it stands in for somebody elsewhere
    bool has_sessions = false;     ///< on whichever node
  };

  struct expelled_user {
    /// Who wants to know when they are gone.
    std::vector<caf::typed_response_promise<bool>> waiting;
    bool returns = false; ///< were let in again before they had left
  };

  /// Something that happens to one user after the other, spread over a window.
  struct round {
    std::vector<protocol::user_id> users;
    protocol::instant begun{};
    std::size_t done = 0;
  };

  caf::behavior open();
  caf::behavior closing();
  caf::result<attached> on_attach(const attach& wish);
  void hand_over(caf::typed_response_promise<attached> promise,
                 const attach& wish, std::optional<protocol::user_id> whose);
  void end_lookup();
  void on_store(const store_is& now);
  template <class Message>
  void tell_everybody(const Message& what);
  caf::result<caf::actor> on_find(const find_user& who);
  caf::result<bool> on_expel(const expel_user& who);
  void on_readmit(const readmit_user& who);
  void on_revoke(const revoke& what);
  void on_account_changed(const account_changed& who) const;
  void end_if_done();
  void on_start_wanted();
  caf::result<bool> on_stop();
  void on_down(const caf::down_msg& down);
  void on_user_down(protocol::user_id id, const caf::error& why);
  /// Calls `next` with the actor of that user, at once or when it is known
  /// where they live.
  void with_user(protocol::user_id id, finder next);
  /// Null for somebody who has been expelled.
  caf::actor user_of(protocol::user_id id);
  bool on_may_end(const may_end& who);
  void on_revive(const revive& who);
  node_ptr home() const;

  // -- in a fleet (directory_fleet.cpp) ---------------------------------------

  caf::behavior draining();
  void ask_where(protocol::user_id id);
  void on_home(const home_is& where);
  void replace_away(protocol::user_id id);
  void answer_finders(protocol::user_id id, const found_actor& found);
  void on_moved_in(const moved_in& who);
  void on_lost_home(const lost_home& who);
  void on_has_sessions(const has_sessions& what);
  void on_let_go(const let_go& what);
  static caf::error nowhere();
  caf::result<bool> on_lease(const lease_is& now);
  /// Has a user of this node go, who is not found any more from now on.
  void send_off(protocol::user_id id, const go_away& why);
  void leaves(protocol::user_id id, const caf::actor& actor);
  void on_gone(protocol::user_id id, bool is_free);
  void set_free(protocol::user_id id);
  void has_left(protocol::user_id id);
  bool has_local_users() const;
  caf::result<bool> on_drain();
  void begin_round();
  void on_drain_tick();
  void end_drain_if_done();

  caf::stateful_actor<directory_state>* self_;
  // Weak, for the node holds us.
  std::weak_ptr<const node> node_;
  std::map<protocol::user_id, known_user> users_;
  /// Who may not be started.
  std::map<protocol::user_id, expelled_user> expelled_;
  caf::typed_response_promise<bool> all_gone_; ///< pending while `closing`
  std::size_t lookups_ = 0; ///< sessions whose user is being looked up
  store_is store_;          ///< what the users know of the store

  store::node_epoch lease_ = 0; ///< as whom this node holds users
  /// Who waits until it is known where somebody lives.
  std::map<protocol::user_id, std::vector<finder>> finders_;
  /// Users of this node who are about to end.
  std::map<caf::actor_addr, protocol::user_id> going_;
  /// They, and those whose home here the store has still to forget: nobody asks
  /// where they live before that.
  std::set<protocol::user_id> leaving_;
  /// Those of them whom another node shall have.
  std::set<protocol::user_id> let_go_;
  caf::typed_response_promise<bool> fenced_;  ///< until `going_` is empty
  caf::typed_response_promise<bool> drained_; ///< pending while `draining`
  round round_;
  bool lets_go_ = false; ///< of homes; before that, of sessions
};

caf::behavior directory(caf::stateful_actor<directory_state>* self,
                        std::weak_ptr<const node> home);

} // namespace convoy::actors
