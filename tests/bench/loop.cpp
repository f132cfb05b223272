// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/loop.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <sys/epoll.h>

namespace convoy::bench {

namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::size_t scratch_size = 256 * 1024;

} // namespace

std::int64_t monotonic_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * second + now.tv_nsec;
}

loop::loop()
    : epoll_(checked(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1")),
      scratch_(scratch_size) {}

void loop::add(int fd, watcher& target) {
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
  event.data.ptr = &target;
  checked(::epoll_ctl(epoll_.value(), EPOLL_CTL_ADD, fd, &event), "epoll_ctl");
}

bool loop::run(const step& next, std::int64_t deadline) {
  std::array<epoll_event, 256> events{};
  for (;;) {
    auto wake = next();
    if (wake == finished)
      return true;
    wake = std::min(wake, deadline);
    timespec timeout{};
    if (wake != never) {
      const auto now = monotonic_ns();
      if (now >= deadline)
        return false;
      const auto wait = std::max<std::int64_t>(wake - now, 0);
      timeout = {.tv_sec = wait / second, .tv_nsec = wait % second};
    }
    const auto count = ::epoll_pwait2(
        epoll_.value(), events.data(), static_cast<int>(events.size()),
        wake == never ? nullptr : &timeout, nullptr);
    if (count < 0 && errno == EINTR)
      continue;
    checked(count, "epoll_pwait2");
    for (int i = 0; i < count; ++i) {
      const auto& event = events[static_cast<std::size_t>(i)];
      static_cast<watcher*>(event.data.ptr)->ready(event.events);
    }
  }
}

} // namespace convoy::bench
