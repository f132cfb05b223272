// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/messages.hpp"

#include <memory>
#include <string>
#include <vector>

namespace convoy::actors {

/// Something that wants to dial; what the dialer says to it is kept as
/// `name place 4` and `name go`.
inline caf::behavior wisher(caf::event_based_actor*, std::string name,
                            std::shared_ptr<std::vector<std::string>> log) {
  return {
      [=](const dial_place& place) {
        log->push_back(name + " place "
                       + std::to_string(static_cast<int>(place.wait_seconds)));
      },
      [=](const dial_granted& granted) {
        log->push_back(name + " go"
                       + (granted.secure_port
                              ? " " + std::to_string(*granted.secure_port)
                              : ""));
      },
  };
}

} // namespace convoy::actors
