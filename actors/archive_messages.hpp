// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/store.hpp"

#include <caf/actor.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

// What the archive and its readers are asked, and what they say.
namespace convoy::actors {

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
  /// It conflicts in nothing but that a nonce of it has begun before.
  bool is_nonce_taken = false;
};
/// archive → itself: commit what waits.
struct flush {};

/// → archive, which first commits what waits, or → a reader: run this there.
/// Answered with `true`, or with what it threw as an error. Made by
/// `ask_store`.
struct store_job {
  std::function<void(store::database&)> run;
};

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
/// → last_use: that login or that API token is used.
struct used {
  enum class what : std::uint8_t { session, token };
  what of = what::session;
  std::string key; ///< the session's hash, or the token's id
  protocol::timestamp when{};
};
struct open_session {
  store::session_record session;
};
struct close_session {
  std::string token_hash;
};
/// The policy of that host is this one; or, without a value, there is none.
struct save_sts_policy {
  std::string host;
  std::optional<store::sts_policy> policy;
};

/// Stores a file where the person's files have so much room. Answered with
/// `file_stored`.
struct store_file {
  store::file_record file;
  std::uint64_t room = 0;
};
struct file_stored {
  store::file_verdict verdict = store::file_verdict::stored;
};
/// → archive: delete some of the messages up to `last`. Answered with whether
/// none is left.
struct clear_history {
  protocol::user_id user{};
  std::string connection_id;
  std::string conversation_id;
  protocol::event_seq last = 0;
};
struct put_profile {
  protocol::connection_profile profile;
};
struct delete_profile {
  std::string id;
};

// → archive reader.
struct load_user {
  protocol::user_id id{};
};
struct find_account {
  std::string email;
};
/// Answered with `found_account`.
struct read_account {
  protocol::user_id id{};
};
struct read_file {
  protocol::user_id user{};
  std::string id;
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
struct found_file {
  std::optional<store::file_record> file;
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

} // namespace convoy::actors
