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
  }
  return "";
}

} // namespace convoy::protocol
