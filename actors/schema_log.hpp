// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/progress.hpp"
#include "protocol/time.hpp"

#include <cstddef>
#include <functional>

namespace convoy::actors {

/// Says in the log which steps bring a schema up to date, how long each took,
/// and now and then how far a long one is.
class schema_log {
public:
  explicit schema_log(std::function<protocol::instant()> clock)
      : clock_(std::move(clock)) {
    // nop
  }

  /// To be told.
  store::schema_told teller() {
    return [this](std::size_t step, std::size_t done, std::size_t all) {
      tell(step, done, all);
    };
  }

private:
  void tell(std::size_t step, std::size_t done, std::size_t all);

  std::function<protocol::instant()> clock_;
  protocol::instant begun_{}; ///< this step
  protocol::instant said_{};  ///< the last time
};

} // namespace convoy::actors
