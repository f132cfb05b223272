// SPDX-License-Identifier: Apache-2.0
#include "actors/node_report.hpp"
#include "actors/rest_call.hpp"

#include <caf/actor_system.hpp>

// How the node does that is asked, for admins.
namespace convoy::actors {

/// The report has an actor of its own, which takes along what an answer needs.
/// Its status says whether people may be sent to the node; here the node was
/// asked how it does, and it said so.
void rest_call_state::read_health() {
  as_admin("Only admins can see how the node does.", [this] {
    auto answer = [frame = dressed({}), reply = std::exchange(reply_, nullptr)](
                      protocol::http_response found) mutable {
      frame.body = std::move(found.body);
      reply(std::move(frame));
    };
    self_->system().spawn(node_report, node_, report_wish{"", true, ""},
                          std::move(answer));
    self_->quit();
  });
}

} // namespace convoy::actors
