// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/ip/address.hpp>
#include <boost/asio/thread_pool.hpp>

#include <atomic>
#include <functional>
#include <string>
#include <vector>

namespace convoy::net {

/// The addresses of a name, or a sentence that says why there are none.
struct lookup_result {
  std::vector<boost::asio::ip::address> addresses;
  std::string problem;
  bool is_unknown = false; ///< the name has none; else it was not looked up
};

/// Looks names up, on threads of its own because the system's resolver blocks.
class name_lookup {
public:
  name_lookup(unsigned threads, std::size_t bound);
  ~name_lookup();

  /// Calls `done` from a thread of its own, or at once for what is an address
  /// already or when too many wait. Look-ups that are not wanted any more by
  /// their turn, as `is_wanted` says, are skipped: `done` is not called then.
  void find(std::string host, std::function<bool()> is_wanted,
            std::function<void(lookup_result)> done);

private:
  std::size_t bound_;
  std::atomic<std::size_t> waiting_ = 0;
  boost::asio::thread_pool threads_;
};

} // namespace convoy::net
