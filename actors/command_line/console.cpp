// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/console.hpp"

#include <istream>
#include <ostream>
#include <stdexcept>
#include <termios.h>
#include <unistd.h>

namespace convoy::actors::command_line {

namespace {

/// Keeps a terminal from showing what is typed.
class echo_off {
public:
  explicit echo_off(int terminal) : terminal_(terminal) {
    if (::tcgetattr(terminal_, &before_) != 0)
      throw std::runtime_error("cannot turn off the terminal's echo");
    auto silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    if (::tcsetattr(terminal_, TCSAFLUSH, &silent) != 0)
      throw std::runtime_error("cannot turn off the terminal's echo");
  }
  ~echo_off() {
    ::tcsetattr(terminal_, TCSANOW, &before_);
  }
  echo_off(const echo_off&) = delete;
  echo_off& operator=(const echo_off&) = delete;

private:
  int terminal_;
  termios before_{};
};

std::string read_line(std::istream& in) {
  std::string line;
  if (!std::getline(in, line))
    throw std::runtime_error("no password was given");
  if (line.ends_with('\r'))
    line.pop_back();
  return line;
}

} // namespace

int run_and_explain(const console& io, const std::function<void()>& body) {
  try {
    body();
  } catch (const several_problems& all) {
    for (const auto& problem : all.problems)
      io.err << "convoy: " << problem << '\n';
    return 1;
  } catch (const std::exception& error) {
    io.err << "convoy: " << error.what() << '\n';
    return 1;
  }
  if (!io.out.flush()) {
    io.err << "convoy: cannot write the output\n";
    return 1;
  }
  return 0;
}

std::string ask(const console& io, const std::string& question) {
  io.err << question << ": " << std::flush;
  std::string line;
  std::getline(io.in, line);
  return line;
}

std::string read_password(const console& io, const std::string& question) {
  if (io.terminal < 0 || ::isatty(io.terminal) == 0)
    return read_line(io.in);
  const echo_off silence{io.terminal};
  io.err << question << ": " << std::flush;
  auto line = read_line(io.in);
  // The newline that was typed was not shown either.
  io.err << '\n' << std::flush;
  return line;
}

} // namespace convoy::actors::command_line
