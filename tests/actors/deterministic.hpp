// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/node.hpp"
#include "actors/store/store.hpp"
#include "fake_links.hpp"
#include "net/metrics.hpp"

#include <caf/actor_system_config.hpp>
#include <caf/scheduler/test_coordinator.hpp>
#include <caf/scoped_actor.hpp>
#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace convoy::actors {

/// A node under CAF's test coordinator: nothing happens but in `run`, no time
/// passes but in `advance`, the store is in memory and nobody has a thread.
class deterministic {
public:
  /// Puts another actor in the place of the archive.
  using wrap_archive =
      std::function<caf::actor(caf::actor_system&, caf::actor)>;

  /// Gives the node what it has of a fleet.
  using join_fleet =
      std::function<void(caf::actor_system&, const std::shared_ptr<node>&)>;

  static settings quick();
  static std::shared_ptr<store::database> empty_store();

  explicit deterministic(settings config = quick(),
                         std::shared_ptr<store::database> store = empty_store(),
                         const wrap_archive& wrap = {},
                         const join_fleet& join = {});
  ~deterministic();
  deterministic(const deterministic&) = delete;
  deterministic& operator=(const deterministic&) = delete;

  /// Ends every actor, as `main` does at the end.
  void leave();

  // -- what happens -----------------------------------------------------------

  /// Runs all that is to run, but for those that are held.
  void run();
  /// The same, with sockets that write and close at once.
  void settle();
  template <class Rep, class Period>
  void advance(std::chrono::duration<Rep, Period> time) {
    pass(std::chrono::duration_cast<caf::timespan>(time));
  }
  /// `who` does not run until it is let go.
  void hold(const caf::actor& who);
  void let_go(const caf::actor& who);
  /// Messages and deadlines that wait for their time.
  std::size_t pending_timers();

  // -- people -----------------------------------------------------------------

  /// Makes an account with a session; the token opens it.
  protocol::user_id add_user(const std::string& email,
                             const std::string& token = "token");
  /// The connection `irc-example` with what it is to rejoin.
  void add_connection(protocol::user_id user,
                      const std::vector<std::string>& conversations = {},
                      bool wanted = true,
                      const std::string& url = "irc://irc.example.net:6697");
  std::shared_ptr<fake_websocket>
  open_socket(const std::string& token = "token", const std::string& ts = "");
  /// Brings `irc-example` up as `ann`, who is in `#room`.
  fake_irc_link& welcome();
  /// One REST request and its one answer.
  protocol::http_response rest(protocol::http_request request);
  protocol::http_response rest(const std::string& method,
                               const std::string& target,
                               const std::string& body = "",
                               const std::string& token = "token");
  caf::actor user_actor(protocol::user_id id);

  caf::actor_system& system() {
    return system_;
  }
  caf::scheduler::test_coordinator& coordinator() {
    return static_cast<caf::scheduler::test_coordinator&>(system_.scheduler());
  }

  protocol::timestamp wall{std::chrono::seconds{1795330887}};
  std::shared_ptr<store::database> database;
  fake_connector connector;
  net::metrics counts{"test"};
  node_ptr home;
  caf::actor writer; ///< the archive itself
  std::shared_ptr<net::gateway> gateway;

private:
  struct testing_config : caf::actor_system_config {
    testing_config();
  };

  void pass(caf::timespan time);

  testing_config config_;
  caf::actor_system system_;
  std::set<const caf::resumable*> held_;
  std::vector<caf::actor> keep_;
  std::vector<std::shared_ptr<fake_websocket>> sockets_;
};

} // namespace convoy::actors
