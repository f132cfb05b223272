// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/server_process.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <ctime>
#include <fcntl.h>
#include <sched.h>
#include <stdexcept>
#include <string_view>
#include <sys/wait.h>

namespace convoy::bench {

namespace {

constexpr int exec_failed = 127;

/// The child's side of the fork: never returns.
[[noreturn]] void become(std::vector<char*> command, std::int64_t cpu,
                         int output) {
  try {
    pin_to(cpu);
    checked(::dup2(output, STDOUT_FILENO), "dup2");
    checked(::dup2(output, STDERR_FILENO), "dup2");
    ::execv(command.front(), command.data());
  } catch (const std::system_error&) {
    ::_exit(exec_failed);
  }
  ::_exit(exec_failed);
}

} // namespace

void pin_to(std::int64_t cpu) {
  cpu_set_t cpus;
  CPU_ZERO(&cpus);
  CPU_SET(static_cast<std::size_t>(cpu), &cpus);
  checked(::sched_setaffinity(0, sizeof cpus, &cpus), "sched_setaffinity");
}

server_process::server_process(loop& events,
                               const std::vector<std::string>& command,
                               std::int64_t cpu, const std::string& log)
    : log_path_(log), log_(log) {
  if (command.empty() || !log_)
    throw std::invalid_argument("no command after --, or no log: " + log);
  std::array<int, 2> ends{};
  checked(::pipe2(ends.data(), O_CLOEXEC), "pipe2");
  output_ = unique_fd(ends[0]);
  const unique_fd child_end(ends[1]);
  std::vector<char*> words;
  for (const auto& word : command)
    words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  started_ = monotonic_ns();
  pid_ = checked(::fork(), "fork");
  if (pid_ == 0)
    become(std::move(words), cpu, child_end.value());
  checked(::fcntl(output_.value(), F_SETFL, O_NONBLOCK), "fcntl");
  events.add(output_.value(), *this);
}

server_process::~server_process() {
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

void server_process::ready(std::uint32_t) {
  std::array<char, 4096> buffer{};
  for (;;) {
    const auto count = ::read(output_.value(), buffer.data(), buffer.size());
    if (count < 0 && errno == EAGAIN)
      return;
    if (count <= 0)
      throw std::runtime_error("the server ended; its log: " + log_path_);
    const std::string_view bytes(buffer.data(),
                                 static_cast<std::size_t>(count));
    log_ << bytes << std::flush;
    if (port_ != 0)
      continue;
    line_ += bytes;
    for (auto end = line_.find('\n'); end != std::string::npos;
         end = line_.find('\n')) {
      read_port(std::string_view(line_).substr(0, end));
      line_.erase(0, end + 1);
    }
  }
}

std::int64_t server_process::cpu_ns() const {
  clockid_t clock = 0;
  timespec used{};
  if (::clock_getcpuclockid(pid_, &clock) != 0
      || ::clock_gettime(clock, &used) != 0)
    throw std::runtime_error("no CPU clock of the server");
  return used.tv_sec * 1'000'000'000 + used.tv_nsec;
}

std::int64_t server_process::resident_kib() const {
  std::ifstream file(fmt::format("/proc/{}/smaps_rollup", pid_));
  std::string word;
  while (file >> word) {
    std::int64_t size = 0;
    if (word == "Rss:" && file >> size)
      return size;
  }
  throw std::runtime_error("no smaps_rollup of the server");
}

void server_process::read_port(std::string_view line) {
  constexpr std::string_view key = " port=";
  const auto found = line.find(key);
  if (line.find("event=listening") == std::string_view::npos
      || line.find("listener=public") == std::string_view::npos
      || found == std::string_view::npos)
    return;
  const auto digits = line.substr(found + key.size());
  std::from_chars(digits.data(), digits.data() + digits.size(), port_);
}

} // namespace convoy::bench
