// SPDX-License-Identifier: Apache-2.0
#include "net/first_process.hpp"

#include <cerrno>
#include <csignal>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace convoy::net {

namespace {

/// As a shell says it.
int exit_code_of(int status) {
  constexpr int killed = 128;
  return WIFSIGNALED(status) ? killed + WTERMSIG(status) : WEXITSTATUS(status);
}

[[noreturn]] void hand_on_signals(pid_t child, const sigset_t& all) {
  for (;;) {
    int signal = 0;
    if (::sigwait(&all, &signal) != 0)
      continue;
    if (signal != SIGCHLD) {
      ::kill(child, signal);
      continue;
    }
    int status = 0;
    for (pid_t ended = 0; (ended = ::waitpid(-1, &status, WNOHANG)) > 0;)
      if (ended == child)
        ::_exit(exit_code_of(status));
  }
}

} // namespace

bool is_first_process() {
  return ::getpid() == 1;
}

void go_on_as_child() {
  sigset_t all;
  sigset_t before;
  ::sigfillset(&all);
  ::sigprocmask(SIG_SETMASK, &all, &before);
  const auto parent = ::getpid();
  const auto child = ::fork();
  if (child > 0)
    hand_on_signals(child, all);
  const int error = errno;
  ::sigprocmask(SIG_SETMASK, &before, nullptr);
  if (child < 0)
    throw std::system_error(error, std::generic_category(), "child process");
  // Without the parent nobody could stop us.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent)
    ::_exit(1);
}

} // namespace convoy::net
