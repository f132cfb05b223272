// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/command_line/store_access.hpp"
#include "actors/command_line/user_commands.hpp"
#include "tests/actors/store/scratch.hpp"

#include <chrono>
#include <sstream>
#include <string>

namespace convoy::tests {

/// A store of one's own, and commands that are run upon it.
struct user_fixture {
  user_fixture() {
    what.options.store = "sqlite:" + place.path("store");
    what.options.key_file = place.path("key");
    what.options.node.cost = actors::password_cost::minimum;
  }

  /// Runs `what` as that command with that standard input.
  int run(actors::command_line::command::kind kind,
          const std::string& typed = "") {
    what.what = kind;
    std::istringstream in{typed};
    std::ostringstream out_stream;
    std::ostringstream err_stream;
    const auto result = actors::command_line::run_user_command(
        what, {in, out_stream, err_stream}, now);
    out = out_stream.str();
    err = err_stream.str();
    // Every command that makes hashes of this cost warns of it.
    if (err.starts_with(warning))
      err.erase(0, warning.size());
    else if (makes_hashes(kind))
      err = "no warning: " + err;
    return result;
  }

  static bool makes_hashes(actors::command_line::command::kind what) {
    using kind = actors::command_line::command::kind;
    return what == kind::user_add || what == kind::user_passwd
           || what == kind::user_import;
  }

  actors::store::database open() const {
    return actors::store::database{
        actors::command_line::prepare_store(what.options)};
  }

  static inline const std::string warning =
      "convoy: --password-cost=min makes hashes that are easily guessed: for "
      "tests only\n";
  scratch place;
  actors::command_line::command what;
  protocol::timestamp now{std::chrono::seconds{1'700'000'000}};
  std::string out;
  std::string err;
};

} // namespace convoy::tests
