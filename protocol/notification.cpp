// SPDX-License-Identifier: Apache-2.0
#include "protocol/notification.hpp"

#include "protocol/casemapping.hpp"

namespace convoy::protocol {

bool is_notification(const event& what) {
  const auto is_of_speaker =
      kind_of(what.conversation_id) != conversation_kind::channel
      && protocol::equal(what.from, what.conversation_id, casemapping::rfc1459);
  return what.highlight && !what.conversation_id.empty() && !is_of_speaker;
}

} // namespace convoy::protocol
