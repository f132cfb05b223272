// SPDX-License-Identifier: Apache-2.0
#include "net/bus_requests.hpp"

#include "net/asio.hpp"
#include "net/runtime.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace convoy::net {

class bus_requests::impl : public std::enable_shared_from_this<impl> {
public:
  using clock = std::chrono::steady_clock;

  explicit impl(runtime& loop)
      : strand_(asio::make_strand(loop.context())), timer_(strand_) {
    // nop
  }

  std::uint64_t add(std::chrono::milliseconds deadline,
                    std::function<void(bus_answer)> done) {
    const auto until = clock::now() + deadline;
    std::lock_guard guard{mutex_};
    const auto number = ++last_;
    const auto is_next =
        deadlines_.empty() || until < deadlines_.begin()->first;
    waiting_.emplace(number, waiting{std::move(done), until});
    deadlines_.emplace(until, number);
    if (is_next)
      asio::post(strand_, [self = shared_from_this()] { self->arm(); });
    return number;
  }

  void finish(std::uint64_t number, bus_answer how) {
    std::function<void(bus_answer)> done;
    {
      std::lock_guard guard{mutex_};
      const auto i = waiting_.find(number);
      if (i == waiting_.end())
        return;
      done = std::move(i->second.done);
      const auto [first, last] = deadlines_.equal_range(i->second.deadline);
      deadlines_.erase(std::find_if(first, last, [&](const auto& each) {
        return each.second == number;
      }));
      waiting_.erase(i);
    }
    done(std::move(how));
  }

  void finish_all() {
    while (const auto number = oldest())
      finish(*number, bus_failure::timeout);
    asio::post(strand_, [self = shared_from_this()] { self->timer_.cancel(); });
  }

  std::size_t size() const {
    std::lock_guard guard{mutex_};
    return waiting_.size();
  }

private:
  struct waiting {
    std::function<void(bus_answer)> done;
    clock::time_point deadline;
  };

  std::optional<std::uint64_t> oldest() const {
    std::lock_guard guard{mutex_};
    if (waiting_.empty())
      return std::nullopt;
    return waiting_.begin()->first;
  }

  /// The one whose deadline has passed longest ago.
  std::optional<std::uint64_t> late() const {
    std::lock_guard guard{mutex_};
    if (deadlines_.empty() || deadlines_.begin()->first > clock::now())
      return std::nullopt;
    return deadlines_.begin()->second;
  }

  std::optional<clock::time_point> next() const {
    std::lock_guard guard{mutex_};
    if (deadlines_.empty())
      return std::nullopt;
    return deadlines_.begin()->first;
  }

  void arm() {
    const auto until = next();
    if (!until || (armed_ && *armed_ <= *until))
      return;
    armed_ = until;
    timer_.expires_at(*until);
    timer_.async_wait([self = shared_from_this()](error_code error) {
      if (!error)
        self->on_timer();
    });
  }

  void on_timer() {
    armed_.reset();
    while (const auto number = late())
      finish(*number, bus_failure::timeout);
    arm();
  }

  strand strand_;
  // Of the strand.
  steady_timer timer_;
  std::optional<clock::time_point> armed_;

  mutable std::mutex mutex_;
  std::map<std::uint64_t, waiting> waiting_;
  std::multimap<clock::time_point, std::uint64_t> deadlines_;
  std::uint64_t last_ = 0;
};

bus_requests::bus_requests(runtime& loop)
    : impl_(std::make_shared<impl>(loop)) {
  // nop
}

bus_requests::~bus_requests() {
  finish_all();
}

std::uint64_t bus_requests::add(std::chrono::milliseconds deadline,
                                std::function<void(bus_answer)> done) {
  return impl_->add(deadline, std::move(done));
}

void bus_requests::finish(std::uint64_t number, bus_answer how) {
  impl_->finish(number, std::move(how));
}

void bus_requests::finish_all() {
  impl_->finish_all();
}

std::size_t bus_requests::size() const {
  return impl_->size();
}

} // namespace convoy::net
