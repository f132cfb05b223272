// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/history/surroundings.hpp"
#include "tests/scenarios/runner/irc_server.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>

namespace convoy::history {

/// An IRC server whose people never stop talking. Users are told apart by their
/// nicks. Each has a channel where bob is, too, named `#` and the nick.
class irc_network {
public:
  explicit irc_network(surroundings& in);
  ~irc_network();

  std::uint16_t port() const noexcept;
  /// Which node connects from which address.
  void know(std::map<std::string, std::string> nodes) {
    nodes_ = std::move(nodes);
  }
  /// People say something, or are silent.
  void talk(bool on);
  /// Whether the newest connection of that user is in its channel.
  bool has_joined(const std::string& user) const;
  /// Says one thing in the channel of a user who is there; returns its text.
  std::string say(const std::string& user);
  /// So many lines at once.
  void flood(const std::string& user, std::size_t lines);
  /// Ends that user's connection, if there is one; when it is not `polite`,
  /// what is on its way here is lost.
  void hang_up(const std::string& user, bool polite);
  /// Asks everybody for a PONG behind all that was said.
  void ask_all();
  /// Whether all those who are there have answered every PING.
  bool all_answered() const;
  /// Whether the newest connection of that user has ended.
  bool has_gone(const std::string& user) const;
  /// Whether all connections have ended and were read to their ends.
  bool all_gone() const;

private:
  class link;

  void meet(scenarios::line_peer& peer);
  /// A connection of that user beside that one.
  link_number beside(const link& mine) const;
  std::string node_at(const std::string& address) const;
  std::string next_text(const std::string& user);
  link* current(const std::string& user) const;

  surroundings& in_;
  scenarios::irc_server server_;
  std::map<link_number, std::unique_ptr<link>> links_;
  std::map<std::string, link_number> newest_; ///< by user
  std::set<link_number> live_;
  std::map<std::string, std::size_t> texts_; ///< so many so far, by user
  std::map<std::string, std::string> nodes_; ///< by address
  bool talks_ = false;
};

} // namespace convoy::history
