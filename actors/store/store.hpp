// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/account.hpp"
#include "protocol/connection_profile.hpp"
#include "protocol/event.hpp"
#include "protocol/time.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace convoy::actors::store {

/// The store failed: what was tried, where, and what the database said. Thrown
/// by everything below; the archive turns it into an error message.
class store_error : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What was to be written does not go with what is there: trying again does not
/// help.
class store_conflict : public store_error {
  using store_error::store_error;
};

/// How to open a store.
struct store_options {
  std::string url; ///< `sqlite:PATH`, or `sqlite::memory:`
  /// A commit is synced to disk (power cut) or only handed to the kernel
  /// (process crash).
  bool full_sync = true;
  /// 32 bytes that seal IRC passwords and channel keys.
  std::string key;
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
};

/// Everything a user actor starts with.
struct user_state {
  protocol::account account;
  protocol::event_seq last_seq = 0;
  std::vector<protocol::connection_record> connections; ///< by id
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
};

/// A file of a person, which whoever knows its id may read.
struct file_record {
  std::string id; ///< cannot be guessed
  protocol::user_id user{};
  std::string name;
  std::string content_type;
  protocol::timestamp saved{};
  std::string content;
};

/// Why a file was not stored.
enum class file_verdict { stored, no_room };

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
};

/// One page, oldest first.
struct history_page {
  std::vector<protocol::event> messages;
  bool more_before = false; ///< older ones exist beyond the page
  bool more_after = false;  ///< newer ones exist beyond the page
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
  void migrate();
  /// Whether the store answers; throws when it does not.
  void ping();

  // -- accounts ---------------------------------------------------------------

  /// Makes an account and sets its `id`; the first of all becomes admin. When
  /// one exists already, `allowed` says whether another may be made.
  create_verdict create_account(protocol::account& account, bool allowed);
  std::optional<protocol::account> find_account(const std::string& email);
  std::optional<protocol::account> find_account(protocol::user_id id);
  std::vector<protocol::account> accounts();
  /// Throws when there is no such user, as does the next one.
  void set_password(protocol::user_id id, const std::string& hash);
  void set_remote_address(protocol::user_id id, const std::string& address);

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

  // -- connections ------------------------------------------------------------

  std::optional<user_state> load_user(protocol::user_id id);
  /// Users who are not disabled and want at least one connection.
  std::vector<protocol::user_id> wanted_users();
  /// Inserts or replaces a connection without touching its conversations.
  void put_connection(protocol::user_id user,
                      const protocol::connection_record& connection);
  /// Removes a connection, its conversations and its journal rows.
  void delete_connection(protocol::user_id user,
                         const std::string& connection_id);

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
  /// both and has `limit` each way. However old a message is, it is found.
  history_page history(const history_query& query);

  /// Deletes what `history` shows of a conversation up to event `last`, `most`
  /// rows at a time; whether nothing is left. Numbers stay given.
  bool clear_history(protocol::user_id user, const std::string& connection_id,
                     const std::string& conversation_id,
                     protocol::event_seq last, std::size_t most);

  // -- files ------------------------------------------------------------------

  /// Stores a file unless the person's files would be more than `room` bytes
  /// then.
  file_verdict add_file(const file_record& file, std::uint64_t room);
  std::optional<file_record> find_file(protocol::user_id user,
                                       const std::string& id);

  // -- connection profiles ----------------------------------------------------

  /// All of them, by id.
  std::vector<protocol::connection_profile> profiles();
  /// Inserts or replaces one.
  void put_profile(const protocol::connection_profile& profile);
  void delete_profile(const std::string& id);

  /// Makes many accounts with their connections and conversations in one
  /// transaction and sets their ids; roles stay as given. An email that is
  /// taken makes all of it fail, and is named.
  void import(std::vector<user_state>& users);

private:
  struct impl;
  std::unique_ptr<impl> impl_;
};

} // namespace convoy::actors::store
