// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/casemapping.hpp"
#include "protocol/ids.hpp"
#include "protocol/time.hpp"

#include <chrono>
#include <cstddef>
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
    rejoin,     ///< what follows the on-connect commands (spec §6.5)
    session     ///< the session itself: nobody else is told
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
  std::string account;
  bool oper = false;
  bool bot = false;
  bool secure = false;                         ///< uses TLS
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
  away,
  message,   ///< PRIVMSG whose echo is awaited (echo-message)
  notice,    ///< NOTICE, the same
  multiline, ///< a batch of them (draft/multiline), the same
  mode,
  kick,
  invite,
  ison,
  oper,
  ctcp,
  who,
  whowas,
  monitor,
  setname,
  redact,
  presence, ///< who of `target`, several nicks, is there
  history   ///< what was said in `target` meanwhile; "": who has written
};

/// The IRC word that starts the command, "JOIN".
std::string_view verb(irc_command_kind kind) noexcept;
/// Whether the command says something that the server echoes.
bool is_message(irc_command_kind kind) noexcept;

/// Bytes that are collected for one command.
inline constexpr std::size_t max_item_bytes = 524'288;
/// The same of a list of participants: some 100,000 of them.
inline constexpr std::size_t max_participant_bytes = 8'388'608;

/// A command that was written and is not settled yet, with what has come for it
/// so far.
struct irc_open_command {
  irc_command_kind kind = irc_command_kind::join;
  irc_asker who;
  std::string target; ///< channel or nick as it was written
  /// What else it is about: the mode change, the nick that is kicked …
  std::string subject;
  /// How long the answer may take, from when the line has left.
  std::chrono::milliseconds patience{60'000};
  std::optional<instant> deadline{}; ///< nothing while the line waits to leave
  std::uint64_t parcel = 0;          ///< what it waits to leave in, else 0
  std::uint64_t begins = 0;          ///< the same of the first of its group
  /// When to put a PING behind it, whose PONG says that no answer comes.
  std::optional<instant> question_due{};
  std::uint64_t question = 0; ///< number of that PING, once it is written
  /// What its answer is marked with (labeled-response); "" without.
  std::string label = {};
  /// Not 0: of one `send` with all others of that number: the last to go well
  /// or the first to fail answers for all.
  std::uint64_t group = 0;
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
  std::vector<std::string> items; ///< what a list has, each encoded as JSON
  std::size_t collected = 0;      ///< bytes, as `irc_waiters::reserve` counted
  bool truncated = false;         ///< there was more than there is room for
  std::string sent;               ///< a message: its text as it was written
  /// MODE in several lines: what has changed so far, `items` its parameters.
  std::string modes;
};

/// The open commands of a connection in the order they were written, which is
/// the order of their answers.
class irc_waiters {
public:
  /// More are refused.
  static constexpr std::size_t limit = 256;
  /// Bytes that are collected for all of them together.
  static constexpr std::size_t max_collected = 16'777'216;

  using iterator = std::list<irc_open_command>::iterator;

  bool full() const noexcept;
  /// Whether so many more may wait.
  bool has_room(std::size_t commands) const noexcept;
  void add(irc_open_command command);
  /// Takes it out.
  irc_open_command take(iterator command);
  /// Counts `bytes` of an answer that are to be kept for `command`, which is
  /// one of these. False, and it is truncated, when they must not be: it has
  /// `most` bytes, or all together have too many.
  bool reserve(irc_open_command& command, std::size_t bytes,
               std::size_t most = max_item_bytes) noexcept;
  /// Keeps an item of a list if there is room.
  void collect(irc_open_command& command, std::string item);

  iterator begin() noexcept;
  iterator end() noexcept;

  /// The oldest of `kind` for `target` that still waits, or `end()`.
  iterator find(irc_command_kind kind, std::string_view target,
                casemapping mapping) noexcept;
  /// The one with that label, which is not "", or `end()`.
  iterator labelled(std::string_view label) noexcept;
  /// The oldest of that group, which is not 0, or `end()`.
  iterator find_group(std::uint64_t group) noexcept;
  /// Whether one of that group still waits.
  bool has_group(std::uint64_t group) const noexcept;
  /// The oldest of its group, which is not 0, that waits besides it; `end()`.
  iterator next_of_group(iterator command) noexcept;
  /// Counts all of that group as answered.
  void answer_group(std::uint64_t group) noexcept;
  /// `command` has left: its time begins.
  static void start(irc_open_command& command, instant now) noexcept;
  /// Parcel `id` has left: the time of those that waited for it begins.
  void start(std::uint64_t id, instant now) noexcept;
  /// Whether a PING is due behind some of them; they are then marked with it.
  bool question(std::uint64_t number, instant now) noexcept;
  /// The oldest behind which that PING was, or `end()`.
  iterator questioned(std::uint64_t number) noexcept;
  /// The first whose deadline has come, or `end()`.
  iterator expired(instant now) noexcept;
  std::optional<instant> deadline() const noexcept;
  /// Takes all out, oldest first; of a group all but one count as answered.
  std::list<irc_open_command> clear() noexcept;

private:
  std::list<irc_open_command> commands_;
  std::size_t collected_ = 0;
};

} // namespace convoy::protocol
