// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

// What a run of Convoy leaves behind, in the order in which it was noticed.
// Users, nodes and sessions have names; `link` is an IRC connection, counted
// from 1; numbers of events are those of the wire's `seq`.
namespace convoy::history {

/// Since the run began, on the recorder's monotonic clock.
using moment = std::chrono::nanoseconds;
using event_number = std::uint64_t;
using link_number = unsigned;

/// What an event says.
struct content {
  std::string type; ///< as on the wire: `private`, `join`, …
  std::string connection;
  // Messages only:
  std::string conversation;
  std::string from;
  std::string text;
  std::int64_t time = 0; ///< microseconds since 1970
  /// Of the whole frame; 0 when there was no frame.
  std::uint64_t digest = 0;
};

// -- nodes --------------------------------------------------------------------

/// It listens.
struct node_started {
  std::string node;
};
/// From now on it may be dead (kill -9), and everybody who lives there.
struct node_killed {
  std::string node;
};
/// From now on the node where that user lives may be dead to the others; they
/// must be on IRC from another one before `limit` is over.
struct home_lost {
  std::string user;
  std::string node; ///< or "all"
  moment limit{};
  /// So long the node may go on before it knows, and may connect.
  moment grace{};
};
/// Something else goes wrong, for reports.
struct trouble {
  std::string what;
};

// -- the IRC server -----------------------------------------------------------

/// That user has come and given its nick.
struct irc_opened {
  link_number link = 0;
  std::string user;
  /// When the connection was accepted; 0 when that is not known.
  moment accepted{};
  /// Another connection of that user that the other side had not ended when
  /// this one was accepted; or 0.
  link_number beside = 0;
  std::string node{}; ///< that connects; "" when there is no other
};
/// The user has joined its channel.
struct irc_joined {
  link_number link = 0;
};
/// `complete`: everything the other side has written was read.
struct irc_closed {
  link_number link = 0;
  bool complete = true;
};
/// A line for a user has been given to the socket. No two have the same text.
struct irc_told {
  link_number link = 0;
  std::string conversation;
  std::string from;
  std::string text;
};
/// A PING behind all lines so far, and its PONG.
struct irc_pinged {
  link_number link = 0;
  std::string token;
};
struct irc_ponged {
  link_number link = 0;
  std::string token;
};
/// A message of that user's came.
struct irc_heard {
  link_number link = 0;
  std::string conversation;
  std::string text;
};

// -- sessions -----------------------------------------------------------------

/// `/events` was upgraded; with `since`, it asks to go on behind that.
struct session_opened {
  std::string session;
  std::string user;
  std::string node;
  std::optional<event_number> since;
  std::string stream;
};
/// The frame `resume`.
struct session_resumed {
  std::string session;
  bool resumed = false;
  std::string stream;
  event_number since = 0;
  event_number seq = 0;
};
/// The answer to `load`.
struct session_loaded {
  std::string session;
  std::string stream;
  event_number seq = 0;
};
/// A broadcast event was shown.
struct session_saw {
  std::string session;
  event_number seq = 0;
  content what;
};
/// `send`; no two have the same text unless they have the same nonce.
struct session_said {
  std::string session;
  std::string id;    ///< of the request
  std::string nonce; ///< "" without one
  std::string conversation;
  std::string text;
};
/// The answer to it: `sent`, or what was wrong.
struct session_answered {
  std::string session;
  std::string id;
  bool sent = false;
  std::string code;    ///< of the error, may be ""
  std::string problem; ///< for people
};
/// WebSocket close code; 1006 without a close frame. What one side wrote last
/// may not have come.
struct session_closed {
  std::string session;
  unsigned code = 0;
  bool by_client = false; ///< who left of its own accord
};

// -- the store ----------------------------------------------------------------

/// While no node ran, the journal of a user ended with this number.
struct journal_ended {
  std::string user;
  event_number seq = 0;
};
/// Somebody had these numbers deleted (retention, `/clear history`).
struct journal_cleared {
  std::string user;
  event_number first = 0;
  event_number last = 0;
};
/// Nothing is under way any more: who is still connected has got all there is.
/// What the store has follows.
struct settled {};
/// A row of the journal.
struct journal_has {
  std::string user;
  event_number seq = 0;
  content what;
};
/// A `send` as the store remembers it.
struct nonce_kept {
  std::string user;
  std::string nonce;
  bool answered = false;
  std::string error; ///< "" when it was sent
};

/// What the store says is unread in a conversation, and mentions the user.
struct counters_kept {
  std::string user;
  std::string connection;
  std::string conversation;
  std::uint64_t unread = 0;
  std::uint64_t notifications = 0;
  event_number read_seq = 0; ///< up to which all was read
};

using fact_kind =
    std::variant<node_started, node_killed, home_lost, trouble, irc_opened,
                 irc_joined, irc_closed, irc_told, irc_pinged, irc_ponged,
                 irc_heard, session_opened, session_resumed, session_loaded,
                 session_saw, session_said, session_answered, session_closed,
                 journal_ended, journal_cleared, settled, journal_has,
                 nonce_kept, counters_kept>;

struct fact {
  moment at{};
  fact_kind what;
};

/// The fact as one JSON object, for people: `{"at":1.25,"fact":"irc_told",…}`,
/// where `at` is in seconds.
std::string to_json(const fact& one);

/// A number that two texts share by chance only (FNV-1a), never 0.
std::uint64_t digest_of(std::string_view text);

/// Whether events of that type say something in a conversation.
bool is_message(std::string_view type);

/// Whether an error of that code only says that nothing was written yet: the
/// same nonce may be sent again, and then get another answer.
bool may_be_repeated(std::string_view code);

/// Collects facts and notes the time.
class recorder {
public:
  recorder() : began_(std::chrono::steady_clock::now()) {}

  moment now() const {
    return std::chrono::steady_clock::now() - began_;
  }
  void note(fact_kind what) {
    facts_.push_back({now(), std::move(what)});
  }
  const std::vector<fact>& facts() const noexcept {
    return facts_;
  }

private:
  std::chrono::steady_clock::time_point began_;
  std::vector<fact> facts_;
};

} // namespace convoy::history
