// SPDX-License-Identifier: Apache-2.0
#include "process.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/signal_set.hpp>

#include <array>
#include <csignal>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace convoy::scenarios {

namespace {

namespace asio = boost::asio;

int checked(int result, const char* what) {
  if (result < 0)
    throw std::system_error(errno, std::generic_category(), what);
  return result;
}

struct pipe_ends {
  int read = -1;
  int write = -1;
};

pipe_ends make_pipe() {
  std::array<int, 2> ends{};
  checked(::pipe2(ends.data(), O_CLOEXEC), "pipe");
  return {ends[0], ends[1]};
}

/// A file in memory that holds the child's standard input.
int make_input(const std::string& text) {
  int file = checked(::memfd_create("input", MFD_CLOEXEC), "memfd_create");
  for (std::size_t done = 0; done < text.size();)
    done += static_cast<std::size_t>(checked(
        static_cast<int>(::write(file, text.data() + done, text.size() - done)),
        "write"));
  ::lseek(file, 0, SEEK_SET);
  return file;
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (const auto& text : texts)
    result.push_back(const_cast<char*>(text.c_str()));
  result.push_back(nullptr);
  return result;
}

} // namespace

struct process::state : std::enable_shared_from_this<process::state> {
  explicit state(asio::io_context& io)
      : output_end(io), errors_end(io), children(io, SIGCHLD) {}

  void start(const command& what) {
    auto out = make_pipe();
    auto err = make_pipe();
    int in = make_input(what.input);
    std::vector<std::string> variables;
    for (const auto& [name, value] : what.environment)
      variables.push_back(name + '=' + value);
    auto argv = pointers(what.arguments);
    auto envp = pointers(variables);
    auto parent = ::getpid();
    id = checked(::fork(), "fork");
    if (id == 0) {
      // Only what is safe between fork and exec.
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      if (::getppid() != parent || ::chdir(what.directory.c_str()) != 0)
        ::_exit(126);
      ::dup2(in, 0);
      ::dup2(out.write, 1);
      ::dup2(err.write, 2);
      ::close_range(3, ~0U, 0);
      ::execvpe(argv[0], argv.data(), envp.data());
      ::_exit(127);
    }
    ::close(in);
    ::close(out.write);
    ::close(err.write);
    output_end.assign(out.read);
    errors_end.assign(err.read);
    read(output_end, output, output_room);
    read(errors_end, errors, errors_room);
    watch();
  }

  void read(asio::posix::stream_descriptor& from, std::string& into,
            std::array<char, 4096>& room) {
    from.async_read_some(asio::buffer(room),
                         [this, self = shared_from_this(), &from, &into,
                          &room](auto error, std::size_t size) {
                           into.append(room.data(), size);
                           if (error)
                             ++ended;
                           else
                             read(from, into, room);
                         });
  }

  void watch() {
    children.async_wait([this, self = shared_from_this()](auto error, int) {
      if (!error && !reap(WNOHANG))
        watch();
    });
    if (reap(WNOHANG))
      children.cancel();
  }

  bool reap(int options) {
    int status = 0;
    if (!code && ::waitpid(id, &status, options) == id)
      code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    return code.has_value();
  }

  void end() {
    if (!reap(WNOHANG)) {
      ::kill(id, SIGKILL);
      reap(0);
    }
    children.cancel();
    output_end.close();
    errors_end.close();
  }

  pid_t id = -1;
  std::optional<int> code;
  int ended = 0;
  std::string output;
  std::string errors;
  std::array<char, 4096> output_room{};
  std::array<char, 4096> errors_room{};
  asio::posix::stream_descriptor output_end;
  asio::posix::stream_descriptor errors_end;
  asio::signal_set children;
};

process::process(asio::io_context& io, const command& what)
    : state_(std::make_shared<state>(io)) {
  state_->start(what);
}

process::~process() {
  state_->end();
}

int process::id() const noexcept {
  return state_->id;
}

void process::signal(int number) {
  if (!state_->reap(WNOHANG))
    ::kill(state_->id, number);
}

const std::string& process::output() const noexcept {
  return state_->output;
}

const std::string& process::errors() const noexcept {
  return state_->errors;
}

std::optional<int> process::exit_code() const noexcept {
  return state_->ended == 2 ? state_->code : std::nullopt;
}

} // namespace convoy::scenarios
