// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/irc_session_state.hpp"
#include "protocol/irc_session_text.hpp"

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convoy::protocol {

/// What a session does, private to the irc_*.cpp files, each of which holds the
/// part that its name says.
struct irc_session::impl : irc_session_state {
  using waiter = irc_waiters::iterator;
  using line_handler = void (impl::*)(const irc_message&, context&);
  using command_handler = void (impl::*)(const request&, context&);

  /// Rows of the tables of lines and numerics, of slash commands, and of
  /// answers; each is declared where its table is.
  struct line_row;
  struct command_row;
  struct answer_row;

  impl(irc_settings initial_settings, std::vector<conversation> initial);

  // -- irc_session.cpp: life cycle, dispatch, what is due ---------------------
  void change_state(connection_state next, const std::string& message,
                    context& ctx);
  void start(const irc_socket_info& to, context& ctx);
  void receive(const irc_message& line, context& ctx);
  /// Takes a line as what its tags and its batch make it.
  void handle(const irc_message& line, const context& step);
  void tick(context& ctx);
  std::optional<instant> deadline() const;
  void reset();
  void watch(context& ctx);
  std::optional<instant> watchdog() const;
  void pause_reading(bool paused, instant now);
  static line_handler find_line(std::string_view command);
  void configure(irc_settings next);
  /// `memory` has changed and is to be stored.
  void remember(context& ctx) const;

  // -- irc_batch_lines.cpp: lines that belong together -----------------------
  void on_batch(const irc_message& line, context& ctx);
  /// Whether the line is a part of a message that is not whole yet.
  bool keep_for_batch(const irc_message& line, context& ctx);

  // -- irc_flow.cpp: what leaves, and when ------------------------------------
  /// Longest line that the server takes from us, without CR LF and tags.
  std::size_t longest_line() const noexcept;
  void set_pace();
  /// Lines leave together or wait together for their turn. Why they cannot, or
  /// null; then none of them does.
  const char* put(std::vector<std::string> lines, context& ctx);
  /// The same with one line; false when it cannot.
  bool write(std::string line, context& ctx);
  /// Writes it and answers when it has left.
  void write_for(const irc_asker& who, std::string line, context& ctx);
  /// Whether so many lines may wait; else refuses.
  bool has_room(const irc_asker& who, std::size_t lines, context& ctx);
  /// Shows it when what was written last has left.
  void show_when_written(event what, context& ctx);
  /// The command is done when what was written last has left.
  void answer_when_written(const irc_asker& who, context& ctx);
  void release(context& ctx);
  void drop_queue(context& ctx);
  /// Tells who wrote into `where` that lines wait, if it are more than
  /// `before`.
  void tell_place(std::size_t before, std::string_view where, context& ctx);
  void tell_queued(const std::string& id, context& ctx) const;
  void tell_drained(context& ctx);
  void heed_complaint(const irc_message& line, context& ctx);
  /// Remembers the pace if it has changed.
  void note_pace(context& ctx);

  // -- irc_telling.cpp: events, lines, names ----------------------------------
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
  bool is_online() const {
    return state == connection_state::connected && registered;
  }
  bool is_me(std::string_view name) const;
  bool is_service(std::string_view name) const;
  conversation* find(std::string_view name);
  std::string id_of(std::string_view name);
  conversation* find_or_make(std::string_view name, std::size_t limit,
                             context& ctx);

  // -- irc_registration.cpp ---------------------------------------------------
  void write_registration(context& ctx);
  void on_welcome(const irc_message& line, context& ctx);
  void on_server_info(const irc_message& line, context& ctx);
  void on_isupport(const irc_message& line, context& ctx);

  // -- irc_capability_lines.cpp -----------------------------------------------
  /// Whether that capability was agreed on.
  bool has(std::string_view capability) const noexcept;
  void begin_capabilities(context& ctx);
  void request_capabilities(context& ctx);
  /// What was asked for is there, or it is not.
  void settle_capabilities(context& ctx);
  /// Sends CAP END where it is due.
  void end_capabilities(context& ctx);
  /// Goes on without a server's answers once they are overdue.
  void hurry_capabilities(context& ctx);
  void on_cap(const irc_message& line, context& ctx);
  void on_cap_refused(const irc_message& line, context& ctx);

  // -- irc_authentication.cpp: WEBIRC, SASL and STS ---------------------------
  void write_webirc(context& ctx);
  /// Reads the settings for a new connect, before the registration.
  void prepare_sasl();
  /// The capability is there: authenticates if that is asked for and not done
  /// yet. Whether CAP END has to wait; it is sent when all is said.
  bool begin_sasl(context& ctx);
  void take_sasl(sasl_step step, context& ctx);
  void fail_sasl(const std::string& reason, irc_end end, context& ctx);
  /// Gives the connection up where SASL is asked for and has not come about.
  bool may_register(context& ctx);
  void hurry_sasl(context& ctx);
  void on_authenticate(const irc_message& line, context& ctx);
  void on_sasl_numeric(const irc_message& line, context& ctx);
  /// Tells the policy of the server; whether the connection ends for it.
  bool obey_sts(context& ctx);

  // -- irc_presence.cpp: how others are, and we -------------------------------
  /// Says that we are away if that is remembered.
  void write_away(context& ctx);
  void on_own_away(const irc_message& line, context& ctx);
  void on_away(const irc_message& line, context& ctx);
  void on_account(const irc_message& line, context& ctx);
  void on_host_change(const irc_message& line, context& ctx);
  void on_realname(const irc_message& line, context& ctx);
  /// Asks to be told of remembered nicks and of those one talks with.
  void begin_monitor(context& ctx);
  void on_presence(const irc_message& line, context& ctx);

  // -- irc_tagmsg.cpp: what is said with tags, and what is taken back ---------
  void on_tagmsg(const irc_message& line, context& ctx);
  void on_redact(const irc_message& line, context& ctx);

  // -- irc_read_marker.cpp ----------------------------------------------------
  void on_markread(const irc_message& line, context& ctx);
  void mark_read(std::string_view conversation_id, timestamp when,
                 context& ctx);

  // -- irc_farewell.cpp: why a server ends us ---------------------------------
  void on_error(const irc_message& line, context& ctx);
  void on_kill(const irc_message& line, context& ctx);
  void on_turned_away(const irc_message& line, context& ctx);
  void give_up(std::string reason, std::optional<irc_end> end,
               context& ctx) const;

  // -- irc_nick.cpp: nicks that are taken, and the way back to ours -----------
  void on_nick_taken(const irc_message& line, context& ctx);
  void on_nick_unavailable(const irc_message& line, context& ctx);
  void on_nick_invalid(const irc_message& line, context& ctx);
  void begin_regain(context& ctx);
  void end_regain(context& ctx);
  void regain_nick(context& ctx);
  /// Somebody has quit, and will not be back with the end of a netsplit.
  void note_quit(const irc_message& line, context& ctx);
  /// Somebody gave up the nick `name` (QUIT, NICK, MONITOR): it is taken if it
  /// is the wanted one.
  void nick_is_free(std::string_view name, context& ctx);
  void take_nick(context& ctx);
  bool failed_to_regain(const irc_message& line);
  void on_monitor_full(const irc_message& line, context& ctx);

  // -- irc_history.cpp: what was said while we were away ----------------------
  bool has_history() const;
  bool has_playback() const;
  /// The server is there.
  void note_alive(context& ctx);
  void store_alive(context& ctx);
  /// A message of the server has been taken.
  void note_seen(conversation* where, const irc_message& line, context& ctx);
  /// We have said `text`, and get no echo of it.
  void note_said(const conversation* where, std::string_view text);
  void note_gaps();
  void begin_history(const context& ctx);
  void close_gap(const conversation& where, context& ctx);
  void tell_gap(const conversation& where, timestamp from, timestamp until,
                context& ctx) const;
  void repair_next(context& ctx);
  void ask_history(context& ctx);
  void ask_people(context& ctx);
  std::size_t history_page() const;
  void fail_history(context& ctx);
  void end_repair(bool is_incomplete, context& ctx);
  void on_history_target(const irc_message& line, context& ctx);
  /// The gap that a batch fills, or null.
  irc_gap* gap_of(const irc_batch& batch);
  /// Takes a line of a replay.
  void take_late(const irc_message& line, context& ctx);
  /// Tells of a replayed line that is no message, but of interest, as a notice.
  void tell_missed(const irc_gap& gap, const irc_message& line, context& ctx);
  bool is_repeated(const irc_message& line, bool asked_for, const context& ctx);
  /// All of a batch of history has come.
  void on_playback_end(const irc_batch& batch, context& ctx);

  // -- irc_startup.cpp: what follows 001 --------------------------------------
  void run_startup(context& ctx);
  bool run_on_connect_command(context& ctx);
  bool rejoin_channels(context& ctx);
  const conversation* awaits_rejoin(const std::string& id, context& ctx);
  void write_rejoin(const std::vector<const conversation*>& all, context& ctx);
  bool find_people(context& ctx);
  void ask_presence(const irc_asker& who, const std::string& nicks,
                    context& ctx);
  verdict finish_presence(waiter, const irc_message&, context&);
  verdict fail_presence(waiter, const irc_message&, context&);

  // -- irc_channel_lines.cpp --------------------------------------------------
  void on_join(const irc_message& line, context& ctx);
  void on_part(const irc_message& line, context& ctx);
  void on_kick(const irc_message& line, context& ctx);
  void on_quit(const irc_message& line, context& ctx);
  void on_nick(const irc_message& line, context& ctx);
  void on_topic(const irc_message& line, context& ctx);
  void on_invite(const irc_message& line, context& ctx);
  void on_mode(const irc_message& line, context& ctx);
  void on_rename(const irc_message& line, context& ctx);
  /// Asks for the topic of the channel that was joined last if `line`, the next
  /// one, does not tell it.
  void expect_topic(const irc_message& line, context& ctx);
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
  void on_ping(const irc_message& line, context& ctx);
  void ignore(const irc_message& line, context& ctx);

  // -- irc_talk.cpp: what others say ------------------------------------------
  void on_message(const irc_message& line, context& ctx);
  place route(const irc_source& source, std::string_view target, context& ctx);

  // -- irc_sending.cpp: what we say -------------------------------------------
  void do_plain(const request& what, context& ctx);
  void do_say(const request& what, context& ctx);
  void do_me(const request& what, context& ctx);
  void do_msg(const request& what, context& ctx);
  /// One text as one or more messages, or as a paste (spec §4.7).
  void send_text(const irc_asker& who, const outgoing& what, context& ctx);
  std::size_t room_for(std::string_view target, bool action) const;

  /// What is shown of it when it has left.
  event said(const outgoing& what, std::string_view text, context& ctx);
  /// Each part is a message.
  void send_parts(const irc_asker& who, const outgoing& what,
                  const std::vector<std::string>& parts, context& ctx);

  // -- irc_multiline.cpp: several lines as one message ------------------------
  /// Whether the server takes the text as one message of several lines.
  bool takes_multiline(const outgoing& what) const;
  void send_multiline(const irc_asker& who, const outgoing& what, context& ctx);

  // -- irc_echoes.cpp: what we say, as the server gives it back ---------------
  /// Whether the server echoes what we say.
  bool echoes() const;
  /// `line`, marked so that its answer is; not with a label of "".
  static std::string with_label(const std::string& label, std::string line);
  /// "" where the server knows of no labels.
  std::string next_label();
  /// Waits for the echo of what was written last.
  void await_echo(irc_open_command command, context& ctx);
  /// A message to oneself comes twice: as it was sent and as it was received.
  bool is_second_copy(const irc_message& line);

  // -- irc_pastes.cpp: texts that become a file -------------------------------
  void send_as_paste(const irc_asker& who, const outgoing& what, context& ctx);
  void paste_stored(std::uint64_t id, const std::string& url,
                    const std::string& problem, context& ctx);
  void drop_pastes(context& ctx);
  void expire_pastes(context& ctx);

  // -- irc_standard_replies.cpp: FAIL, WARN, NOTE -----------------------------
  /// The conversation that such a line is about, or null.
  const conversation* context_of(const irc_message& line);
  void on_fail(const irc_message& line, context& ctx);
  void on_remark(const irc_message& line, context& ctx);

  // -- irc_commands.cpp: the command table and the short commands -------------
  void execute(const request& what, std::string_view message, context& ctx);
  bool target_is_good(const irc_asker& who, std::string_view target,
                      const char* path, context& ctx);
  /// Writes the line and waits for the answer.
  void open(irc_command_kind kind, const irc_asker& who,
            std::string_view target, std::string line, context& ctx,
            std::string subject = {});
  /// Its time begins now, or when its parcel has left.
  void wait_for(irc_open_command command, context& ctx);
  void answer(const irc_asker& who, std::string error, std::string path,
              std::string result, context& ctx, std::string_view code = "");
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
  void forget_answered(waiter before);
  /// The rows of the table of answers for that line.
  static std::vector<const answer_row*> awaiting(std::string_view command);
  verdict offer(const irc_message& line, context& ctx);
  verdict offer_to(waiter command, const std::vector<const answer_row*>& rows,
                   const irc_message& line, context& ctx);
  /// All of the answer with that label has come.
  void end_label(std::string_view label, context& ctx);
  void settle(waiter command, const std::string& error,
              const std::string& result, context& ctx,
              std::string_view code = "");
  verdict fail(waiter, const irc_message&, context&);
  /// The same where the end of the answer still follows.
  verdict fail_before_end(waiter, const irc_message&, context&);
  verdict fail_join(waiter, const irc_message&, context&);
  verdict fail_join_key(waiter, const irc_message&, context&);
  verdict fail_join_invite(waiter, const irc_message&, context&);
  verdict refuse_join(waiter command, const irc_message& line,
                      const char* reason, context& ctx);
  verdict fail_standard(waiter, const irc_message&, context&);
  verdict fail_message(waiter, const irc_message&, context&);
  verdict finish_message(waiter, const irc_message&, context&);
  verdict finish_silently(waiter, const irc_message&, context&);
  verdict end_whois(waiter, const irc_message&, context&);
  verdict drop_label(waiter, const irc_message&, context&);
  verdict fail_part(waiter, const irc_message&, context&);
  verdict fail_nick(waiter, const irc_message&, context&);
  verdict fail_whois(waiter, const irc_message&, context&);
  verdict see_joined(waiter, const irc_message&, context&);
  verdict end_join(waiter, const irc_message&, context&);
  verdict forward_join(waiter, const irc_message&, context&);
  verdict finish_join(waiter, const irc_message&, context&);
  verdict finish_part(waiter, const irc_message&, context&);
  verdict finish_own_part(waiter, const irc_message&, context&);
  verdict finish_nick(waiter, const irc_message&, context&);
  verdict finish_topic(waiter, const irc_message&, context&);
  verdict finish_own_topic(waiter, const irc_message&, context&);
  verdict finish_same_topic(waiter, const irc_message&, context&);
  verdict finish_no_topic(waiter, const irc_message&, context&);
  verdict finish_names(waiter, const irc_message&, context&);
  verdict finish_whois(waiter, const irc_message&, context&);
  verdict finish_away(waiter, const irc_message&, context&);
  verdict collect_topic(waiter, const irc_message&, context&);
  verdict collect_topic_by(waiter, const irc_message&, context&);
  verdict collect_names(waiter, const irc_message&, context&);
  verdict collect_whois(waiter, const irc_message&, context&);

  // -- irc_silence.cpp: commands to which a server says nothing ---------------
  /// Puts a PING behind those that have waited for a while.
  void ask_silent(context& ctx);
  /// The PONG to it: there was nothing to do.
  verdict finish_unanswered(waiter, const irc_message&, context&);

  // -- irc_ignores.cpp --------------------------------------------------------
  void do_ignore(const request& what, context& ctx);
  void do_unignore(const request& what, context& ctx);
  /// Whether somebody says it who is not to be heard.
  bool is_ignored(const irc_message& line) const;
  std::vector<std::string>::iterator find_ignore(std::string_view mask);

  // -- irc_mode.cpp: MODE -----------------------------------------------------
  void do_mode(const request& what, context& ctx);
  bool fulfils(const irc_message& line, const irc_open_command& command) const;
  verdict finish_mode(waiter, const irc_message&, context&);
  /// Nothing more comes: answers with what has changed.
  verdict end_mode(waiter, const irc_message&, context&);
  bool hand_on(waiter command);
  verdict finish_asked_mode(waiter, const irc_message&, context&);
  verdict finish_own_modes(waiter, const irc_message&, context&);
  verdict take_mask_list(waiter, const irc_message&, context&);
  verdict fail_mode_of(waiter, const irc_message&, context&);
  verdict fail_mode_letter(waiter, const irc_message&, context&);

  // -- irc_channel_commands.cpp: what operators do ----------------------------
  void do_kick(const request& what, context& ctx);
  void do_invite(const request& what, context& ctx);
  void do_change_people(const request& what, context& ctx);
  /// What bans a nick, by its host where that is known; a mask is itself.
  std::string ban_mask(std::string_view text) const;
  /// Sets or takes `mode` (`+o`) for each of `params`.
  void change_modes(const request& what, std::string_view mode,
                    const std::vector<std::string>& params, context& ctx);
  void open_changes(const request& what,
                    const std::vector<std::string>& changes, context& ctx);
  verdict finish_kick(waiter, const irc_message&, context&);
  verdict finish_invite(waiter, const irc_message&, context&);
  verdict fail_subject(waiter, const irc_message&, context&);

  // -- irc_person_commands.cpp ------------------------------------------------
  void do_ison(const request& what, context& ctx);
  void do_oper(const request& what, context& ctx);
  void do_setname(const request& what, context& ctx);
  void do_notice(const request& what, context& ctx);
  void do_service(const request& what, context& ctx);
  void do_shrug(const request& what, context& ctx);
  void do_clear(const request& what, context& ctx);
  void on_server_op(const irc_message& line, context& ctx);
  verdict finish_ison(waiter, const irc_message&, context&);
  verdict finish_oper(waiter, const irc_message&, context&);
  verdict finish_setname(waiter, const irc_message&, context&);

  // -- irc_service_secrets.cpp: what nobody may read (spec §9.3, P8) ---------
  /// Whether what is said to `name` may be a password.
  bool keeps_secrets(std::string_view name) const;
  /// What is shown of `text` when it is said to `target`.
  std::string show_told(std::string_view target, std::string_view text,
                        const context& ctx);
  void note_quoted(std::string_view text, const context& ctx);

  // -- irc_ctcp.cpp -----------------------------------------------------------
  void answer_ctcp(std::string_view nick, std::string_view request,
                   context& ctx);
  void do_ctcp(const request& what, context& ctx);
  verdict finish_ctcp(waiter, const irc_message&, context&);

  // -- irc_who.cpp: WHO and WHOWAS --------------------------------------------
  void do_who(const request& what, context& ctx);
  void do_whowas(const request& what, context& ctx);
  void keep_whowas(irc_open_command& command);
  verdict collect_who(waiter, const irc_message&, context&);
  verdict finish_who(waiter, const irc_message&, context&);
  verdict collect_whowas(waiter, const irc_message&, context&);
  verdict finish_whowas(waiter, const irc_message&, context&);

  // -- irc_tag_commands.cpp: what is made of tags, and REDACT -----------------
  void do_react(const request& what, context& ctx);
  void do_reply(const request& what, context& ctx);
  void do_typing(const request& what, context& ctx);
  void do_redact(const request& what, context& ctx);
  bool may_tag(const irc_asker& who,
               std::initializer_list<std::string_view> names, context& ctx);
  bool write_tags(std::string_view target,
                  std::vector<std::pair<std::string, std::string>> tags,
                  context& ctx);
  verdict finish_redact(waiter, const irc_message&, context&);

  // -- irc_list.cpp: LIST -----------------------------------------------------
  void do_list(const request& what, context& ctx);
  void on_list_entry(const irc_message& line, context& ctx);
  void on_list_end(const irc_message& line, context& ctx);
  void end_list(context& ctx);

  // -- irc_monitor.cpp: `/monitor` --------------------------------------------
  void do_monitor(const request& what, context& ctx);
  void monitor(const irc_asker& who, const std::vector<std::string_view>& nicks,
               context& ctx);
  void unmonitor(const irc_asker& who,
                 const std::vector<std::string_view>& nicks, context& ctx);
  const char* write_unmonitor(const std::vector<std::string_view>& nicks,
                              context& ctx);
  bool is_monitored(std::string_view name) const;
  verdict finish_monitor(waiter, const irc_message&, context&);
};

} // namespace convoy::protocol
