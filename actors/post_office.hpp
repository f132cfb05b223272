// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/messages.hpp"
#include "actors/node.hpp"
#include "protocol/json_object.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace convoy::actors {

/// Where the bus comes in (design §4): hands the commands for users who live
/// here to them, and to the node what every node is to hear; and says that to
/// the others.
class post_office_state {
public:
  static inline const char* name = "post_office";

  post_office_state(caf::stateful_actor<post_office_state>* self)
      : self_(self) {
    // nop
  }

  caf::behavior start(std::weak_ptr<const node> home);

private:
  /// Somebody who lives here.
  struct resident {
    caf::actor user;
    std::unique_ptr<net::bus_subscription> letters;
    std::array<caf::actor, 2> listeners; ///< for sessions elsewhere, by format
  };

  void on_deliver_to(const deliver_to& who);
  void on_letter(const net::bus_message& what);
  void on_command(protocol::user_id id, const net::bus_message& what);
  void on_rest(const caf::actor& user, protocol::json_object& head,
               const std::string& reply_to);
  void on_expel_here(protocol::user_id id, protocol::json_object& head,
                     const std::string& reply_to);
  caf::actor listener_of(protocol::user_id id, resident& who,
                         protocol::ts_format format);
  void on_news(std::string_view text);
  void on_homeless(std::optional<std::uint64_t> whom);
  void tell_all(std::string text);
  caf::result<bool> on_expel(const expel_user& who);
  void expel_there(const expel_user& who,
                   caf::typed_response_promise<bool> promise);
  void on_expelled(const bus_result& what);
  void on_tick();
  void on_down(const caf::down_msg& down);

  caf::stateful_actor<post_office_state>* self_;
  // Weak, for the node holds us.
  std::weak_ptr<const node> node_;
  std::unique_ptr<net::bus_subscription> news_;
  std::map<protocol::user_id, resident> residents_;
  std::map<caf::actor_addr, protocol::user_id> listeners_;
  std::map<std::uint64_t, caf::typed_response_promise<bool>> expelling_;
  std::uint64_t last_ticket_ = 0;
  std::uint64_t connects_ = 0; ///< of the bus, when it was last looked at
};

caf::behavior post_office(caf::stateful_actor<post_office_state>* self,
                          std::weak_ptr<const node> home);

} // namespace convoy::actors
