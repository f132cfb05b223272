// SPDX-License-Identifier: Apache-2.0
#include "actors/idle_watch.hpp"

#include "actors/messages.hpp"
#include "actors/session.hpp"

#include <chrono>
#include <utility>

namespace convoy::actors {

void idle_watch::start(caf::event_based_actor* self, node_ptr node,
                       protocol::user_id id, std::function<bool()> is_used) {
  self_ = self;
  node_ = std::move(node);
  id_ = id;
  is_used_ = std::move(is_used);
}

void idle_watch::look_later() {
  if (is_used_() || std::exchange(is_coming_, true))
    return;
  self_->delayed_send(self_,
                      std::chrono::duration_cast<std::chrono::microseconds>(
                          node_->config.user_patience),
                      look_around{});
}

void idle_watch::on_look_around() {
  is_coming_ = false;
  if (is_used_())
    return;
  self_->request(node_->directory, store_deadline, may_end{id_})
      .then([this](bool may) { on_may_end(may); },
            [this](const caf::error& why) {
              // Without a directory nobody would tell us of the stop.
              on_may_end(why != caf::sec::request_timeout);
            });
}

/// The directory that has said yes has forgotten us, also when somebody has
/// come meanwhile.
void idle_watch::on_may_end(bool may) {
  if (may)
    self_->send(self_, go_away{service_restart,
                               "The user's actor has ended: connect again."});
  else
    look_later();
}

} // namespace convoy::actors
