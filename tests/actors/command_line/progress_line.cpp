// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/progress_line.hpp"

#include <doctest/doctest.h>

#include <sstream>

using namespace convoy;
using namespace convoy::actors::command_line;
using namespace std::chrono_literals;

namespace {

/// Somebody who watches, or not, and a clock that goes when it is told.
struct watched {
  explicit watched(bool is_watched)
      : io{in, out, err, -1, is_watched, [this] {
             return now;
           }} {
    // nop
  }

  /// What was written since the last time.
  std::string said() {
    auto result = err.str();
    err.str("");
    return result;
  }

  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  protocol::instant now{};
  console io;
};

const std::string wiped = "\r\x1b[K";

} // namespace

TEST_CASE("what takes long shows how far it is, and then nothing more") {
  watched people{true};
  {
    progress_line line{people.io, false};
    line.show("rows", 0, 4000);
    people.now += 900ms;
    line.show("rows", 900, 4000);
    CHECK(people.said().empty());
    people.now += 1100ms;
    line.show("rows", 3000, 4000);
    CHECK(people.said() == "75%  3,000 of 4,000 rows, 1,500/s");
    // Not oftener than one can read it.
    people.now += 50ms;
    line.show("rows", 3100, 4000);
    CHECK(people.said().empty());
    people.now += 50ms;
    line.show("rows", 4200, 4000);
    CHECK(people.said() == wiped + "100%  4,200 of 4,000 rows, 2,000/s");
  }
  CHECK(people.said() == wiped);
}

TEST_CASE("what is announced is there at once, until there is more to say") {
  watched people{true};
  progress_line line{people.io, false};
  line.announce("Thinking");
  CHECK(people.said() == "Thinking ...");
  line.show("rows", 0, 10);
  people.now += 2s;
  line.show("rows", 4, 10);
  CHECK(people.said() == wiped + "40%  4 of 10 rows, 2/s");
  line.announce("Resting");
  CHECK(people.said() == wiped + "Resting ...");
}

TEST_CASE("another kind of thing begins anew, and may have no end") {
  watched people{true};
  progress_line line{people.io, false};
  people.now += 5s;
  line.show("pages", 500, 1000);
  CHECK(people.said().empty());
  people.now += 2s;
  line.show("pages", 700, 1000);
  CHECK(people.said() == "70%  700 of 1,000 pages, 100/s");
  people.now += 2s;
  line.show("rows", 10, 0);
  CHECK(people.said().empty());
  people.now += 2s;
  line.teller()("rows", 1'234'510, 0);
  CHECK(people.said() == wiped + "1,234,510 rows, 617,250/s");
}

TEST_CASE("steps of the schema are announced, but not those of a new store") {
  watched people{true};
  progress_line old{people.io, false};
  auto tell = old.schema_teller();
  tell(3, 0, 2);
  CHECK(people.said() == "Schema step 3, 1 of 2 ...");
  tell(3, 1, 2);
  CHECK(people.said() == wiped + "Schema step 3, 2 of 2 ...");
  tell(3, 2, 2);
  CHECK(people.said().empty());
  tell = old.schema_teller();
  for (std::size_t step = 1; step < 4; ++step)
    tell(step, 0, 2);
  CHECK(people.said().empty());
}

TEST_CASE("nobody is told who does not watch, or does not want to") {
  for (const bool is_watched : {false, true}) {
    watched people{is_watched};
    {
      progress_line line{people.io, is_watched};
      line.announce("Thinking");
      people.now += 5s;
      line.show("rows", 1, 2);
      people.now += 5s;
      line.show("rows", 2, 2);
    }
    CHECK(people.said().empty());
  }
}

TEST_CASE("long numbers have commas") {
  CHECK(with_commas(0) == "0");
  CHECK(with_commas(999) == "999");
  CHECK(with_commas(1000) == "1,000");
  CHECK(with_commas(12'345'678) == "12,345,678");
}
