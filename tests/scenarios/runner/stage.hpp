// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "convoy_server.hpp"
#include "failure.hpp"
#include "http.hpp"
#include "irc_server.hpp"
#include "peer.hpp"
#include "real_server.hpp"
#include "script.hpp"
#include "store_lock.hpp"
#include "variables.hpp"
#include "world.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace convoy::scenarios {

/// A directory that goes with this object.
class temporary_directory {
public:
  /// @throws failure when it cannot be made.
  temporary_directory();
  ~temporary_directory();
  temporary_directory(const temporary_directory&) = delete;
  temporary_directory& operator=(const temporary_directory&) = delete;

  const std::string& path() const noexcept {
    return path_;
  }

private:
  std::string path_;
};

/// Everything that exists while one scenario runs.
struct stage {
  /// `program` is the convoy to test; its files go to a temporary directory.
  explicit stage(std::string program);

  /// The peer of that name; `libera` is the first connection to the scripted
  /// server libera and `libera#2` the second, which are waited for.
  /// @throws script_error when there is nobody of that name.
  peer& who(const std::string& name);
  /// Waits within the current limit.
  bool wait(const std::function<bool()>& done);

  world loop;
  variables names;
  std::string program;
  temporary_directory directory;
  std::map<std::string, std::string> environment;
  /// How long a step may take.
  std::chrono::milliseconds limit{10'000};
  convoy_server convoy{loop};
  std::unique_ptr<store_lock> lock; ///< on Convoy's store
  /// Cookie `convos` of each browser, and the browser in use.
  std::map<std::string, std::string> cookies;
  std::string browser;
  std::map<std::string, std::unique_ptr<irc_server>> servers;
  std::map<std::string, std::unique_ptr<real_server>> real_servers;
  std::map<std::string, std::unique_ptr<peer>> peers;
};

using step_handler = void (*)(stage&, const step&, const std::string& rest);

// The handlers of steps, by the first word; `rest` is what follows it.

void serve(stage&, const step&, const std::string& rest);
void serve_bare(stage&, const step&, const std::string& rest);
void stop(stage&, const step&, const std::string& rest);
void reload(stage&, const step&, const std::string& rest);
void restart(stage&, const step&, const std::string& rest);
void kill(stage&, const step&, const std::string& rest);
void exits(stage&, const step&, const std::string& rest);
void store(stage&, const step&, const std::string& rest);
void log(stage&, const step&, const std::string& rest);
void memory(stage&, const step&, const std::string& rest);
void run_command(stage&, const step&, const std::string& rest);
void make_file(stage&, const step&, const std::string& rest);
void set_environment(stage&, const step&, const std::string& rest);

void as_browser(stage&, const step&, const std::string& rest);
void rest_call(stage&, const step&, const std::string& rest);
void open_websocket(stage&, const step&, const std::string& rest);

void make_irc_server(stage&, const step&, const std::string& rest);
void make_ngircd(stage&, const step&, const std::string& rest);
void make_inspircd(stage&, const step&, const std::string& rest);
void make_hybrid(stage&, const step&, const std::string& rest);
void start_services(stage&, const step&, const std::string& rest);
void make_irc_client(stage&, const step&, const std::string& rest);
void drop(stage&, const step&, const std::string& rest);
void stall(stage&, const step&, const std::string& rest);
void unstall(stage&, const step&, const std::string& rest);
void refuse(stage&, const step&, const std::string& rest);
void accept(stage&, const step&, const std::string& rest);

void let(stage&, const step&, const std::string& rest);
void unordered(stage&, const step&, const std::string& rest);
/// A step whose first word is a peer.
void talk(stage&, const std::string& name, const std::string& rest);

/// The first word of `text` and what follows it.
std::pair<std::string, std::string> first_word(const std::string& text);

} // namespace convoy::scenarios
