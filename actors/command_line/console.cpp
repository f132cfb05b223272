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
