// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/console.hpp"

#include "tests/actors/store/scratch.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fcntl.h>
#include <sstream>
#include <stdexcept>
#include <termios.h>
#include <unistd.h>

using namespace convoy::actors::command_line;

namespace {

/// A terminal and the one who types there.
class typist {
public:
  typist() : keyboard_(::posix_openpt(O_RDWR | O_NOCTTY)) {
    REQUIRE(keyboard_ >= 0);
    REQUIRE(::grantpt(keyboard_) == 0);
    REQUIRE(::unlockpt(keyboard_) == 0);
    terminal_ = ::open(::ptsname(keyboard_), O_RDWR | O_NOCTTY);
    REQUIRE(terminal_ >= 0);
  }
  ~typist() {
    ::close(terminal_);
    ::close(keyboard_);
  }
  typist(const typist&) = delete;
  typist& operator=(const typist&) = delete;

  int terminal() const {
    return terminal_;
  }

  bool is_echoed() const {
    termios state{};
    REQUIRE(::tcgetattr(terminal_, &state) == 0);
    return (state.c_lflag & ECHO) != 0;
  }

private:
  int keyboard_;
  int terminal_ = -1;
};

/// A stream that tells, when it is read, whether the terminal echoes.
class watched_input : public std::streambuf {
public:
  watched_input(const typist& who, std::string line)
      : who_(who), line_(std::move(line)) {
    // nop
  }

  bool was_echoed = true;

protected:
  int_type underflow() override {
    was_echoed = who_.is_echoed();
    if (gptr() != nullptr)
      return traits_type::eof();
    setg(line_.data(), line_.data(), line_.data() + line_.size());
    return traits_type::to_int_type(line_.front());
  }

private:
  const typist& who_;
  std::string line_;
};

} // namespace

TEST_CASE("without a terminal a line is read and nothing is asked") {
  std::istringstream in{"correct horse\r\nbattery\n"};
  std::ostringstream out;
  std::ostringstream err;
  CHECK(read_password({in, out, err}, "Password") == "correct horse");
  CHECK(read_password({in, out, err}, "Password") == "battery");
  CHECK(out.str().empty());
  CHECK(err.str().empty());
  CHECK(convoy::tests::error_of([&] {
          read_password({in, out, err}, "Password");
        })
        == "no password was given");
}

TEST_CASE("on a terminal a question is asked and what is typed not shown") {
  const typist who;
  watched_input typed{who, "correct horse\n"};
  std::istream in{&typed};
  std::ostringstream out;
  std::ostringstream err;
  CHECK(who.is_echoed());
  CHECK(read_password({in, out, err, who.terminal()}, "Password")
        == "correct horse");
  CHECK_FALSE(typed.was_echoed);
  CHECK(who.is_echoed());
  CHECK(err.str() == "Password: \n");
  CHECK(out.str().empty());
}

TEST_CASE("a question is asked, and its answer is a line") {
  std::istringstream in{"yes\n"};
  std::ostringstream out;
  std::ostringstream err;
  CHECK(ask({in, out, err}, "Sure") == "yes");
  CHECK(err.str() == "Sure: ");
  CHECK(ask({in, out, err}, "Sure").empty());
}

TEST_CASE("what a command throws is explained, each problem on its line") {
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  const console io{in, out, err};
  CHECK(run_and_explain(io, [&] { out << "done"; }) == 0);
  CHECK(err.str().empty());
  CHECK(run_and_explain(io, [] { throw std::runtime_error("broken"); }) == 1);
  CHECK(err.str() == "convoy: broken\n");
  err.str("");
  CHECK(run_and_explain(io, [] { throw several_problems{{"a", "b"}}; }) == 1);
  CHECK(err.str() == "convoy: a\nconvoy: b\n");
  err.str("");
  out.setstate(std::ios::badbit);
  CHECK(run_and_explain(io, [] {}) == 1);
  CHECK(err.str() == "convoy: cannot write the output\n");
}
