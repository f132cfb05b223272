// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <functional>

namespace convoy::scenarios {

/// The one event loop of the runner. Every wait has an end.
class world {
public:
  boost::asio::io_context& io() noexcept {
    return io_;
  }

  /// Handles what happens until `done`; false when `limit` has passed first.
  bool wait(std::chrono::milliseconds limit,
            const std::function<bool()>& done) {
    auto end = std::chrono::steady_clock::now() + limit;
    while (!done())
      if (io_.run_one_until(end) == 0)
        return done();
    return true;
  }

private:
  boost::asio::io_context io_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type>
      work_{io_.get_executor()};
};

} // namespace convoy::scenarios
