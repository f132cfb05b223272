// SPDX-License-Identifier: Apache-2.0
#include "protocol/event.hpp"

namespace convoy::protocol {

std::string_view to_string(event_kind kind) noexcept {
  switch (kind) {
  case event_kind::direct:
    return "private";
  case event_kind::notice:
    return "notice";
  case event_kind::action:
    return "action";
  case event_kind::error:
    return "error";
  case event_kind::preformat:
    return "preformat";
  case event_kind::reaction:
    return "reaction";
  case event_kind::connection:
    return "connection";
  case event_kind::info:
    return "info";
  case event_kind::frozen:
    return "frozen";
  case event_kind::join:
    return "join";
  case event_kind::part:
    return "part";
  case event_kind::quit:
    return "quit";
  case event_kind::nick_change:
    return "nick_change";
  case event_kind::mode:
    return "mode";
  case event_kind::invite:
    return "invite";
  case event_kind::typing:
    return "typing";
  case event_kind::away:
    return "away";
  case event_kind::account:
    return "account";
  case event_kind::host:
    return "host";
  case event_kind::realname:
    return "realname";
  case event_kind::redact:
    return "redact";
  case event_kind::rename:
    return "rename";
  case event_kind::presence:
    return "presence";
  case event_kind::read:
    return "read";
  case event_kind::queued:
    return "queued";
  case event_kind::store:
    return "store";
  }
  return "";
}

} // namespace convoy::protocol
