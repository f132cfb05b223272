// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/irc_isupport.hpp"
#include "protocol/irc_session.hpp"
#include "protocol/irc_waiters.hpp"
#include "protocol/json.hpp"

#include <deque>
#include <functional>
#include <initializer_list>
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
/// Participants that are collected for one command.
inline constexpr std::size_t max_participants = 100'000;
/// Channels that are collected for one WHOIS.
inline constexpr std::size_t max_whois_channels = 1000;
/// Bytes of capability lists that are remembered.
inline constexpr std::size_t max_capability_bytes = 65'536;

/// The state of a session, private to the irc_*.cpp files, each of which holds
/// the part that its name says.
struct irc_session::impl {
  /// What a step is about: when, and where its results go.
  struct context {
    moment now;
    timestamp time; ///< of the events: `now.wall` or the line's `time` tag
    irc_steps& out;
    /// An open command took the line: it is not to be shown once more.
    bool claimed = false;
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
  };

  /// A message as it is to be sent, not split yet.
  struct outgoing {
    std::string_view target;
    std::string_view text;
    bool action = false;
    const char* target_path = "/message"; ///< where the target was given
  };

  using line_handler = void (impl::*)(const irc_message&, context&);
  using command_handler = void (impl::*)(const request&, context&);

  /// One row of the table of lines and numerics.
  struct line_row {
    std::string_view command;
    line_handler handle;
  };

  /// One row of the table of slash commands; "" is plain text.
  struct command_row {
    std::string_view name; ///< lower case
    bool needs_connection;
    bool takes_lines; ///< others see their argument up to the first LF
    command_handler handle;
  };

  /// What an open command made of a line.
  enum class verdict : std::uint8_t {
    not_mine,
    claimed, ///< it took the line
    shown    ///< it is settled by it, but people should see the line too
  };

  /// Which parameter of a line says whom it is for, and with what.
  enum class names : std::uint8_t { target, verb, nothing };

  /// One row of the table of answers: `kind` awaits `command`.
  struct answer_row {
    std::optional<irc_command_kind> kind; ///< nothing: any
    std::string_view command;
    names what;
    std::size_t position;
    verdict (impl::*take)(irc_waiters::iterator, const irc_message&, context&);
  };

  impl(irc_settings initial_settings, std::vector<conversation> initial);

  // -- irc_session.cpp: life cycle, dispatch, what is due ---------------------
  void change_state(connection_state next, const std::string& message,
                    context& ctx);
  void start(const irc_socket_info& to, context& ctx);
  void receive(const irc_message& line, context& ctx);
  void tick(context& ctx);
  std::optional<instant> deadline() const;
  void reset();
  void watch(context& ctx);
  void want_nick(context& ctx);
  std::optional<instant> watchdog() const;
  static line_handler find_line(std::string_view command);

  // -- irc_telling.cpp: events, lines, names ----------------------------------
  bool write(std::string line, context& ctx);
  static std::string line(std::initializer_list<std::string_view> params);
  static std::string text_line(std::initializer_list<std::string_view> params,
                               std::string_view trailing);
  event make(event_kind kind, const conversation* where, context& ctx) const;
  void tell(event_kind kind, const conversation* where, std::string from,
            std::string text, context& ctx) const;
  void tell_notice(std::string text, context& ctx) const;
  void tell_error(std::string text, context& ctx) const;
  void tell_frozen(const conversation& what, context& ctx) const;
  void tell_info(context& ctx) const;
  void tell_fallback(const irc_message& line, context& ctx) const;
  void freeze(conversation& what, std::string reason, context& ctx) const;
  std::string info() const;
  std::string server_name() const;
  bool same(std::string_view a, std::string_view b) const noexcept;
  bool is_me(std::string_view name) const;
  bool is_service(std::string_view name) const;
  conversation* find(std::string_view name);
  std::string id_of(std::string_view name);
  conversation* find_or_make(std::string_view name, std::size_t limit,
                             context& ctx);

  // -- irc_registration.cpp ---------------------------------------------------
  void write_registration(context& ctx);
  void on_cap(const irc_message& line, context& ctx);
  void on_cap_refused(const irc_message& line, context& ctx);
  void on_welcome(const irc_message& line, context& ctx);
  void on_server_info(const irc_message& line, context& ctx);
  void on_isupport(const irc_message& line, context& ctx);
  void on_nick_taken(const irc_message& line, context& ctx);
  void on_nick_unavailable(const irc_message& line, context& ctx);
  void on_nick_invalid(const irc_message& line, context& ctx);
  void offer_capabilities(std::string_view list);
  void request_capabilities(context& ctx);
  void end_capabilities(context& ctx);

  // -- irc_startup.cpp: what follows 001 --------------------------------------
  void run_startup(context& ctx);
  bool run_on_connect_command(context& ctx);
  bool rejoin_next(context& ctx);

  // -- irc_channel_lines.cpp --------------------------------------------------
  void on_join(const irc_message& line, context& ctx);
  void on_part(const irc_message& line, context& ctx);
  void on_kick(const irc_message& line, context& ctx);
  void on_quit(const irc_message& line, context& ctx);
  void on_nick(const irc_message& line, context& ctx);
  void on_topic(const irc_message& line, context& ctx);
  void on_invite(const irc_message& line, context& ctx);
  void on_mode(const irc_message& line, context& ctx);
  void set_topic(conversation& where, std::string_view topic, context& ctx);

  // -- irc_numerics.cpp -------------------------------------------------------
  void on_topic_numeric(const irc_message& line, context& ctx);
  void on_no_topic(const irc_message& line, context& ctx);
  void on_end_of_names(const irc_message& line, context& ctx);
  void on_own_modes(const irc_message& line, context& ctx);
  void on_channel_modes(const irc_message& line, context& ctx);
  void on_motd(const irc_message& line, context& ctx);
  void on_visible_host(const irc_message& line, context& ctx);
  void on_cannot_send(const irc_message& line, context& ctx);
  void on_unknown_command(const irc_message& line, context& ctx);
  void on_error(const irc_message& line, context& ctx);
  void on_kill(const irc_message& line, context& ctx);
  void give_up(std::string reason, context& ctx) const;
  void on_ping(const irc_message& line, context& ctx);
  void ignore(const irc_message& line, context& ctx);

  // -- irc_talk.cpp: what others say ------------------------------------------
  void on_message(const irc_message& line, context& ctx);
  void answer_ctcp(std::string_view nick, std::string_view request,
                   context& ctx);
  place route(const irc_source& source, std::string_view target, context& ctx);

  // -- irc_sending.cpp: what we say -------------------------------------------
  void do_plain(const request& what, context& ctx);
  void do_say(const request& what, context& ctx);
  void do_me(const request& what, context& ctx);
  void do_msg(const request& what, context& ctx);
  void send_text(const irc_asker& who, const outgoing& what, context& ctx);
  std::size_t room_for(std::string_view target, bool action) const;

  // -- irc_commands.cpp: the command table and the short commands -------------
  void execute(const request& what, std::string_view message, context& ctx);
  bool target_is_good(const irc_asker& who, std::string_view target,
                      const char* path, context& ctx);
  /// Writes the line and waits for the answer.
  void open(irc_command_kind kind, const irc_asker& who,
            std::string_view target, std::string line, context& ctx);
  void answer(const irc_asker& who, std::string error, std::string path,
              std::string result, context& ctx);
  /// The command is done when what was written has left.
  void answer_when_written(const irc_asker& who, context& ctx);
  void refuse(const irc_asker& who, const char* error, context& ctx,
              const char* path = "");
  void do_nick(const request& what, context& ctx);
  void do_topic(const request& what, context& ctx);
  void do_names(const request& what, context& ctx);
  void do_whois(const request& what, context& ctx);
  void do_away(const request& what, context& ctx);
  void do_quote(const request& what, context& ctx);

  // -- irc_membership.cpp: /query, /join, /part -------------------------------
  void do_query(const request& what, context& ctx);
  void do_join(const request& what, context& ctx);
  void do_part(const request& what, context& ctx);
  void join(const irc_asker& who, std::string_view name, std::string_view key,
            context& ctx);
  conversation* enter(std::string_view name, context& ctx);
  void remove(std::string_view name, context& ctx);

  // -- irc_answers.cpp, irc_join_answers.cpp, irc_whois.cpp: lines for open
  // commands ------------------------------------------------------------------
  void forget_answered(irc_waiters::iterator before);
  verdict offer(const irc_message& line, context& ctx);
  void settle(irc_waiters::iterator command, const std::string& error,
              const std::string& result, context& ctx);
  verdict fail(irc_waiters::iterator command, const irc_message& line,
               context& ctx);
  verdict fail_join(irc_waiters::iterator command, const irc_message& line,
                    context& ctx);
  verdict fail_join_key(irc_waiters::iterator command, const irc_message& line,
                        context& ctx);
  verdict fail_join_invite(irc_waiters::iterator command,
                           const irc_message& line, context& ctx);
  verdict refuse_join(irc_waiters::iterator command, const irc_message& line,
                      const char* reason, context& ctx);
  verdict fail_part(irc_waiters::iterator command, const irc_message& line,
                    context& ctx);
  verdict fail_nick(irc_waiters::iterator command, const irc_message& line,
                    context& ctx);
  verdict fail_whois(irc_waiters::iterator command, const irc_message& line,
                     context& ctx);
  verdict see_joined(irc_waiters::iterator command, const irc_message& line,
                     context& ctx);
  verdict forward_join(irc_waiters::iterator command, const irc_message& line,
                       context& ctx);
  verdict finish_join(irc_waiters::iterator command, const irc_message& line,
                      context& ctx);
  verdict finish_part(irc_waiters::iterator command, const irc_message& line,
                      context& ctx);
  verdict finish_own_part(irc_waiters::iterator command,
                          const irc_message& line, context& ctx);
  verdict finish_nick(irc_waiters::iterator command, const irc_message& line,
                      context& ctx);
  verdict finish_topic(irc_waiters::iterator command, const irc_message& line,
                       context& ctx);
  verdict finish_own_topic(irc_waiters::iterator command,
                           const irc_message& line, context& ctx);
  verdict finish_no_topic(irc_waiters::iterator command,
                          const irc_message& line, context& ctx);
  verdict finish_names(irc_waiters::iterator command, const irc_message& line,
                       context& ctx);
  verdict finish_whois(irc_waiters::iterator command, const irc_message& line,
                       context& ctx);
  verdict finish_away(irc_waiters::iterator command, const irc_message& line,
                      context& ctx);
  verdict collect_topic(irc_waiters::iterator command, const irc_message& line,
                        context& ctx);
  verdict collect_topic_by(irc_waiters::iterator command,
                           const irc_message& line, context& ctx);
  verdict collect_names(irc_waiters::iterator command, const irc_message& line,
                        context& ctx);
  verdict collect_whois(irc_waiters::iterator command, const irc_message& line,
                        context& ctx);

  // -- what it is -------------------------------------------------------------
  irc_settings settings;
  std::map<std::string, conversation> conversations;
  connection_state state = connection_state::disconnected;
  std::string nick;

  // -- what is known of the server, from one connect to the next --------------
  std::optional<irc_socket_info> socket;
  irc_isupport supports;
  std::set<std::string, std::less<>> offered; ///< capabilities it listed
  std::set<std::string, std::less<>> enabled; ///< those it acknowledged
  std::size_t capability_bytes = 0;
  std::string real_host; ///< its name
  std::string version;
  std::string user_modes;
  std::string channel_modes;
  /// Our own user and host as others see them, "" until known.
  std::string own_user;
  std::string own_host;

  // -- registration -----------------------------------------------------------
  bool registered = false;
  bool capabilities_open = false; ///< CAP END is still due
  bool capabilities_requested = false;
  std::size_t nick_tries = 0;
  /// Nicks whose being in use has been told.
  std::set<std::string, std::less<>> taken_nicks;

  // -- startup ----------------------------------------------------------------
  enum class startup_phase : std::uint8_t { idle, on_connect, rejoin };
  startup_phase startup = startup_phase::idle;
  bool startup_waits = false; ///< for the command that runs
  std::size_t on_connect_index = 0;
  std::optional<instant> startup_wake; ///< end of `/sleep`
  std::deque<std::string> rejoin_ids;

  // -- time -------------------------------------------------------------------
  instant last_line{};
  bool ping_sent = false;
  bool given_up = false;
  std::optional<instant> nick_due; ///< when to ask for the wanted nick again

  // -- the rest ---------------------------------------------------------------
  irc_waiters waiters;
  /// Channels that were joined and whose topic has not been told yet.
  std::set<std::string, std::less<>> topic_unknown;
  /// When CTCP requests were answered last.
  std::deque<instant> ctcp_answers;
};

/// `text` up to its first LF, without CR and NUL: fit for one IRC line.
std::string one_line(std::string_view text);

/// Puts the member `participants` into the object that is open.
void write_participants(const std::vector<irc_participant>& all,
                        json_writer& out);

} // namespace convoy::protocol
