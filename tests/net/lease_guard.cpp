// SPDX-License-Identifier: Apache-2.0
#include "net/lease_guard.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace convoy::net;
using namespace std::chrono_literals;

namespace {

/// Waits for a process to end; its status.
int status_of(pid_t process) {
  int result = 0;
  while (::waitpid(process, &result, 0) < 0)
    REQUIRE(errno == EINTR);
  return result;
}

/// A process that has a guard and does as it is told; the guard's number comes
/// over a pipe. What is left of it when it ends is ours.
class guarded {
public:
  explicit guarded(const std::function<void(lease_guard&)>& life) {
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    process_ = ::fork();
    REQUIRE(process_ >= 0);
    if (process_ == 0) {
      {
        lease_guard guard;
        const auto number = guard.process();
        if (::write(ends[1], &number, sizeof(number)) != sizeof(number))
          ::_exit(2);
        life(guard);
      }
      ::_exit(0);
    }
    ::close(ends[1]);
    REQUIRE(::read(ends[0], &guard_, sizeof(guard_)) == sizeof(guard_));
    ::close(ends[0]);
  }
  pid_t process() const {
    return process_;
  }
  pid_t guard() const {
    return guard_;
  }

private:
  pid_t process_ = -1;
  pid_t guard_ = -1;
};

void stop() {
  ::raise(SIGSTOP);
}

} // namespace

TEST_CASE("a process that is stopped for longer than its lease is killed") {
  const guarded one{[](lease_guard& guard) {
    guard.end_at(lease_guard::now() + 20ms);
    stop();
  }};
  const auto status = status_of(one.process());
  CHECK(WIFSIGNALED(status));
  CHECK(WTERMSIG(status) == SIGKILL);
  // The guard ends as well.
  CHECK(WIFEXITED(status_of(one.guard())));
}

TEST_CASE("a deadline that has passed already is kept") {
  const guarded one{[](lease_guard& guard) {
    guard.end_at(lease_guard::now() - 1ms);
    stop();
  }};
  CHECK(WIFSIGNALED(status_of(one.process())));
  status_of(one.guard());
}

TEST_CASE("a process that renews its lease in time lives") {
  const guarded one{[](lease_guard& guard) {
    const auto begun = lease_guard::now();
    const auto lease = 200ms;
    while (lease_guard::now() < begun + 2 * lease)
      guard.end_at(lease_guard::now() + lease);
    guard.end_at(0ns);
  }};
  const auto status = status_of(one.process());
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
}

TEST_CASE("the guard sees a deadline that comes behind none") {
  const guarded one{[](lease_guard& guard) {
    guard.end_at(lease_guard::now() + 1h);
    guard.end_at(0ns);
    guard.end_at(lease_guard::now() + 20ms);
    stop();
  }};
  CHECK(WIFSIGNALED(status_of(one.process())));
  status_of(one.guard());
}

TEST_CASE("a guard goes when its process crashes") {
  const guarded one{[](lease_guard& guard) {
    guard.end_at(lease_guard::now() + 1h);
    ::raise(SIGKILL);
  }};
  CHECK(WIFSIGNALED(status_of(one.process())));
  CHECK(WIFEXITED(status_of(one.guard())));
}

TEST_CASE("a guard does not go when it is told to, only with its process") {
  const guarded one{[](lease_guard& guard) {
    ::kill(guard.process(), SIGTERM);
    guard.end_at(lease_guard::now() + 20ms);
    stop();
  }};
  CHECK(WIFSIGNALED(status_of(one.process())));
  CHECK(WIFEXITED(status_of(one.guard())));
}
