// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/messages.hpp"
#include "protocol/channel_list.hpp"

#include <map>
#include <string>

namespace convoy::actors {

/// The channels of each network for `/list` (spec/events-and-irc.md §4.6), for
/// all users of the node: one LIST serves everybody. When there are too many
/// networks or channels, the networks that were used longest ago go; and
/// whatever nobody asks for goes after an hour.
class channel_lists_state {
public:
  static inline const char* name = "channel_lists";
  static constexpr std::size_t max_channels = 200'000;
  static constexpr std::chrono::hours max_idle{1};

  channel_lists_state(caf::stateful_actor<channel_lists_state>* self)
      : self_(self) {
    // nop
  }

  caf::behavior start(std::size_t most_networks);

private:
  struct network {
    protocol::channel_list channels;
    protocol::instant used{};
  };

  void on_heard(const list_heard& what);
  list_answer on_wanted(const list_wanted& what);
  network& use(const std::string& which);
  void forget_old();
  bool is_full() const;

  caf::stateful_actor<channel_lists_state>* self_;
  std::size_t most_networks_ = 0;
  std::map<std::string, network> networks_;
};

/// Networks whose lists a node keeps.
inline constexpr std::size_t max_listed_networks = 20;

caf::behavior channel_lists(caf::stateful_actor<channel_lists_state>* self,
                            std::size_t most_networks);

} // namespace convoy::actors
