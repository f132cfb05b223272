// SPDX-License-Identifier: Apache-2.0
#include "net/stop_deadline.hpp"

#include "net/log.hpp"

#include <cstdlib>

namespace convoy::net {

stop_deadline::stop_deadline(std::chrono::milliseconds patience)
    : guard_([patience, done = done_.get_future()] {
        if (done.wait_for(patience) != std::future_status::timeout)
          return;
        log::error("stopped-by-force", {{"reason", "stop timeout"}});
        std::_Exit(EXIT_FAILURE);
      }) {
  // nop
}

stop_deadline::~stop_deadline() {
  done_.set_value();
  guard_.join();
}

} // namespace convoy::net
