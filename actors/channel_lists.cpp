// SPDX-License-Identifier: Apache-2.0
#include "actors/channel_lists.hpp"

#include "actors/strays.hpp"

#include <algorithm>

namespace convoy::actors {

caf::behavior channel_lists_state::start(std::size_t most_networks) {
  most_networks_ = most_networks;
  survive_strays(self_);
  return {
      [this](const list_heard& what) { on_heard(what); },
      [this](const list_wanted& what) { return on_wanted(what); },
  };
}

void channel_lists_state::on_heard(const list_heard& what) {
  auto& channels = use(what.network).channels;
  if (what.begins)
    channels.begin(what.user);
  for (const auto& each : what.channels)
    channels.add(what.user, each);
  if (what.ends)
    channels.end(what.user);
  forget_old();
}

list_answer channel_lists_state::on_wanted(const list_wanted& what) {
  auto result = use(what.network).channels.answer(what.user, what.filter);
  forget_old();
  return {std::move(result)};
}

channel_lists_state::network&
channel_lists_state::use(const std::string& which) {
  auto& result = networks_[which];
  result.used = self_->clock().now();
  return result;
}

void channel_lists_state::forget_old() {
  const auto now = self_->clock().now();
  std::erase_if(networks_, [&](const auto& each) {
    return now - each.second.used > max_idle;
  });
  while (networks_.size() > 1 && is_full())
    networks_.erase(std::ranges::min_element(
        networks_, {}, [](const auto& each) { return each.second.used; }));
}

bool channel_lists_state::is_full() const {
  std::size_t channels = 0;
  for (const auto& [which, each] : networks_)
    channels += each.channels.size();
  return networks_.size() > most_networks_ || channels > max_channels;
}

caf::behavior channel_lists(caf::stateful_actor<channel_lists_state>* self,
                            std::size_t most_networks) {
  return self->state.start(most_networks);
}

} // namespace convoy::actors
