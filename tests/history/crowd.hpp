// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/history/client.hpp"
#include "tests/history/irc_network.hpp"
#include "tests/history/surroundings.hpp"
#include "tests/scenarios/runner/http.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace convoy::history {

/// The users of a run, with their devices and their place on IRC.
class crowd {
public:
  /// Handles what happens until `done`; `what` is for people.
  using waiting = std::function<void(const std::string& what,
                                     const std::function<bool()>& done)>;

  crowd(surroundings& in, irc_network& irc, const door& at)
      : in_(in), irc_(irc), door_(at) {}

  /// Registers one who wants to be on IRC, with so many devices; every second
  /// device wants ISO times.
  /// @throws scenarios::failure when that is refused.
  void add_user(const std::string& name, std::size_t devices);

  /// That user wants to be on IRC, or not any more. False while the connection
  /// is being closed.
  /// @throws scenarios::failure when that is refused.
  bool want_irc(const std::string& name, bool wanted);

  const std::vector<std::string>& users() const noexcept {
    return users_;
  }
  const std::vector<std::unique_ptr<client>>& clients() const noexcept {
    return clients_;
  }
  /// Whether everybody is on IRC, and whether no device is connected.
  bool is_on_irc() const;
  bool is_away() const;

  /// Devices do random things, and people on IRC talk; or not.
  void act(bool on);
  /// Who has stalled reads again.
  void go_on();
  /// Nobody does anything any more; waits until all have what there is.
  void come_to_rest(const waiting& await);
  /// Lets everybody read all of their journal.
  void audit(const waiting& await);
  /// Who is not where they want to be, for people.
  std::string who_waits() const;

private:
  /// @throws scenarios::failure when the answer is neither 200 nor 424.
  scenarios::http_answer post(const std::string& path, const std::string& body,
                              const std::string& cookie);

  surroundings& in_;
  irc_network& irc_;
  const door& door_;
  std::vector<std::string> users_;
  std::map<std::string, std::string> cookies_; ///< by user
  std::vector<std::unique_ptr<client>> clients_;
};

} // namespace convoy::history
