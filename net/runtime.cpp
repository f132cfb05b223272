// SPDX-License-Identifier: Apache-2.0
#include "net/runtime.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/strand.hpp>

#include <algorithm>
#include <csignal>
#include <optional>
#include <thread>
#include <vector>

namespace convoy::net {

namespace asio = boost::asio;

struct runtime::impl {
  explicit impl(unsigned count)
      : thread_count(std::max(count, 1u)),
        context(static_cast<int>(thread_count)),
        guard(context.get_executor()),
        strand(asio::make_strand(context)),
        signals(strand) {
    std::signal(SIGPIPE, SIG_IGN);
  }

  void wait_for_signal() {
    signals.async_wait([this](boost::system::error_code error, int number) {
      if (error)
        return;
      handler(number);
      wait_for_signal();
    });
  }

  unsigned thread_count;
  asio::io_context context;
  asio::executor_work_guard<asio::io_context::executor_type> guard;
  /// The signal set is no more thread-safe than the guard, and it is not to
  /// wait anew once it was told to stop.
  asio::strand<asio::io_context::executor_type> strand;
  asio::signal_set signals;
  std::function<void(int)> handler;
  std::vector<std::thread> threads;
};

runtime::runtime(unsigned threads) : impl_(std::make_unique<impl>(threads)) {
  // nop
}

runtime::~runtime() {
  abandon();
  join();
}

void runtime::run() {
  for (unsigned i = 0; i < impl_->thread_count; ++i)
    impl_->threads.emplace_back([this] { impl_->context.run(); });
}

void runtime::post(std::function<void()> what) {
  asio::post(impl_->context, std::move(what));
}

void runtime::on_signal(std::function<void(int)> handler) {
  impl_->handler = std::move(handler);
  for (int number : {SIGTERM, SIGINT, SIGHUP})
    impl_->signals.add(number);
  impl_->wait_for_signal();
}

void runtime::stop() {
  asio::post(impl_->strand, [this] {
    boost::system::error_code ignored;
    impl_->signals.cancel(ignored);
    impl_->guard.reset();
  });
}

void runtime::abandon() {
  impl_->context.stop();
}

void runtime::join() {
  for (auto& thread : impl_->threads)
    thread.join();
  impl_->threads.clear();
}

asio::io_context& runtime::context() noexcept {
  return impl_->context;
}

} // namespace convoy::net
