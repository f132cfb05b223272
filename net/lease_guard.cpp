// SPDX-License-Identifier: Apache-2.0
#include "net/lease_guard.hpp"

#include "net/log.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <ctime>
#include <fcntl.h>
#include <new>
#include <poll.h>
#include <sys/mman.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace convoy::net {

/// What both processes see.
struct lease_guard::shared {
  std::atomic<std::int64_t> deadline{0}; ///< of `now()`; 0 for none
};

static_assert(std::atomic<std::int64_t>::is_always_lock_free);

namespace {

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

timespec timespec_of(std::int64_t nanoseconds) {
  constexpr std::int64_t second = 1'000'000'000;
  timespec result{};
  result.tv_sec = static_cast<time_t>(nanoseconds / second);
  result.tv_nsec = static_cast<long>(nanoseconds % second);
  return result;
}

/// Nothing of the parent's is kept open: who waits for the end of what it
/// writes would wait for us.
void let_go_of_standard_streams() {
  const int nowhere = ::open("/dev/null", O_RDWR);
  for (const int each : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    ::dup2(nowhere, each);
  if (nowhere > STDERR_FILENO)
    ::close(nowhere);
}

/// Takes what has been written to the line; false at its end.
bool read_line(int line) {
  std::array<char, 64> ignored;
  const auto count = ::read(line, ignored.data(), ignored.size());
  return count > 0 || (count < 0 && (errno == EINTR || errno == EAGAIN));
}

/// The life of the guard. Nothing here allocates: another thread of the parent
/// may have held a lock when it was made.
[[noreturn]] void guard(const std::atomic<std::int64_t>& deadline, pid_t parent,
                        int line, int timer) {
  // What stops or ends the parent's group is not for us, nor is any signal:
  // they stay blocked.
  ::setsid();
  let_go_of_standard_streams();
  for (;;) {
    const auto due = deadline.load();
    // A parent that is gone has left us to somebody else.
    if (::getppid() != parent)
      ::_exit(0);
    if (due != 0 && lease_guard::now().count() >= due) {
      ::kill(parent, SIGKILL);
      ::_exit(0);
    }
    itimerspec wake{};
    wake.it_value = timespec_of(due);
    ::timerfd_settime(timer, TFD_TIMER_ABSTIME, &wake, nullptr);
    std::array<pollfd, 2> what{{{line, POLLIN, 0}, {timer, POLLIN, 0}}};
    ::poll(what.data(), what.size(), -1);
    if (what[0].revents != 0 && !read_line(line))
      ::_exit(0);
  }
}

} // namespace

lease_guard::lease_guard() {
  auto* page = ::mmap(nullptr, sizeof(shared), PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED)
    fail("memory of the lease guard");
  shared_ = new (page) shared;
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0)
    fail("line to the lease guard");
  const int timer = ::timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC);
  if (timer < 0)
    fail("timer of the lease guard");
  const auto parent = ::getpid();
  // No signal reaches the guard before it ignores those that are not for it.
  sigset_t all;
  sigset_t before;
  ::sigfillset(&all);
  ::sigprocmask(SIG_SETMASK, &all, &before);
  process_ = ::fork();
  if (process_ == 0) {
    ::close(ends[1]);
    guard(shared_->deadline, parent, ends[0], timer);
  }
  ::sigprocmask(SIG_SETMASK, &before, nullptr);
  if (process_ < 0)
    fail("lease guard");
  ::close(ends[0]);
  ::close(timer);
  line_ = ends[1];
}

lease_guard::~lease_guard() {
  ::close(line_);
  ::waitpid(process_, nullptr, 0);
  ::munmap(shared_, sizeof(shared));
}

std::chrono::nanoseconds lease_guard::now() {
  timespec time{};
  ::clock_gettime(CLOCK_BOOTTIME, &time);
  return std::chrono::seconds{time.tv_sec}
         + std::chrono::nanoseconds{time.tv_nsec};
}

void lease_guard::end_at(std::chrono::nanoseconds when) {
  const auto before = shared_->deadline.exchange(when.count());
  // It sleeps until the deadline it knows, or until it is told of one. An
  // earlier one is never set but behind none.
  if (before != 0 || when.count() == 0)
    return;
  if (::write(line_, "!", 1) < 0 && errno == EPIPE)
    log::error("lease-guard-gone");
}

} // namespace convoy::net
