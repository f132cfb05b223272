// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/messages.hpp"
#include "actors/node.hpp"
#include "protocol/http.hpp"

#include <functional>
#include <string>
#include <vector>

namespace convoy::actors {

/// What a report of the node is to say.
struct report_wish {
  /// Why it takes nobody any more; "" when it does.
  std::string draining;
  /// Also what it does, and which other nodes there are.
  bool all = false;
  std::string node_name; ///< `--node-id`
};

/// One look at the node (an actor for as long as it takes): asks the store, the
/// lease and the bus how they are, all at once, and answers exactly once:
/// status 200 when people may be sent here, else 503, and a JSON object that
/// says why. What it finds is counted, too.
class node_report_state {
public:
  static inline const char* name = "node_report";

  using reply_function = std::function<void(protocol::http_response)>;

  node_report_state(caf::stateful_actor<node_report_state>* self)
      : self_(self) {
    // nop
  }

  void start(node_ptr home, report_wish wish, reply_function reply);

private:
  void ask_reader();
  void ask_lease();
  void ask_registry();
  void done();
  std::string reason(const caf::error& why) const;
  std::string encode(bool& is_ready) const;

  caf::stateful_actor<node_report_state>* self_;
  node_ptr node_;
  report_wish wish_;
  reply_function reply_;
  unsigned open_ = 0; ///< questions
  // What is wrong; "" when all is well.
  std::string store_;
  std::string lease_;
  store::node_epoch epoch_ = 0;
  std::vector<store::node_row> nodes_;
};

caf::behavior node_report(caf::stateful_actor<node_report_state>* self,
                          node_ptr home, report_wish wish,
                          node_report_state::reply_function reply);

} // namespace convoy::actors
