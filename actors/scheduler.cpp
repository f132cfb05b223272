// SPDX-License-Identifier: Apache-2.0
#include "actors/scheduler.hpp"

#include <boost/asio/defer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/detail/thread_safe_actor_clock.hpp>
#include <caf/execution_unit.hpp>
#include <caf/resumable.hpp>
#include <caf/scheduler/abstract_coordinator.hpp>

#include <atomic>
#include <memory>
#include <thread>
#include <utility>

namespace convoy::actors {

namespace {

/// How many messages an actor may consume before the next one has its turn.
constexpr std::size_t messages_per_turn = 50;

class asio_coordinator;

/// One turn of an actor, as a handler of the io_context. It holds a reference
/// to the actor and gives it back when it is destroyed without having run.
class turn {
public:
  turn(asio_coordinator& home, caf::resumable* job) : home_(&home), job_(job) {
    // nop
  }
  turn(turn&& other) noexcept
      : home_(other.home_), job_(std::exchange(other.job_, nullptr)) {
    // nop
  }
  turn& operator=(turn&&) = delete;
  ~turn();
  void operator()();

private:
  asio_coordinator* home_;
  caf::resumable* job_;
};

class asio_coordinator : public caf::scheduler::abstract_coordinator {
public:
  using super = caf::scheduler::abstract_coordinator;

  asio_coordinator(caf::actor_system& system, boost::asio::io_context& context)
      : super(system), context_(context), unit_(*this) {
    // nop
  }

  void enqueue(caf::resumable* job) override {
    ++*open_turns_;
    boost::asio::post(context_, turn{*this, job});
  }

  /// Queues a job from within a turn: it is taken up by the same thread once
  /// that turn is over.
  void enqueue_next(caf::resumable* job) {
    ++*open_turns_;
    boost::asio::defer(context_, turn{*this, job});
  }

  void run(caf::resumable* job) {
    switch (job->resume(&unit_, messages_per_turn)) {
    case caf::resumable::resume_later:
      enqueue(job);
      break;
    default:
      caf::intrusive_ptr_release(job);
      break;
    }
  }

  void turn_is_over() {
    // With the last turn over this object may go at once.
    const auto open = open_turns_;
    if (--*open == 0)
      open->notify_all();
  }

  caf::detail::thread_safe_actor_clock& clock() noexcept override {
    return clock_;
  }

protected:
  void start() override {
    timer_ = std::thread{[this] {
      clock_.run_dispatch_loop();
    }};
    super::start();
  }

  void stop() override {
    stop_actors();
    clock_.cancel_dispatch_loop();
    timer_.join();
    // Only after the io_context was stopped and its threads were joined.
    if (context_.stopped())
      context_.restart();
    while (const auto open = open_turns_->load())
      if (context_.poll() == 0)
        open_turns_->wait(open);
  }

private:
  /// What an actor sees of the thread it runs on; the same for all of them.
  class unit : public caf::execution_unit {
  public:
    explicit unit(asio_coordinator& home)
        : caf::execution_unit(&home.system()), home_(home) {
      // nop
    }
    void exec_later(caf::resumable* job) override {
      home_.enqueue_next(job);
    }

  private:
    asio_coordinator& home_;
  };

  boost::asio::io_context& context_;
  caf::detail::thread_safe_actor_clock clock_;
  std::thread timer_;
  std::shared_ptr<std::atomic<std::size_t>> open_turns_ =
      std::make_shared<std::atomic<std::size_t>>(0);
  unit unit_;
};

turn::~turn() {
  if (!job_)
    return;
  caf::scheduler::abstract_coordinator::cleanup_and_release(job_);
  home_->turn_is_over();
}

void turn::operator()() {
  home_->run(std::exchange(job_, nullptr));
  home_->turn_is_over();
}

} // namespace

void run_actors_on(boost::asio::io_context& context,
                   caf::actor_system_config& config) {
  config.module_factories.emplace_back(
      [&context](caf::actor_system& system) -> caf::actor_system::module* {
        return new asio_coordinator(system, context);
      });
}

} // namespace convoy::actors
