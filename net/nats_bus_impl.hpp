// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/asio.hpp"
#include "net/bus_listener.hpp"
#include "net/bus_parts.hpp"
#include "net/bus_requests.hpp"
#include "net/nats_bus.hpp"
#include "net/nats_options.hpp"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <nats/nats.h>
#include <string>
#include <string_view>
#include <thread>

namespace convoy::net {

// All calls of the library that may block are made on the worker's thread.
class nats_bus::impl : public std::enable_shared_from_this<impl> {
public:
  impl(runtime& loop, nats_settings settings, const meters& what)
      : settings_(std::move(settings)),
        meters_(what),
        loop_(loop.context()),
        requests_(loop) {
    // nop
  }

  std::string start();
  void stop();
  void publish(std::string_view subject, payload body);
  void request(std::string_view subject, payload body,
               std::chrono::milliseconds deadline,
               std::function<void(bus_answer)> done);
  void add(std::shared_ptr<bus_listener> who);
  void remove(const std::shared_ptr<bus_listener>& who);
  std::string problem() const;
  std::uint64_t connects() const {
    return connects_;
  }

  // -- the library's threads --------------------------------------------------

  void take(bus_listener& who, natsMsg* message);
  void take_answer(bus_message what, bool is_nobody);
  void up();
  void down(natsStatus why);
  /// The library has given the connection up.
  void end();
  void note_slow() const;

private:
  /// Something for the worker to do.
  struct job {
    enum class kind { publish, subscribe, unsubscribe };
    kind what = kind::publish;
    std::string subject;
    payload body;
    std::uint64_t request = 0; ///< 0: nobody waits for an answer
    std::shared_ptr<bus_listener> who{};
  };
  using listener_ptr = std::shared_ptr<bus_listener>;
  using listeners =
      std::map<const bus_listener*, std::shared_ptr<bus_listener>>;

  // -- worker -----------------------------------------------------------------

  void work();
  bool open();
  void serve();
  void close();
  void run(const job& what);
  void send(const job& what);
  void attach(const std::shared_ptr<bus_listener>& who);
  void detach(const std::shared_ptr<bus_listener>& who);
  bool has_room(const payload& body) const;
  void queue(job what);

  // Written before the worker's thread begins.
  const nats_settings settings_;
  const meters& meters_;
  asio::io_context& loop_;
  nats_options options_;
  std::string inbox_; ///< subject of all answers, but for their number
  std::shared_ptr<bus_listener> answers_;

  // Of the worker.
  natsConnection* connection_ = nullptr;
  std::map<const bus_listener*, natsSubscription*> subscriptions_;
  bus_part part_; ///< the last one that was sent

  bus_requests requests_;
  std::atomic<bool> connected_ = false;
  std::atomic<std::uint64_t> connects_ = 0;

  mutable std::mutex mutex_;
  std::condition_variable work_;
  std::deque<job> jobs_;
  std::size_t queued_bytes_ = 0;
  listeners listeners_;
  bus_parts parts_;
  std::string problem_ = "Not connected to NATS yet.";
  bool stopping_ = false;
  bool closed_ = false; ///< the library has given the connection up

  std::thread worker_;
};

} // namespace convoy::net
