// SPDX-License-Identifier: Apache-2.0
#include "actors/ask_store.hpp"
#include "actors/rest_call.hpp"
#include "protocol/json.hpp"
#include "protocol/text.hpp"

#include <algorithm>

// Keys for scripts and bots, which only somebody who is logged in makes.
namespace convoy::actors {

namespace {

/// Tokens of one person.
constexpr std::size_t most_tokens = 100;

constexpr protocol::timestamp never{};

/// `secret` is shown once, when the token has just been made.
void put_token(protocol::json_writer& out, const store::api_token& token,
               std::string_view secret = {}) {
  out.begin_object()
      .field("id", token.id)
      .field("name", token.name)
      .field("scopes", token.scopes)
      .field("created", protocol::to_iso(token.created, false));
  if (token.expires != never)
    out.field("expires", protocol::to_iso(token.expires, false));
  if (token.last_used != never)
    out.field("last_used", protocol::to_iso(token.last_used, false));
  if (!secret.empty())
    out.field("token", secret);
  out.end_object();
}

} // namespace

void rest_call_state::list_tokens() {
  ask_store(
      self_, node_->reader(number(session_->user)),
      [user = session_->user](store::database& db) {
        return db.tokens_of(user);
      },
      [this](const std::vector<store::api_token>& found) {
        protocol::json_writer out;
        out.begin_object().key("tokens").begin_array();
        for (const auto& each : found)
          put_token(out, each);
        answer(200, out.end_array().end_object().take());
      },
      [this](const caf::error& why) { store_failed(why); });
}

void rest_call_state::create_token() {
  auto wish = body();
  const auto secret = random_token();
  store::api_token token;
  token.id = random_file_id();
  token.token_hash = hash_token(secret);
  token.user = session_->user;
  token.name = protocol::trim(wish.required_string("name"));
  token.scopes = wish.strings("scopes").value_or(token.scopes);
  std::ranges::sort(token.scopes);
  const auto twice = std::ranges::unique(token.scopes);
  token.scopes.erase(twice.begin(), twice.end());
  token.created = node_->wall_clock();
  if (const auto expires = wish.string("expires")) {
    protocol::parse_time(*expires, token.expires);
    if (token.expires <= token.created)
      wish.refuse("expires", "This time is over.");
  }
  if (token.name.empty())
    wish.refuse("name", "String is too short: 0/1.");
  if (!wish.ok())
    return refuse_all(wish.problems());
  ask_store(
      self_, node_->archive,
      [token](store::database& db) {
        const auto has_room = db.tokens_of(token.user).size() < most_tokens;
        if (has_room)
          db.create_token(token);
        return has_room;
      },
      [this, token, secret](bool is_made) {
        if (!is_made)
          return refuse(400, "Too many tokens.");
        protocol::json_writer out;
        put_token(out, token, secret);
        answer(200, out.take());
      },
      [this](const caf::error& why) { store_failed(why); });
}

void rest_call_state::remove_token() {
  ask_store(
      self_, node_->archive,
      [user = session_->user, id = segment("id")](store::database& db) {
        std::string hash;
        db.delete_token(user, id, hash);
        return hash;
      },
      [this](const std::string& hash) {
        if (hash.empty())
          return refuse(404, "Token not found.");
        close_sockets(session_->user, {hash},
                      [this] { answer(200, R"({"message":"Deleted."})"); });
      },
      [this](const caf::error& why) { store_failed(why); });
}

} // namespace convoy::actors
