// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/connection_profile.hpp"
#include "protocol/conversation.hpp"
#include "protocol/event.hpp"
#include "protocol/ids.hpp"
#include "protocol/irc_message.hpp"
#include "protocol/time.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoy::protocol {

/// The `state` of a connection (spec/events-and-irc.md §6.2).
enum class connection_state {
  disconnected,
  connecting,
  connected,
  disconnecting
};

/// "disconnected", …
std::string_view to_string(connection_state state) noexcept;

/// What one connection is and how it behaves; changes only while disconnected.
struct irc_settings {
  std::string connection_id;
  std::string name;            ///< display name of the connection
  std::string host;            ///< for the texts that name it
  std::string nick;            ///< the wanted nick
  std::string user;            ///< user name of the URL, "" to use the nick
  std::string realname;        ///< `realname` of the URL, may be ""
  std::string user_mode = "0"; ///< second parameter of USER
  std::string password;        ///< sent with PASS when not ""
  std::vector<std::string> on_connect_commands;
  /// Limits, services, WEBIRC of the network.
  connection_profile profile;
  /// `connection_record::memory`.
  std::string memory;
  // -- who we are, for SASL and WEBIRC --
  /// `sasl` of the URL, as in `irc_sasl::wish`; must succeed.
  std::string sasl;
  std::string authname; ///< whom to act as, for SASL; "" for `user`
  /// Fresh for each connect: what SCRAM needs of randomness, printable.
  std::string nonce;
  /// SHA-512 of the client certificate, lower-case hex; "" without one.
  std::string certificate_fingerprint;
  std::string certificate_sha256; ///< the same as SHA-256
  std::string remote_address;     ///< of the person, for WEBIRC
  // -- manners --
  /// So many lines leave at once, then one in each interval; 0 ms: no limit.
  std::size_t flood_burst = 5;
  std::chrono::milliseconds flood_interval{2'000};
  /// Lines that may wait; a message that finds no room is refused.
  std::size_t max_queued_lines = 100;
  std::string product_url = "https://convoy.chat"; ///< realname, QUIT text
  std::string version = "Convoy";                  ///< answer to CTCP VERSION
  std::chrono::milliseconds command_timeout{60'000};
  std::chrono::milliseconds names_timeout{30'000};
  /// After this long without a line from the server a PING is sent, after as
  /// long again the connection is given up.
  std::chrono::milliseconds read_timeout{120'000};
  /// How often a nick that is not the wanted one is asked for again (§6.6).
  std::chrono::milliseconds nick_interval{60'000};
};

/// `irc_answer::code` of what was written and whose outcome nobody knows.
inline constexpr std::string_view unknown_outcome = "unknown";

/// The outcome of one command: `error` is "" when it went well.
struct irc_answer {
  ticket to = 0;
  std::string error;
  std::string path;   ///< JSON pointer of the offending key, or ""
  std::string result; ///< JSON object of the members to add to `sent`, or ""
  std::string code{}; ///< of the error: `unknown_outcome`, or ""
};

/// Why a connection ended or cannot be, as far as the next try depends on it.
enum class irc_end : std::uint8_t {
  lost,      ///< closed, timed out, not reached: try again
  dns,       ///< the name is not known
  tls,       ///< TLS or its certificate failed
  throttled, ///< the server wants us to come less often
  password,  ///< wrong PASS, or a SASL that is required failed
  banned,    ///< K-line and the like: not again by itself
  secure     ///< an STS policy: at once again, with TLS
};

/// A policy to use TLS only (IRCv3 sts).
struct irc_sts {
  std::string host;
  std::uint16_t port = 0;          ///< 0: as it is now
  std::chrono::seconds duration{}; ///< 0 takes the policy back
};

/// A text that was too long and is to be stored as a file; its URL is then sent
/// in its stead: `paste_stored`.
struct irc_paste {
  std::uint64_t id = 0;
  std::string text;
};

/// A channel as LIST tells it.
struct irc_listed {
  std::string name;
  std::uint64_t users = 0;
  std::string topic;
  /// We are in it: whether it is secret cannot be told, so it is shown to this
  /// user only until somebody outside sees it too.
  bool member = false;
};

/// A `/list`: to be answered by the owner of the cache of the network.
struct irc_list_query {
  ticket to = 0;
  std::string filter; ///< `/pattern/flags`, or ""
  bool refresh = false;
};

/// What a step asks of its owner, in this order: write `lines`; show `events`;
/// give `answers`. `written` is to be shown and answered only when `lines` have
/// reached the socket: a message of one's own is not shown before (P4).
struct irc_steps {
  std::vector<std::string> lines; ///< without CR LF; each is one IRC line
  std::vector<event> events;      ///< `seq`, counters and highlight not set
  std::vector<irc_answer> answers;
  std::vector<event> written_events;
  std::vector<irc_answer> written_answers;
  /// 001 has come: the back-off starts anew.
  bool registered = false;
  /// The wanted nick changed (own NICK line): store it.
  std::optional<std::string> wanted_nick;
  /// The connection is dead: close it; the text says why.
  std::optional<std::string> give_up;
  /// Conversations that are to be removed from the store, and those that are
  /// new or whose key changed, which no event need say.
  std::vector<std::string> removed;
  std::vector<std::string> changed;
  /// For who is there now: no number, no journal (`is_passing`).
  std::vector<event> passing;
  /// Why it ends, when the server has said so; told before the socket closes.
  std::optional<irc_end> end;
  /// `connection_record::memory` is now this.
  std::optional<std::string> memory;
  std::optional<irc_sts> sts;
  std::vector<irc_paste> pastes;
  std::vector<irc_list_query> list_queries;
  bool list_begins = false; ///< LIST was written: the cache starts anew
  std::vector<irc_listed> listed;
  bool list_ends = false;
  /// Conversations whose history is to be deleted, and who asked.
  std::vector<std::pair<ticket, std::string>> cleared;
  /// The server says (draft/read-marker): read up to this time.
  std::vector<std::pair<std::string, timestamp>> read;
};

/// Where a connection goes, for its `info` event (spec §5.3).
struct irc_socket_info {
  std::string address;
  std::uint16_t port = 0;
  bool tls = false;
  std::string local_address;
};

/// One command as a person gave it with `send`.
struct irc_command {
  ticket to = 0;
  std::string conversation_id; ///< as asked, not folded
  std::string message;         ///< the whole text, `/join #x` or plain
};

/// The client side of one IRC connection without sockets, clocks or threads:
/// what happened and when goes in, what is to be done comes out. It lives as
/// long as the connection is configured, over any number of connects, and owns
/// its conversations but for their counters.
class irc_session {
public:
  irc_session(irc_settings settings, std::vector<conversation> conversations);
  ~irc_session();
  irc_session(irc_session&&) noexcept;
  irc_session& operator=(irc_session&&) noexcept;

  // -- life cycle -------------------------------------------------------------

  /// New settings, while disconnected.
  void configure(irc_settings settings);
  /// Sets the state and tells it: `state`/`connection`, then a notice with the
  /// same text. The same state again only tells nothing. Entering `connecting`
  /// freezes what was usable and resets `info` before (spec §6.3). Leaving
  /// `connected` fails what has not been written with "Connection closed."; to
  /// `disconnecting` it writes QUIT, and what was written before may still be
  /// answered. What is not when that is over fails with the same text and with
  /// `unknown_outcome`.
  void change_state(connection_state state, const std::string& message,
                    moment now, irc_steps& out);
  /// TCP and TLS are up: `change_state(connected)` has been told; writes the
  /// registration (spec §6.4).
  void start(const irc_socket_info& socket, moment now, irc_steps& out);
  /// While `disconnecting`, only what answers an open command is looked at.
  void receive(const irc_message& line, moment now, irc_steps& out);
  /// Runs what is due: command deadlines, on-connect commands, watchdog.
  void tick(moment now, irc_steps& out);
  /// No lines are read from now on, or they are again: meanwhile the server is
  /// not taken for silent.
  void pause_reading(bool paused, moment now);
  /// When `tick` is wanted next.
  std::optional<instant> deadline() const;

  // -- commands ---------------------------------------------------------------

  /// Runs any command but `/connect`, `/disconnect` and `/reconnect`, which the
  /// owner must have taken out with `lifecycle_command`.
  void execute(const irc_command& command, moment now, irc_steps& out);
  /// "connect", "disconnect" or "reconnect" when `message` is that command.
  static std::optional<std::string_view>
  lifecycle_command(std::string_view message);
  /// The paste is at `url`, which is sent now; or, when "", the message fails
  /// with `problem`.
  void paste_stored(std::uint64_t id, const std::string& url,
                    const std::string& problem, moment now, irc_steps& out);
  /// The user has read everything up to `when` (draft/read-marker).
  void mark_read(std::string_view conversation_id, timestamp when, moment now,
                 irc_steps& out);
  /// The counters are the owner's; told here, they are right in the results of
  /// `/query` and `/join`.
  void set_counters(std::string_view conversation_id, std::uint32_t unread,
                    std::uint32_t notifications);

  // -- what it knows ----------------------------------------------------------

  connection_state state() const noexcept;
  /// Own nick now; the wanted one while offline.
  const std::string& nick() const noexcept;
  /// The `info` object (spec §5.3) as JSON.
  std::string info() const;
  /// By id, the server conversation not among them.
  const std::map<std::string, conversation>& conversations() const noexcept;

private:
  struct impl;
  std::unique_ptr<impl> impl_;
};

} // namespace convoy::protocol
