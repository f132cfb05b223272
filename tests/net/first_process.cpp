// SPDX-License-Identifier: Apache-2.0
#include "net/first_process.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <functional>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace convoy::net;

namespace {

int status_of(pid_t process) {
  int result = 0;
  while (::waitpid(process, &result, 0) < 0)
    REQUIRE(errno == EINTR);
  return result;
}

/// A process that goes on as a child, which says its number and then lives as
/// it is told.
struct pair {
  explicit pair(const std::function<void()>& life) {
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    parent = ::fork();
    REQUIRE(parent >= 0);
    if (parent == 0) {
      go_on_as_child();
      std::signal(SIGTERM, [](int) { ::_exit(9); });
      const auto number = ::getpid();
      if (::write(ends[1], &number, sizeof(number)) == sizeof(number))
        life();
      ::_exit(7);
    }
    ::close(ends[1]);
    REQUIRE(::read(ends[0], &child, sizeof(child)) == sizeof(child));
    ::close(ends[0]);
  }

  pid_t parent = -1;
  pid_t child = -1;
};

void wait_for_a_signal() {
  ::pause();
}

} // namespace

TEST_CASE("a test is not the first process of anything") {
  CHECK_FALSE(is_first_process());
}

TEST_CASE("the first process ends as its child does") {
  const pair both{[] {
  }};
  CHECK(both.child != both.parent);
  const auto status = status_of(both.parent);
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 7);
}

TEST_CASE("a signal to the first process is for its child") {
  const pair both{wait_for_a_signal};
  ::kill(both.parent, SIGTERM);
  const auto status = status_of(both.parent);
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 9);
}

TEST_CASE("who kills the child is told of by the exit code") {
  const pair both{wait_for_a_signal};
  ::kill(both.child, SIGKILL);
  const auto status = status_of(both.parent);
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 128 + SIGKILL);
}

TEST_CASE("the child does not live without the first process") {
  const pair both{wait_for_a_signal};
  ::kill(both.parent, SIGKILL);
  CHECK(WIFSIGNALED(status_of(both.parent)));
  // It is ours now.
  CHECK(WTERMSIG(status_of(both.child)) == SIGKILL);
}
