// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/archive_messages.hpp"
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

#include <functional>
#include <map>
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
  std::string base_url; ///< where its client reached us
};

/// The stream starts behind `seq`; or, with a `refusal`, it does not.
struct attached {
  caf::actor user;
  std::string stream;
  protocol::event_seq seq = 0;
  std::string refusal;      ///< for people; "" when all is well
  bool needs_login = false; ///< whether to log in would help
};

/// user → session: committed events `first` to `last`, encoded once for all;
/// `first` is 0 for passing ones, which have no numbers.
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
  std::optional<std::string> memory;      ///< new `connection_record::memory`
  std::optional<std::string> certificate; ///< one was made
  std::vector<protocol::event> passing;   ///< shown at once, never stored
  /// Conversations whose history goes, each with who asked for it.
  std::vector<std::pair<protocol::ticket, std::string>> cleared;
  /// What the server's read markers say.
  std::vector<std::pair<std::string, protocol::timestamp>> read;
  std::vector<protocol::irc_paste> pastes; ///< each gets its `paste_saved`
};

/// user → irc_connection: `count` events of yours are committed, or lost.
struct committed {
  std::size_t count = 0;
};

/// user → itself: append again what the store did not take.
struct append_again {};

/// user → itself: is anybody still here?
struct look_around {};

/// user → directory: nobody is. Answered with whether it may end.
struct may_end {
  protocol::user_id id{};
};

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

/// user → irc_connection: the person is seen at that address.
struct person_at {
  std::string address;
};

/// user → irc_connection: what is said of the network from the next connect on.
struct new_profile {
  protocol::connection_profile profile;
};

/// user → irc_connection: the text is at `url`; or, when that is "", it is not,
/// for `problem`.
struct paste_saved {
  std::uint64_t id = 0;
  std::string url;
  std::string problem;
};

/// user → irc_connection: all up to that message has been read.
struct person_read {
  std::string conversation_id;
  protocol::timestamp when{};
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
  protocol::irc_end end = protocol::irc_end::lost;
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
  bool skips_queue = false; ///< it need not wait for others
};
struct dial_place {
  std::uint64_t attempt = 0;
  double wait_seconds = 0;
};
struct dial_granted {
  std::uint64_t attempt = 0;
  /// A policy is to use TLS, with this port where it would not be used anyway,
  /// and to verify the certificate.
  std::optional<std::uint16_t> secure_port;
};
/// irc_connection → dialer: it is up, or it failed, or I do not want it any
/// more.
struct dial_done {
  std::string host;
  std::uint64_t attempt = 0;
  bool success = false;
  caf::actor connection;
};
/// irc_connection → dialer: what a host says over TLS (IRCv3 sts).
struct sts_seen {
  protocol::irc_sts policy;
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

// -- connection profiles ------------------------------------------------------

using profile_map =
    std::map<std::string, protocol::connection_profile, std::less<>>;

/// → profiles. Answered with `all_profiles`, which then also goes to every user
/// when there is a change.
struct get_profiles {};
struct all_profiles {
  std::shared_ptr<const profile_map> profiles; ///< by id
};
/// rest_call → profiles. Answered with `true` once it is stored.
struct save_profile {
  protocol::connection_profile profile;
};
struct remove_profile {
  std::string id;
};

// -- channel lists ------------------------------------------------------------

/// irc_connection → channel_lists: what LIST said to that user.
struct list_heard {
  std::string network; ///< `host:port`
  protocol::user_id user{};
  bool begins = false;
  std::vector<protocol::irc_listed> channels;
  bool ends = false;
};
/// irc_connection → channel_lists. Answered with `list_answer`.
struct list_wanted {
  std::string network;
  protocol::user_id user{};
  std::string filter;
};
struct list_answer {
  std::string result; ///< JSON object
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
  X(sts_seen)                                                                  \
  X(dial_next)                                                                 \
  X(find_user)                                                                 \
  X(stop_node)                                                                 \
  X(start_wanted)                                                              \
  X(append_again)                                                              \
  X(respawn)                                                                   \
  X(store_file)                                                                \
  X(file_stored)                                                               \
  X(clear_history)                                                             \
  X(put_profile)                                                               \
  X(delete_profile)                                                            \
  X(read_account)                                                              \
  X(read_file)                                                                 \
  X(found_file)                                                                \
  X(look_around)                                                               \
  X(may_end)                                                                   \
  X(paste_saved)                                                               \
  X(person_read)                                                               \
  X(new_profile)                                                               \
  X(person_at)                                                                 \
  X(get_profiles)                                                              \
  X(all_profiles)                                                              \
  X(save_profile)                                                              \
  X(remove_profile)                                                            \
  X(list_heard)                                                                \
  X(list_wanted)                                                               \
  X(list_answer)                                                               \
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
  X(save_sts_policy)                                                           \
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
