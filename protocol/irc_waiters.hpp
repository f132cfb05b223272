// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/casemapping.hpp"
#include "protocol/ids.hpp"
#include "protocol/time.hpp"

#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoy::protocol {

/// Who waits for the outcome of a command.
struct irc_asker {
  enum class origin : std::uint8_t {
    person,     ///< `to` says which request
    on_connect, ///< an on-connect command
    rejoin      ///< what follows the on-connect commands (spec §6.5)
  };
  origin from = origin::person;
  ticket to = 0;
};

/// Somebody in a channel, with the letters of all modes that show (`ov`).
struct irc_participant {
  std::string nick;
  std::string mode;
};

/// What WHOIS tells (spec §4.6).
struct irc_whois {
  std::string nick;
  std::string user;
  std::string host;
  std::string name;
  std::string server;
  std::string server_info;
  std::string away;
  std::string fingerprint;
  std::uint64_t idle_for = 0;                  ///< seconds
  std::map<std::string, std::string> channels; ///< name → mode letters
};

/// The commands whose answer comes later.
enum class irc_command_kind : std::uint8_t {
  join,
  part,
  nick,
  topic,
  set_topic,
  names,
  whois,
  away
};

/// The IRC word that starts the command, "JOIN".
std::string_view verb(irc_command_kind kind) noexcept;

/// A command that was written and is not settled yet, with what has come for it
/// so far.
struct irc_open_command {
  irc_command_kind kind = irc_command_kind::join;
  irc_asker who;
  std::string target; ///< channel or nick as it was written
  instant deadline{};
  /// Wrote nothing: gets the outcome of the older `/join` of the same channel.
  bool follows = false;
  /// Has been answered, only the end of the server's answer is still to come.
  bool answered = false;
  bool joined = false;       ///< own JOIN line was seen
  bool names_listed = false; ///< there was a 353
  std::string topic;
  std::string topic_by;
  std::vector<irc_participant> participants;
  irc_whois whois;
};

/// The open commands of a connection in the order they were written, which is
/// the order of their answers.
class irc_waiters {
public:
  /// More are refused.
  static constexpr std::size_t limit = 64;

  using iterator = std::list<irc_open_command>::iterator;

  bool full() const noexcept;
  void add(irc_open_command command);
  /// Takes it out.
  irc_open_command take(iterator command);

  iterator begin() noexcept;
  iterator end() noexcept;

  /// The oldest of `kind` for `target` that still waits, or `end()`.
  iterator find(irc_command_kind kind, std::string_view target,
                casemapping mapping) noexcept;
  /// The first whose deadline has come, or `end()`.
  iterator expired(instant now) noexcept;
  std::optional<instant> deadline() const noexcept;
  /// Takes all out, oldest first.
  std::list<irc_open_command> clear() noexcept;

private:
  std::list<irc_open_command> commands_;
};

} // namespace convoy::protocol
