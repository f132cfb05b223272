// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/connection_wish.hpp"
#include "actors/store/store.hpp"
#include "net/link.hpp"
#include "protocol/account.hpp"
#include "protocol/frame.hpp"
#include "protocol/irc_message.hpp"
#include "protocol/irc_session.hpp"
#include "protocol/user_view.hpp"

#include <caf/actor.hpp>
#include <caf/type_id.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// Every message that crosses an actor's boundary, and nothing else. No message
// leaves the process (between nodes travels the JSON that sessions speak), so
// none of them is ever serialised by CAF.
namespace convoy::actors {

// -- session ------------------------------------------------------------------

/// socket → session: frames that came.
struct socket_requests {
  std::vector<protocol::request> requests;
};

/// socket → session: it is gone.
struct socket_closed {};

/// session → directory → user: let me have this user's events. Answered with
/// `attached`.
struct attach {
  std::string token_hash;
  std::string remote_address;
  protocol::ts_format format = protocol::ts_format::epoch;
  caf::actor session;
};

/// The stream starts behind `seq`; or, with a `refusal`, it does not.
struct attached {
  caf::actor user;
  std::string stream;
  protocol::event_seq seq = 0;
  std::string refusal;      ///< for people; "" when all is well
  bool needs_login = false; ///< whether to log in would help
};

/// user → session: committed events `first` to `last`, encoded once for all.
struct deliver {
  protocol::event_seq first = 0;
  protocol::event_seq last = 0;
  std::shared_ptr<const std::vector<net::payload>> frames;
};

/// session → user: a `load` or `send`. Answered with `answer`.
struct ask {
  protocol::ticket ticket = 0;
  caf::actor session;
  protocol::request request;
};

/// user → session: the one answer to an `ask`.
struct answer {
  protocol::ticket ticket = 0;
  net::payload frame;
};

/// directory or user → session: the node stops.
struct go_away {
  std::uint16_t code = 1001;
  std::string reason;
};

// -- user ---------------------------------------------------------------------

/// rest_call → user: somebody logged out; their sockets are closed.
struct revoke {
  std::string token_hash;
};

/// irc_connection → user: what happened, in order. Shown once committed.
struct connection_output {
  std::string connection_id;
  std::string nick; ///< own nick after it
  std::vector<protocol::event> events;
  std::vector<protocol::irc_answer> answers;
  /// Conversations whose key or info changed without an event.
  std::vector<protocol::conversation> changed;
  std::vector<std::string> removed;
  std::optional<bool> wanted;             ///< new `wanted_state`
  std::optional<std::string> wanted_nick; ///< new `nick` of the URL
};

/// user → irc_connection: `count` events of yours are committed, or lost.
struct committed {
  std::size_t count = 0;
};

/// user → itself: append again what the store did not take.
struct append_again {};

/// user → itself: start a connection's actor again that died.
struct respawn {
  std::string connection_id;
};

/// rest_call → user: the user object. Answered with JSON.
struct read_user {
  bool connections = false;
  bool conversations = false;
  std::string csrf;
};

/// rest_call → user: `{"connections":[…]}` or `{"conversations":[…]}`.
struct list_connections {};
struct list_conversations {};

struct remove_connection {
  std::string connection_id;
};

/// rest_call → user: everything in it has been read; "" is the server's.
struct mark_read {
  std::string connection_id;
  std::string conversation_id;
};

/// rest_call → user: does it exist? Answered with `true` or `refused`.
struct has_conversation {
  std::string connection_id;
  std::string conversation_id;
};

/// user → rest_call: an encoded JSON value, or why not.
struct rest_result {
  std::string json;
  std::optional<refused> problem;
};

// -- irc_connection -----------------------------------------------------------

/// user → irc_connection: run a command. Answered in a `connection_output`.
struct execute {
  /// Counters that changed since the last command: results show them.
  struct counters {
    std::string conversation_id;
    std::uint32_t unread = 0;
    std::uint32_t notifications = 0;
  };
  protocol::irc_command command;
  std::vector<counters> changed;
};

/// user → irc_connection: the record has changed.
struct reconfigure {
  protocol::connection_record record;
  bool reconnect = false;
};

/// user → irc_connection: leave IRC and end.
struct leave {};

// socket → irc_connection; `attempt` tells one socket's calls from the next's.
struct irc_connected {
  std::uint64_t attempt = 0;
  protocol::irc_socket_info socket;
};
struct irc_lines {
  std::uint64_t attempt = 0;
  std::vector<protocol::irc_message> lines;
};
struct irc_written {
  std::uint64_t attempt = 0;
  std::uint64_t mark = 0;
};
struct irc_closed {
  std::uint64_t attempt = 0;
  std::string reason;
};

/// irc_connection → itself: something may be due.
struct tick {};
/// irc_connection → itself: the back-off is over.
struct retry {
  std::uint64_t attempt = 0;
};

// -- dialer -------------------------------------------------------------------

/// irc_connection → dialer: I want to connect. Answered with `dial_place` at
/// once and with `dial_granted` when it may.
struct dial_request {
  std::string host;
  std::uint64_t attempt = 0;
  caf::actor connection;
};
struct dial_place {
  std::uint64_t attempt = 0;
  double wait_seconds = 0;
};
struct dial_granted {
  std::uint64_t attempt = 0;
};
/// irc_connection → dialer: it is up, or it failed, or I do not want it any
/// more.
struct dial_done {
  std::string host;
  std::uint64_t attempt = 0;
  bool success = false;
  caf::actor connection;
};
/// dialer → itself: a host's gap is over.
struct dial_next {
  std::string host;
};

// -- directory ----------------------------------------------------------------

/// → directory: the user's actor, started when it is not running.
struct find_user {
  protocol::user_id id{};
};
/// main → directory: everybody leaves. Answered with `true` when all have.
struct stop_node {};
/// main → directory: start the users who want to be on IRC.
struct start_wanted {};

// -- archive ------------------------------------------------------------------

/// user → archive: commit this. Answered with `appended` or `append_failed`.
struct append {
  std::shared_ptr<const store::journal_batch> batch;
  caf::actor user;
  std::uint64_t mark = 0;
};
struct appended {
  std::uint64_t mark = 0;
};
struct append_failed {
  std::uint64_t mark = 0;
  std::string reason;
  bool is_conflict = false; ///< to try again does not help
};
/// archive → itself: commit what waits.
struct flush {};

/// → archive, answered with `true`.
struct save_connection {
  protocol::user_id user{};
  protocol::connection_record record;
};
struct erase_connection {
  protocol::user_id user{};
  std::string connection_id;
};
/// → archive, answered with `account_made`.
struct make_account {
  protocol::account account;
  bool allowed = false;
};
struct account_made {
  store::create_verdict verdict = store::create_verdict::created;
  protocol::account account;
};
struct set_password {
  protocol::user_id user{};
  std::string hash;
};
struct set_remote_address {
  protocol::user_id user{};
  std::string address;
};
struct extend_session {
  std::string token_hash;
  protocol::timestamp expires{};
};
struct open_session {
  store::session_record session;
};
struct close_session {
  std::string token_hash;
};

// → archive reader.
struct load_user {
  protocol::user_id id{};
};
struct find_account {
  std::string email;
};
struct find_session {
  std::string token_hash;
  protocol::timestamp now{};
};
struct find_wanted {};
struct read_history {
  store::history_query query;
};
struct ping_store {};

/// What a reader found: nothing, or one thing.
struct found_account {
  std::optional<protocol::account> account;
};
struct found_session {
  std::optional<store::session_record> session;
};
struct found_user {
  std::optional<store::user_state> user;
};
struct found_wanted {
  std::vector<protocol::user_id> users;
};
struct found_history {
  store::history_page page;
};

// -- hasher -------------------------------------------------------------------

/// → hasher: answered with the hash.
struct hash_request {
  std::string password;
};
/// → hasher: answered with whether it fits.
struct verify_request {
  std::string hash;
  std::string password;
};

} // namespace convoy::actors

#define CONVOY_MESSAGES(X)                                                     \
  X(socket_requests)                                                           \
  X(socket_closed)                                                             \
  X(attach)                                                                    \
  X(attached)                                                                  \
  X(deliver)                                                                   \
  X(ask)                                                                       \
  X(answer)                                                                    \
  X(go_away)                                                                   \
  X(revoke)                                                                    \
  X(connection_output)                                                         \
  X(committed)                                                                 \
  X(read_user)                                                                 \
  X(list_connections)                                                          \
  X(list_conversations)                                                        \
  X(create_connection)                                                         \
  X(update_connection)                                                         \
  X(remove_connection)                                                         \
  X(mark_read)                                                                 \
  X(has_conversation)                                                          \
  X(refused)                                                                   \
  X(rest_result)                                                               \
  X(execute)                                                                   \
  X(reconfigure)                                                               \
  X(leave)                                                                     \
  X(irc_connected)                                                             \
  X(irc_lines)                                                                 \
  X(irc_written)                                                               \
  X(irc_closed)                                                                \
  X(tick)                                                                      \
  X(retry)                                                                     \
  X(dial_request)                                                              \
  X(dial_place)                                                                \
  X(dial_granted)                                                              \
  X(dial_done)                                                                 \
  X(dial_next)                                                                 \
  X(find_user)                                                                 \
  X(stop_node)                                                                 \
  X(start_wanted)                                                              \
  X(append_again)                                                              \
  X(respawn)                                                                   \
  X(append)                                                                    \
  X(appended)                                                                  \
  X(append_failed)                                                             \
  X(flush)                                                                     \
  X(save_connection)                                                           \
  X(erase_connection)                                                          \
  X(make_account)                                                              \
  X(account_made)                                                              \
  X(set_password)                                                              \
  X(set_remote_address)                                                        \
  X(extend_session)                                                            \
  X(open_session)                                                              \
  X(close_session)                                                             \
  X(load_user)                                                                 \
  X(find_account)                                                              \
  X(find_session)                                                              \
  X(find_wanted)                                                               \
  X(read_history)                                                              \
  X(ping_store)                                                                \
  X(found_account)                                                             \
  X(found_session)                                                             \
  X(found_user)                                                                \
  X(found_wanted)                                                              \
  X(found_history)                                                             \
  X(hash_request)                                                              \
  X(verify_request)

CAF_BEGIN_TYPE_ID_BLOCK(convoy, first_custom_type_id)
#define CONVOY_ADD(name) CAF_ADD_TYPE_ID(convoy, (convoy::actors::name))
CONVOY_MESSAGES(CONVOY_ADD)
#undef CONVOY_ADD
CAF_END_TYPE_ID_BLOCK(convoy)

#define CONVOY_LOCAL(name) CAF_ALLOW_UNSAFE_MESSAGE_TYPE(convoy::actors::name)
CONVOY_MESSAGES(CONVOY_LOCAL)
#undef CONVOY_LOCAL
#undef CONVOY_MESSAGES
