// SPDX-License-Identifier: Apache-2.0
#include "actors/schema_log.hpp"

#include <doctest/doctest.h>

#include <cstdio>
#include <string>
#include <unistd.h>
#include <vector>

using namespace convoy;
using namespace std::chrono_literals;

namespace {

/// What goes to the standard error while this is there.
class caught_log {
public:
  caught_log() : file_(std::tmpfile()), before_(::dup(STDERR_FILENO)) {
    ::dup2(::fileno(file_), STDERR_FILENO);
  }
  ~caught_log() {
    ::dup2(before_, STDERR_FILENO);
    ::close(before_);
    std::fclose(file_);
  }
  /// The lines since the last time, from `event=` on.
  std::vector<std::string> lines() {
    std::vector<std::string> result;
    char line[512];
    std::fseek(file_, seen_, SEEK_SET);
    while (std::fgets(line, sizeof line, file_) != nullptr) {
      std::string text{line};
      text.erase(0, text.find("event="));
      text.pop_back();
      result.push_back(std::move(text));
    }
    seen_ = std::ftell(file_);
    return result;
  }

private:
  std::FILE* file_;
  int before_;
  long seen_ = 0;
};

using lines = std::vector<std::string>;

} // namespace

TEST_CASE("the log says which steps the schema takes, and how long they take") {
  protocol::instant now{};
  actors::schema_log log{[&] {
    return now;
  }};
  const auto tell = log.teller();
  caught_log caught;
  tell(3, 0, 3);
  CHECK(caught.lines() == lines{"event=schema-step-begins step=3"});
  now += 4s;
  tell(3, 1, 3);
  CHECK(caught.lines().empty());
  now += 1s;
  tell(3, 2, 3);
  CHECK(caught.lines()
        == lines{"event=schema-step-goes-on step=3 done=2 of=3"});
  now += 250ms;
  tell(3, 3, 3);
  CHECK(caught.lines() == lines{"event=schema-step step=3 ms=5250"});
  tell(4, 0, 1);
  tell(4, 1, 0);
  CHECK(caught.lines()
        == lines{"event=schema-step-begins step=4",
                 "event=schema-step-waits step=4 tries=1"
                 " reason=\"others have what it would change\""});
  tell(4, 0, 1);
  now += 7ms;
  tell(4, 1, 1);
  CHECK(caught.lines()
        == lines{"event=schema-step-begins step=4",
                 "event=schema-step step=4 ms=7"});
}
