// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/command_line/options.hpp"
#include "actors/command_line/reload.hpp"
#include "actors/command_line/variables.hpp"

#include <string>
#include <variant>
#include <vector>

namespace convoy::actors::command_line {

/// What `convoy` is to do, with all that it was told; the options are set
/// whatever the command.
struct command {
  enum class kind {
    serve,
    user_add,
    user_list,
    user_passwd,
    user_import,
    user_disable,
    user_enable,
    user_delete,
    user_role,
    backup,
    restore,
    verify,
    move_store,
    export_user,
    import_convos,
    healthcheck,
    status,
    drain,
  };

  kind what = kind::serve;
  serve_options options;
  option_values values; ///< of all options

  // -- convoy user ------------------------------------------------------------

  std::string email;
  bool admin = false;
  std::string password_file; ///< "" to ask, or to read the standard input
  bool json = false;
  std::string import_file;
  bool sessions = false; ///< a session for each imported user
  bool yes = false;      ///< delete without asking
  std::string role;
  bool remove = false; ///< the role is taken, not given

  // -- moving in and out ------------------------------------------------------

  std::string backup_file;
  std::string from_store; ///< that is moved
  std::string to_store;
  bool running = false;  ///< a server may use it meanwhile
  bool force = false;    ///< replace what is there
  bool with_key = false; ///< the key goes along, in a file of its own
  std::string output;    ///< "" for the standard output
  bool with_secrets = false;
  std::string convos_home;
  bool dry_run = false;
  bool quiet = false; ///< say nothing of the progress
};

/// All that there is to say instead of doing something, each with a newline at
/// its end.
struct reply {
  int exit_code = 0;                   ///< 0 well, 2 wrongly used
  std::string out;                     ///< for the standard output
  std::string err;                     ///< for the standard error
  std::vector<std::string> problems{}; ///< the same, one by one
};

/// Reads the command line, the environment and the file that either of them
/// names; the reply is a version, a help, a checked or a default configuration,
/// or every problem that was found, each with its place.
std::variant<command, reply> parse(int argc, const char* const* argv,
                                   const environment& variables);

} // namespace convoy::actors::command_line
