// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/bench/irc_server.hpp"
#include "tests/bench/loop.hpp"
#include "tests/bench/options.hpp"
#include "tests/bench/server_process.hpp"
#include "tests/bench/websocket_client.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convoy::bench {

/// Names and values of what was measured; the unit is in the name.
using measures = std::vector<std::pair<std::string, double>>;

/// A server with its IRC network and its sessions. A kind of load derives from
/// it and says what is sent.
class load : public websocket_client::listener {
public:
  /// The options that each load has, with their defaults.
  [[nodiscard]] static std::map<std::string, std::string> common_options();

  /// Starts the server.
  explicit load(const options& chosen);
  /// Puts the load on the server and measures.
  [[nodiscard]] virtual measures run() = 0;

protected:
  /// What one stretch of load cost.
  struct cost {
    /// CPU of the server.
    double cpu_ns = 0;
    double seconds = 0;
    /// Whether it ended because its time was up.
    bool cut = false;
  };

  /// Waits until the server listens and its users have joined.
  void await_users();
  /// Opens sessions up to `count` in all, in turn for each user. Each sends one
  /// ping and counts as open with its answer.
  void open_sessions(std::size_t count);
  /// Serves events until `next` ends it or `--seconds` are over.
  cost measure(const loop::step& next);
  /// Throws when the time was up before the load could be measured.
  static void require(bool measurable);

  [[nodiscard]] std::size_t users() const {
    return cookies_.size();
  }
  [[nodiscard]] std::size_t user_of(std::size_t session) const {
    return session % users();
  }
  [[nodiscard]] websocket_client& session(std::size_t index) {
    return *sessions_[index];
  }
  [[nodiscard]] irc_server& irc() {
    return irc_;
  }
  [[nodiscard]] const server_process& server() const {
    return server_;
  }

private:
  /// What an open session received.
  virtual void on_event(std::size_t index, std::string_view text,
                        std::int64_t now) = 0;
  void on_open(std::size_t index) final;
  void on_text(std::size_t index, std::string_view text,
               std::int64_t now) final;
  void on_idle(std::size_t index) override;
  /// Serves events until `done`; throws and names `what` when that takes longer
  /// than `--setup-seconds`.
  void set_up(const std::function<bool()>& done, const char* what);

  loop events_;
  std::vector<std::string> cookies_;
  std::size_t irc_users_;
  std::int64_t limit_ns_;
  std::int64_t set_up_limit_ns_;
  irc_server irc_;
  server_process server_;
  std::vector<std::unique_ptr<websocket_client>> sessions_;
  std::vector<bool> open_;
  std::size_t open_count_ = 0;
};

/// Pings with a number of them in flight in each session.
[[nodiscard]] std::unique_ptr<load> make_ping_load(int argc, char** argv);
/// IRC messages to sessions, at full speed or at a rate.
[[nodiscard]] std::unique_ptr<load> make_stream_load(int argc, char** argv);
/// Users and sessions that stay idle.
[[nodiscard]] std::unique_ptr<load> make_idle_load(int argc, char** argv);

} // namespace convoy::bench
