// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/account_change.hpp"
#include "actors/store/progress.hpp"
#include "actors/store/registry.hpp"
#include "actors/store/store_error.hpp"
#include "actors/store/store_options.hpp"
#include "protocol/account.hpp"
#include "protocol/connection_profile.hpp"
#include "protocol/event.hpp"
#include "protocol/message_place.hpp"
#include "protocol/text_pattern.hpp"
#include "protocol/time.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace convoy::actors::store {

/// A `send` that carried a nonce, and what it was answered (P4).
struct nonce_record {
  std::string nonce;
  protocol::timestamp begun{};
  bool answered = false; ///< when not, nobody knows what became of it
  /// Nothing was done for it: there is nothing to remember.
  bool withdrawn = false;
  std::string error;  ///< "" when it was done
  std::string path;   ///< of the error
  std::string result; ///< JSON object or ""
  /// One that began before this is forgotten, when this one begins.
  protocol::timestamp forgotten{};
};

/// What one user wants written with one commit.
struct journal_batch {
  protocol::user_id user{};
  /// With `seq` set, ascending and gapless.
  std::vector<protocol::event> events;
  /// Connections as they are after these events, without conversations.
  std::vector<protocol::connection_record> connections;
  /// Conversations as they are after these events, by connection.
  std::vector<std::pair<std::string, protocol::conversation>> changed;
  /// (connection id, conversation id) of those that are gone.
  std::vector<std::pair<std::string, std::string>> removed;
  /// Sends that begin, and those that are answered or withdrawn. One that
  /// begins twice, at different times, is a `store_conflict`.
  std::vector<nonce_record> nonces;

  bool empty() const noexcept {
    return events.empty() && connections.empty() && changed.empty()
           && removed.empty() && nonces.empty();
  }
};

/// Everything a user actor starts with.
struct user_state {
  protocol::account account;
  protocol::event_seq last_seq = 0;
  std::vector<protocol::connection_record> connections; ///< by id
};

/// The room on the file system of the store.
struct disk_usage {
  std::uint64_t block_size = 0; ///< bytes
  std::uint64_t blocks_free = 0;
  std::uint64_t blocks_total = 0;
  std::uint64_t inodes_free = 0;
  std::uint64_t inodes_total = 0;
};

/// Why an account was not made.
enum class create_verdict { created, email_taken, not_open };

/// A login on a device.
struct session_record {
  std::string token_hash;
  protocol::user_id user{};
  protocol::timestamp created{};
  protocol::timestamp expires{};
  std::string remote_address;
  std::string user_agent;
  protocol::timestamp last_seen{};
};

/// A key for scripts and bots, which works until it is revoked or expires.
struct api_token {
  std::string id; ///< by which it is listed and revoked; not secret
  std::string token_hash;
  protocol::user_id user{};
  std::string name;                ///< what its owner calls it
  std::vector<std::string> scopes; ///< `read`, `send`, `admin`
  protocol::timestamp created{};
  protocol::timestamp expires{}; ///< the epoch: never
  protocol::timestamp last_used{};
};

/// A file of a person, which whoever knows its id may read.
struct file_record {
  std::string id; ///< cannot be guessed
  protocol::user_id user{};
  std::string name;
  std::string content_type;
  protocol::timestamp saved{};
  std::string content;
  bool write_only = false; ///< kept, but shown to nobody
  std::uint64_t size = 0;  ///< of the content, also where that was left out
};

/// A file as lists show it.
struct file_entry {
  std::string id;
  std::string name;
  protocol::timestamp saved{};
  std::uint64_t size = 0; ///< bytes
};

/// Why a file was not stored.
enum class file_verdict { stored, no_room, id_taken };

/// A host that is to be reached with TLS only (IRCv3 sts).
struct sts_policy {
  std::string host; ///< lower-cased
  std::uint16_t port = 0;
  protocol::timestamp expires{};
};

/// Which part of a conversation's history (spec/rest-api.md §6, 14 and 17).
struct history_query {
  protocol::user_id user{};
  std::string connection_id;
  std::string conversation_id;
  std::optional<protocol::timestamp> after;  ///< exclusive
  std::optional<protocol::timestamp> before; ///< exclusive
  std::optional<protocol::timestamp> around; ///< inclusive, both ways
  std::size_t limit = 60;
  /// The same by number, and wins over time; exclusive.
  std::optional<protocol::event_seq> after_seq{};
  std::optional<protocol::event_seq> before_seq{};
  /// Only lines as a log has them (`<bob> hello`) that fit.
  protocol::text_pattern match{};
};

/// One page, oldest first.
struct history_page {
  std::vector<protocol::event> messages;
  /// Where to go on when older or newer ones may exist beyond the page.
  std::optional<protocol::message_place> before{};
  std::optional<protocol::message_place> after{};
};

/// What is looked for in all that was said to one person.
struct search_query {
  enum class order {
    time, ///< newest first, by number
    rank, ///< best first, among as many of the newest as one step looks at
  };

  protocol::user_id user{};
  protocol::text_pattern match{}; ///< in order; by rank, in any order
  std::string connection_id{};    ///< "" for any
  std::optional<std::string> conversation_id{};
  std::string from{};                          ///< nick in lower case, or ""
  std::optional<protocol::timestamp> after{};  ///< exclusive
  std::optional<protocol::timestamp> before{}; ///< exclusive
  order sort = order::time;
  /// Only what has a lower number (0: all), and a higher one.
  protocol::event_seq below = 0;
  protocol::event_seq above = 0;
  std::size_t skip = 0; ///< so many of the best, for `order::rank`
  std::size_t limit = 60;
};

/// What one step of a search has found; a step is cheap however much there is
/// to look through.
struct search_page {
  std::vector<protocol::event> messages; ///< in the order that was asked for
  /// `below` and `skip` of the next step, or nothing when all has been seen.
  std::optional<std::pair<protocol::event_seq, std::size_t>> next{};
};

/// How much of a conversation is not read.
struct read_count {
  protocol::event_seq seq = 0; ///< up to which it is
  std::uint32_t unread = 0;
  std::uint32_t notifications = 0;
  /// When the newest message that is read was said; the epoch: never.
  protocol::timestamp when{};
};

/// What is old enough to go; the epoch: nothing is.
struct retention {
  protocol::timestamp states_before{};
  protocol::timestamp messages_before{};
  protocol::timestamp notices_before{}; ///< what servers say
  std::uint64_t max_bytes_per_user = 0; ///< 0: no bound
};

/// How far a round through all conversations has come.
struct cleaning_place {
  protocol::user_id user{};
  std::string connection_id{};
  std::string conversation_id{};
  std::size_t deleted = 0; ///< since it began
};

/// Who may be here.
struct standing {
  std::vector<protocol::user_id> admitted;        ///< not disabled; ascending
  protocol::user_id highest{};                    ///< that was ever given
  std::map<protocol::user_id, std::string> roles; ///< of who has any
};

/// One connection to the database; used by one thread. Statements are prepared
/// once.
class database {
public:
  /// Opens, or makes, the store. Errors name the place and the reason.
  explicit database(const store_options& options);
  ~database();
  database(const database&) = delete;
  database& operator=(const database&) = delete;

  /// Brings the schema up to what this program knows, one numbered step after
  /// the other, each in a transaction. A newer schema is refused, and so is
  /// another key than the one the store was made with.
  void migrate(const schema_told& tell = {});
  /// Whether the store answers; throws when it does not.
  void ping();
  /// Whether it may be written, too; throws when it may not. Only `thorough`
  /// finds out about a full disk, for it writes something.
  void ping_writer(bool thorough);

  // -- fleet ------------------------------------------------------------------

  /// The nodes and homes of the fleet, over this connection.
  registry& fleet() noexcept;
  /// From now on only users who live at `home` are written; for anybody else a
  /// write is a `store_conflict`. At first it is 0, the home of who is
  /// homeless, and of everybody where there is no fleet.
  void write_as(node_epoch home) noexcept;

  // -- accounts ---------------------------------------------------------------

  /// Makes an account and sets its `id`; the first of all becomes admin. When
  /// one exists already, `allowed` says whether another may be made.
  create_verdict create_account(protocol::account& account, bool allowed);
  std::optional<protocol::account> find_account(const std::string& email);
  std::optional<protocol::account> find_account(protocol::user_id id);
  std::vector<protocol::account> accounts();
  bool has_accounts();
  /// Throws when there is no such user, as does the next one.
  void set_password(protocol::user_id id, const std::string& hash);
  void set_remote_address(protocol::user_id id, const std::string& address);
  /// All of it, or nothing.
  void change_account(protocol::user_id id, const account_change& what);
  void set_disabled(protocol::user_id id, bool disabled);
  standing user_standing();
  /// Deletes all there is of a user, `most` rows at a time; whether nothing is
  /// left. The account itself goes last, so that a deletion that was cut short
  /// can go on; until then it is disabled. Nobody gets its id again.
  bool delete_account(protocol::user_id id, std::size_t most);
  /// Somebody with whom that has begun, and not ended.
  std::optional<protocol::user_id> half_deleted();

  // -- sessions ---------------------------------------------------------------

  void create_session(const session_record& session);
  /// The session of that token if it has not expired and its user is not
  /// disabled.
  std::optional<session_record> find_session(const std::string& token_hash,
                                             protocol::timestamp now);
  /// A session that has ended meanwhile stays so.
  void extend_session(const std::string& token_hash,
                      protocol::timestamp expires);
  void delete_session(const std::string& token_hash);
  void delete_expired_sessions(protocol::timestamp now);
  /// Those of one person that have not expired, newest first.
  std::vector<session_record> sessions_of(protocol::user_id user,
                                          protocol::timestamp now);
  void touch_session(const std::string& token_hash, protocol::timestamp seen);

  // -- API tokens -------------------------------------------------------------

  void create_token(const api_token& token);
  /// The token of that hash if it has not expired and its user is not disabled.
  std::optional<api_token> find_token(const std::string& token_hash,
                                      protocol::timestamp now);
  /// Those of one person, newest first.
  std::vector<api_token> tokens_of(protocol::user_id user);
  void touch_token(const std::string& id, protocol::timestamp used);
  /// Whether there was such a token of that person; its hash is in `hash` then.
  bool delete_token(protocol::user_id user, const std::string& id,
                    std::string& hash);

  // -- site settings ----------------------------------------------------------

  /// What admins have set, as one JSON object, or "".
  std::string site();
  void put_site(const std::string& json);
  /// Nothing for a store in memory.
  std::optional<disk_usage> disk();

  // -- connections ------------------------------------------------------------

  std::optional<user_state> load_user(protocol::user_id id);
  /// Users who are not disabled and want at least one connection.
  std::vector<protocol::user_id> wanted_users();
  /// Inserts or replaces a connection without touching its conversations.
  void put_connection(protocol::user_id user,
                      const protocol::connection_record& connection);
  /// Removes at most `most` messages of a connection and, once there are none,
  /// the connection, its conversations and all else its journal has; whether
  /// nothing is left.
  bool delete_connection(protocol::user_id user,
                         const std::string& connection_id, std::size_t most);

  // -- STS policies -----------------------------------------------------------

  /// By host; those that have expired too.
  std::vector<sts_policy> sts_policies();
  /// Inserts or replaces the policy of its host.
  void put_sts_policy(const sts_policy& policy);
  void delete_sts_policy(const std::string& host);

  // -- journal ----------------------------------------------------------------

  /// Commits all of it, or nothing: one transaction, one sync. Refused when
  /// a batch's first event does not follow the user's last one (P2), when the
  /// user does not exist, or when a changed conversation has no connection; the
  /// error names the user. Of one batch, `removed` comes after `changed`.
  void append(const std::vector<const journal_batch*>& batches);
  /// A page of what was said (spec §7.3): messages but for errors, which are
  /// not logged (§7.2). Without a bound, or before one, the newest `limit`;
  /// behind `after` the oldest; with both, from `after` on; `around` wins over
  /// both and has `limit` each way. However old a message is, it is found. A
  /// page that would end between messages of one microsecond is longer; one
  /// with a `match` is shorter when too much would have to be looked through.
  history_page history(const history_query& query);

  /// One step of a search. What is not indexed yet is found as well.
  search_page search(const search_query& query);
  /// Messages of others that mention the person in a channel, oldest first: the
  /// newest `limit` whose number is below `before`; 0: of all.
  history_page notifications(protocol::user_id user, protocol::event_seq before,
                             std::size_t limit);
  /// What is not read when all up to `seq` is; `last` is the newest event that
  /// its user knows of, and must be there.
  read_count count_unread(protocol::user_id user,
                          const std::string& connection_id,
                          const std::string& conversation_id,
                          protocol::event_seq seq, protocol::event_seq last);
  /// The newest message up to `time`; 0 when there is none.
  protocol::event_seq last_message(protocol::user_id user,
                                   const std::string& connection_id,
                                   const std::string& conversation_id,
                                   protocol::timestamp time);

  // -- in the background ------------------------------------------------------

  /// Puts at most `most` events of those who have enough of them that wait into
  /// the search index; how many it were.
  std::size_t index_some(std::size_t most);
  /// Deletes at most `most` events that are not messages; how many it were.
  std::size_t clean_states(protocol::timestamp before, std::size_t most);
  /// Goes on from `place`, deletes at most `most` messages and looks at as many
  /// conversations at most; whether the round is over.
  bool clean_messages(const retention& what, cleaning_place& place,
                      std::size_t most);
  /// Deletes at most `most` of the oldest events of somebody whose journal is
  /// larger than it may be; how many it were.
  std::size_t clean_largest(std::uint64_t max_bytes, std::size_t most);

  /// Deletes what `history` shows of a conversation up to event `last`, `most`
  /// rows at a time; whether nothing is left. Numbers stay given.
  bool clear_history(protocol::user_id user, const std::string& connection_id,
                     const std::string& conversation_id,
                     protocol::event_seq last, std::size_t most);

  /// At most `limit` of the events behind `after`, ascending.
  std::vector<protocol::event>
  journal(protocol::user_id user, protocol::event_seq after, std::size_t limit);
  /// Whether every event behind `after` up to `last` is still there.
  bool has_all(protocol::user_id user, protocol::event_seq after,
               protocol::event_seq last);

  // -- nonces -----------------------------------------------------------------

  std::optional<nonce_record> find_nonce(protocol::user_id user,
                                         const std::string& nonce);
  /// Forgets at most `most` that began before `before`; how many it were.
  std::size_t delete_nonces(protocol::timestamp before, std::size_t most);

  // -- files ------------------------------------------------------------------

  /// Stores a file unless the person's files would be more than `room` bytes
  /// then.
  file_verdict add_file(const file_record& file, std::uint64_t room);
  /// The same in steps, so that a large file makes nobody wait: without its
  /// content, which has `size` bytes, then that in parts, in order. Until it is
  /// finished nobody sees it.
  file_verdict begin_file(const file_record& file, std::uint64_t size,
                          std::uint64_t room);
  void add_file_part(const std::string& id, std::size_t part,
                     const std::string& content);
  void finish_file(const std::string& id);
  std::optional<file_record> find_file(protocol::user_id user,
                                       const std::string& id,
                                       bool with_content = true);
  /// At most `limit` files of a person that were saved before the file `after`
  /// (all when that is ""), newest first.
  std::vector<file_entry> files_of(protocol::user_id user,
                                   const std::string& after, std::size_t limit);
  /// The file that was saved `steps` files after `id`, or "".
  std::string newer_file(protocol::user_id user, const std::string& id,
                         std::size_t steps);
  /// How many of them there were. Nobody sees them any more; `sweep_files`
  /// takes what they hold.
  std::size_t delete_files(protocol::user_id user,
                           const std::vector<std::string>& ids);
  /// Deletes at most `most` parts of files that are gone, and at last the
  /// files; whether nothing is left.
  bool sweep_files(std::size_t most);
  /// Deletes what a crash has left: files that are gone or were never finished.
  void delete_unfinished_files();

  // -- connection profiles ----------------------------------------------------

  /// All of them, by id.
  std::vector<protocol::connection_profile> profiles();
  /// Inserts or replaces one.
  void put_profile(const protocol::connection_profile& profile);
  void delete_profile(const std::string& id);

  /// Makes one account with all it has, in one transaction. `events` gives what
  /// happened, oldest first, and is called until it gives none; the events are
  /// numbered here, the first is 1. Then come `files`, until there are none,
  /// and the connections of `user` as they are by then. The account keeps its
  /// id when that is higher than all that were ever given, else it gets
  /// another; a file whose id is taken does, too. False when the email is
  /// taken; then nothing is read.
  bool take_in(user_state& user,
               const std::function<std::vector<protocol::event>()>& events,
               const std::function<std::optional<file_record>()>& files);

  /// Makes many accounts with their connections and conversations in one
  /// transaction and sets their ids; roles stay as given. An email that is
  /// taken makes all of it fail, and is named.
  void import(std::vector<user_state>& users);

private:
  struct impl;
  std::unique_ptr<impl> impl_;
};

} // namespace convoy::actors::store
