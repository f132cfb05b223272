// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/node.hpp"
#include "protocol/ids.hpp"

#include <functional>

namespace convoy::actors {

/// Ends the actor that stands for a user when nobody needs it any more: a pause
/// after that it asks the directory, which knows whether somebody is about to.
class idle_watch {
public:
  /// `is_used` says whether the actor is needed. The end comes as a `go_away`
  /// from itself, as the node's stop does from the directory.
  void start(caf::event_based_actor* self, node_ptr node, protocol::user_id id,
             std::function<bool()> is_used);
  /// To be called whenever it may have become unused.
  void look_later();
  /// What the actor does on `look_around`, which it gets from itself.
  void on_look_around();

private:
  void on_may_end(bool may);

  caf::event_based_actor* self_ = nullptr;
  node_ptr node_;
  protocol::user_id id_{};
  std::function<bool()> is_used_;
  bool is_coming_ = false; ///< a `look_around`
};

} // namespace convoy::actors
