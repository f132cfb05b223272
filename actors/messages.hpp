// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/archive_messages.hpp"
#include "actors/connection_wish.hpp"
#include "actors/fleet_messages.hpp"
#include "actors/irc_messages.hpp"
#include "actors/site_settings.hpp"
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

/// socket → session: all that was sent has left.
struct socket_drained {};

/// What a client has seen of a stream.
struct resume_point {
  std::string stream;
  protocol::event_seq since = 0;
};

/// session → directory → user: let me have this user's events. Answered with
/// `attached`.
struct attach {
  std::string token_hash;
  std::string remote_address;
  protocol::ts_format format = protocol::ts_format::epoch;
  caf::actor session;
  std::string base_url; ///< where its client reached us
  /// The token is one of the API's (`Authorization: Bearer`), not a login's.
  bool is_api_token = false;
  /// To the user: whether the token allows `send`.
  bool may_send = true;
};

/// The stream starts behind `seq`; or, with a `refusal`, it does not.
struct attached {
  caf::actor user;
  std::string stream;
  protocol::event_seq seq = 0;
  std::string refusal;      ///< for people; "" when all is well
  bool needs_login = false; ///< whether to log in would help
  protocol::user_id id{};
  bool may_send = true; ///< whether its token allows `send`
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

/// directory → session: so long does what it came with hold, unless it is
/// extended meanwhile.
struct login_ends {
  protocol::timestamp when{};
};

/// user → session: the one answer to an `ask`.
struct answer {
  protocol::ticket ticket = 0;
  net::payload frame;
};

/// directory → user → session: the node stops.
struct go_away {
  /// For the user. `at_once`: IRC is left without a word, and what is not
  /// committed is dropped. `sessions`: only those go.
  enum class manner { in_order, at_once, sessions };
  std::uint16_t code = 1001;
  std::string reason;
  manner how = manner::in_order;
};

// -- user ---------------------------------------------------------------------

/// rest_call → user: somebody logged out; their sockets are closed. In a fleet
/// also rest_call → post_office → the other nodes' directory → user.
struct revoke {
  std::string token_hash;
  protocol::user_id user{};
};

/// rest_call → user, account_watch → directory → user: who they are has changed
/// (roles, highlight keywords). Answered with `rest_result`: the user object.
struct account_changed {
  protocol::user_id user{};
};

/// rest_call → directory: the user leaves IRC and nobody starts them until they
/// are let in again; sessions are closed with `reason`. Answered with `true`
/// once their actor has ended.
struct expel_user {
  protocol::user_id id{};
  std::string reason;
};
/// rest_call → directory: they may be started again, and are when they want to
/// be on IRC.
struct readmit_user {
  protocol::user_id id{};
};

/// rest_call → user: every notification has been seen. Answered with
/// `rest_result`.
struct mark_notifications_read {};

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
  /// When what made it came from the socket; the epoch: from nowhere.
  protocol::instant received{};
};

/// user → irc_connection: `count` events of yours are committed, or lost.
struct committed {
  std::size_t count = 0;
};

/// store_watch → directory → user: whether the store takes what is written, and
/// what is wrong when it does not.
struct store_is {
  bool available = true;
  std::string reason;
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
  /// What was read last; without it, all.
  std::optional<protocol::event_seq> seq{};
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

// -- site ---------------------------------------------------------------------

/// → site. Answered with `site_is`, which then also goes to every user when
/// there is a change.
struct get_site {};
struct site_is {
  std::shared_ptr<const site_settings> site;
};
/// rest_call → site: what differs between the two is to be as in `wanted`, and
/// all else stays. Answered with `site_is` once it is stored.
struct change_site {
  site_settings known;
  site_settings wanted;
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
  X(socket_drained)                                                            \
  X(account_changed)                                                           \
  X(expel_user)                                                                \
  X(readmit_user)                                                              \
  X(mark_notifications_read)                                                   \
  X(get_site)                                                                  \
  X(site_is)                                                                   \
  X(change_site)                                                               \
  X(login_ends)                                                                \
  X(store_job)                                                                 \
  X(lease_is)                                                                  \
  X(get_lease)                                                                 \
  X(drain_node)                                                                \
  X(locate)                                                                    \
  X(home_is)                                                                   \
  X(moved_in)                                                                  \
  X(moved_out)                                                                 \
  X(release_again)                                                             \
  X(revive)                                                                    \
  X(let_go)                                                                    \
  X(has_sessions)                                                              \
  X(lost_home)                                                                 \
  X(bus_delivery)                                                              \
  X(bus_result)                                                                \
  X(deliver_to)                                                                \
  X(read_again)                                                                \
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
  X(store_is)                                                                  \
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
  X(used)                                                                      \
  X(knock)                                                                     \
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
