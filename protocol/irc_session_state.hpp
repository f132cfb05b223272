// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/irc_allowance.hpp"
#include "protocol/irc_batches.hpp"
#include "protocol/irc_capabilities.hpp"
#include "protocol/irc_history.hpp"
#include "protocol/irc_hosts.hpp"
#include "protocol/irc_isupport.hpp"
#include "protocol/irc_memory.hpp"
#include "protocol/irc_outbound.hpp"
#include "protocol/irc_pending_pastes.hpp"
#include "protocol/irc_sasl.hpp"
#include "protocol/irc_service_secrets.hpp"
#include "protocol/irc_session.hpp"
#include "protocol/irc_waiters.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace convoy::protocol {

/// Conversations that lines from the server may make; what is for a further one
/// goes to the server conversation.
inline constexpr std::size_t max_incoming_conversations = 1000;
/// Conversations in all; a command that would make more is refused.
inline constexpr std::size_t max_conversations = 2000;

/// Why a command fails when the connection goes.
inline constexpr const char* connection_closed = "Connection closed.";

/// What a session knows, and what its parts hand to each other.
struct irc_session_state {
  /// What a step is about: when, and where its results go.
  struct context {
    moment now;
    timestamp time; ///< of the events: `now.wall` or the line's `time` tag
    irc_steps& out;
    /// An open command took the line: it is not to be shown once more.
    bool claimed = false;
    /// The batch that the line is in, or null.
    const irc_batch* batch = nullptr;
    /// Of the command that the line answers (IRCv3 labeled-response), or "".
    std::string_view label = {};
    /// The line is of a replay of what was said earlier.
    bool playback = false;
  };

  /// Where a message is shown; no conversation is the server's.
  struct place {
    conversation* where = nullptr;
    std::string from;
  };

  /// A command of a person or of the on-connect list, taken apart.
  struct request {
    irc_asker who;
    std::string_view target; ///< the conversation id as asked
    std::string_view args;
    std::string_view name = {}; ///< of the command, lower case
  };

  /// A message as it is to be sent, not split yet.
  struct outgoing {
    std::string_view target;
    std::string_view text;
    bool action = false;
    const char* target_path = "/message"; ///< where the target was given
    const char* command = "PRIVMSG";
    std::string_view reply_to = {}; ///< msgid of the message it answers
  };

  /// What an open command made of a line.
  enum class verdict : std::uint8_t {
    not_mine,
    claimed, ///< it took the line
    shown    ///< it is settled by it, but people should see the line too
  };

  /// Which parameter of a line says whom it is for, and with what.
  enum class names : std::uint8_t { target, verb, nothing };

  explicit irc_session_state(irc_settings initial_settings);

  // -- what it is -------------------------------------------------------------
  irc_settings settings;
  std::map<std::string, conversation> conversations;
  connection_state state = connection_state::disconnected;
  std::string nick;
  irc_memory memory;          ///< after a change: `remember`
  bool monitor_begun = false; ///< on this connect
  std::string away_wish;      ///< the text of the `/away` that was written last

  // -- what is known of the server, from one connect to the next --------------
  std::optional<irc_socket_info> socket;
  irc_isupport supports;
  irc_capabilities capabilities;
  std::string real_host; ///< its name
  std::string version;
  std::string user_modes;
  std::string channel_modes;
  /// Our own user and host as others see them, "" until known.
  std::string own_user;
  std::string own_host;
  irc_hosts hosts; ///< of others
  bool server_op = false;
  bool list_asked = false;   ///< LIST was written
  bool listing = false;      ///< and has not ended
  std::size_t list_room = 0; ///< channels that are still taken from it

  // -- registration -----------------------------------------------------------
  /// The server has welcomed us. Before that the state is `connected` already
  /// (spec §6.3), but a line of a person's would be lost.
  bool registered = false;
  bool capabilities_open = false; ///< CAP END is still due
  bool capabilities_requested = false;
  std::size_t capability_lines = 0; ///< of CAP LS
  /// When registration goes on without the server's answers.
  std::optional<instant> capabilities_due;
  std::size_t nick_tries = 0;
  /// Nicks whose being in use has been told.
  std::set<std::string, std::less<>> taken_nicks;

  // -- authentication ---------------------------------------------------------
  irc_sasl sasl;
  bool authenticated = false;
  bool sasl_excused = false;       ///< there is nothing to authenticate with
  std::optional<instant> sasl_due; ///< when it has taken too long

  /// The way back to the wanted nick while another one had to do.
  struct nick_regain {
    std::string wanted;          ///< "" when there is nothing to regain
    std::optional<instant> due;  ///< when to ask, or to try again
    instant not_before{};        ///< no try before
    bool tried = false;          ///< NICK was written and not answered
    bool is_free = false;        ///< was seen to be free before a try might be
    bool asked_to_watch = false; ///< MONITOR was written
    bool watched = false;        ///< it tells when the nick becomes free
  };
  nick_regain regain;

  // -- history ----------------------------------------------------------------
  /// Marks of the newest messages by conversation, where there are replays.
  std::map<std::string, irc_seen> seen;
  std::map<std::string, irc_gap> gaps; ///< by conversation
  /// Conversations whose gaps are to be filled; the first one is under way.
  std::list<std::string> repairs;
  bool history_asked = false;
  bool people_asked = false;
  /// When the connection before was last known to be up.
  timestamp offline_since{};
  timestamp last_alive{}; ///< when the server last said anything
  timestamp alive_due{};  ///< when that is to be stored, if nothing ends before
  /// What is not newer has been shown; where a bouncer replays.
  std::map<std::string, timestamp> floors;

  // -- startup ----------------------------------------------------------------
  enum class startup_phase : std::uint8_t { idle, on_connect, rejoin };
  startup_phase startup = startup_phase::idle;
  std::size_t startup_waits = 0; ///< for so many commands
  std::size_t on_connect_index = 0;
  std::optional<instant> startup_wake; ///< end of `/sleep`
  std::list<std::string> rejoin_ids;
  bool no_ison = false; ///< the server does not know ISON

  // -- time -------------------------------------------------------------------
  instant last_line{};
  bool ping_sent = false;
  bool reading_paused = false;
  bool given_up = false;

  // -- the rest ---------------------------------------------------------------
  irc_batches batches;   ///< that are open
  irc_outbound outbound; ///< lines that wait for their turn
  /// Conversations whose people know that lines wait.
  std::set<std::string, std::less<>> queue_told;
  irc_waiters waiters;
  std::uint64_t labels = 0;    ///< that were given
  std::uint64_t groups = 0;    ///< of waiters that were given
  std::uint64_t questions = 0; ///< that were put behind commands
  irc_pending_pastes pastes;
  irc_service_secrets secrets; ///< that were told lately
  std::string last_to_self;    ///< the message to oneself whose copy may come
  /// Channels that were joined and whose topic has not been told yet.
  std::set<std::string, std::less<>> topic_unknown;
  std::string topic_due; ///< the one of them that was joined last, or ""
  irc_allowance ctcp_answers{5, std::chrono::seconds{10}};
  /// Renamings whose messages go along; each costs the store many rows.
  irc_allowance renamings{10, std::chrono::minutes{1}};
  /// When typing may be told again, and what was told last.
  std::optional<instant> typing_due;
  std::string typing_state;
};

} // namespace convoy::protocol
