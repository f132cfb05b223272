// SPDX-License-Identifier: Apache-2.0
#include "protocol/event_extra.hpp"

#include "protocol/json_object.hpp"

namespace convoy::protocol {

std::string msgid_of(const event& what) {
  // Most that have none need not be parsed.
  if (!is_message(what.kind) || what.extra.find("msgid") == std::string::npos)
    return {};
  return json_object{what.extra}.string("msgid").value_or("");
}

} // namespace convoy::protocol
