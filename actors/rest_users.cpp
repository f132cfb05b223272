// SPDX-License-Identifier: Apache-2.0
#include "actors/ask_store.hpp"
#include "actors/credentials.hpp"
#include "actors/rest_call.hpp"
#include "net/log.hpp"
#include "protocol/json.hpp"
#include "protocol/text.hpp"
#include "protocol/user_view.hpp"

#include <algorithm>

// People, as they and admins change them (spec/rest-api.md §6, 6, 7 and 9).
namespace convoy::actors {

namespace {

/// Rows of a person that everybody's commits wait for when they are deleted.
constexpr std::size_t rows_at_once = 1000;

void put_person(protocol::json_writer& out, const protocol::account& who) {
  out.begin_object()
      .field("email", who.email)
      .field("uid", to_string(who.id))
      .field("roles", who.roles)
      .field("registered", protocol::to_iso(who.registered, false))
      .field("remote_address", who.remote_address)
      .field("highlight_keywords", who.highlight_keywords)
      .field("disabled", who.disabled)
      .end_object();
}

/// Trimmed, each once, and only those that `is_wanted`.
std::vector<std::string> tidy(const std::vector<std::string>& words,
                              bool (*is_wanted)(std::string_view)) {
  std::vector<std::string> result;
  for (const auto& each : words)
    if (std::string word{protocol::trim(each)};
        is_wanted(word) && std::ranges::count(result, word) == 0)
      result.push_back(std::move(word));
  return result;
}

bool is_something(std::string_view text) {
  return !text.empty();
}

bool has_a_word(std::string_view text) {
  return protocol::has_word_character(text);
}

/// Why an account was not taken out of use.
enum class farewell { done, is_last };

} // namespace

/// What is to change of a person.
struct rest_call_state::user_change {
  std::optional<std::vector<std::string>> roles;
  std::optional<std::vector<std::string>> keywords;
  std::string password_hash; ///< "" for the one they have
};

// -- everybody ----------------------------------------------------------------

void rest_call_state::users() {
  const auto after =
      protocol::whole_number(request_.param("after").value_or("")).value_or(0);
  const auto show = [this, after](const std::vector<protocol::account>& all) {
    protocol::json_writer out;
    out.begin_object().key("users").begin_array();
    for (const auto& each : all)
      if (number(each.id) > after)
        put_person(out, each);
    answer(200, out.end_array().end_object().take());
  };
  as_admin("Only admins can list users.", [this, show] {
    ask_store(
        self_, node_->reader(number(session_->user)),
        [](store::database& db) { return db.accounts(); }, show,
        [this](const caf::error& why) { store_failed(why); });
  });
}

void rest_call_state::with_target(
    std::string_view refusal,
    std::function<void(const std::optional<protocol::account>& who,
                       bool is_admin)>
        next) {
  with_me([this, text = std::string{refusal},
           next = std::move(next)](const protocol::account& me, bool is_admin) {
    const auto email = normal_email(segment("email"));
    if (email == me.email)
      return next(me, is_admin);
    if (!is_admin)
      return refuse(403, text);
    self_
        ->request(node_->reader(std::hash<std::string>{}(email)),
                  store_deadline, find_account{email})
        .then([next](const found_account& found) { next(found.account, true); },
              [this](const caf::error& why) { store_failed(why); });
  });
}

// -- change -------------------------------------------------------------------

void rest_call_state::update_user() {
  with_target(
      "Only admins can update other users.",
      [this](const std::optional<protocol::account>& who, bool is_admin) {
        if (!who)
          return refuse(404, "No such user.");
        auto wish = body();
        user_change what;
        if (const auto words = wish.strings("highlight_keywords"))
          what.keywords = tidy(*words, has_a_word);
        if (const auto roles = wish.strings("roles"); roles && is_admin)
          what.roles = tidy(*roles, is_something);
        const auto password = wish.string("password");
        if (!password)
          return store_change(*who, what);
        if (token_ && !is_admin)
          return refuse(403, "An API token cannot do this: log in.");
        at_door([this, who, what, password] {
          change_with_password(*who, what, *password);
        });
      });
}

void rest_call_state::change_with_password(const protocol::account& who,
                                           user_change what,
                                           const std::string& password) {
  self_->request(node_->hasher, store_deadline, hash_request{password})
      .then(
          [this, who, what](const std::string& hash) mutable {
            what.password_hash = hash;
            store_change(who, what);
          },
          [this](const caf::error& why) { store_failed(why); });
}

/// Another password ends all sessions but the one that asks.
void rest_call_state::store_change(const protocol::account& who,
                                   const user_change& what) {
  ask_store(
      self_, node_->archive,
      [id = who.id, what](store::database& db) {
        if (what.roles)
          db.set_roles(id, *what.roles);
        if (what.keywords)
          db.set_highlight_keywords(id, *what.keywords);
        if (!what.password_hash.empty())
          db.set_password(id, what.password_hash);
        return db.find_account(id);
      },
      [this, is_password = !what.password_hash.empty()](
          const std::optional<protocol::account>& now) {
        if (!now)
          return refuse(404, "No such user.");
        if (!is_password)
          return tell_change(*now);
        end_sessions(
            now->id,
            [mine = session_->token_hash](const store::session_record& each) {
              return each.token_hash != mine;
            },
            [this, now](std::size_t) { tell_change(*now); });
      },
      [this](const caf::error& why) { store_failed(why); });
}

void rest_call_state::tell_change(const protocol::account& who) {
  const auto fail = [this](const caf::error& why) {
    store_failed(why);
  };
  // Nobody starts who may not.
  if (who.disabled)
    return with_site([this, who](const site_settings& site) {
      answer(200, encode_user(who,
                              {site.default_connection, site.video_service,
                               site.forced_connection},
                              {}, false, false));
    });
  self_->request(node_->directory, store_deadline, find_user{who.id})
      .then(
          [this, who, fail](const caf::actor& user) {
            if (!user)
              return refuse(404, "No such user.");
            self_->request(user, store_deadline, account_changed{who})
                .then([this](const rest_result& now) { answer(200, now.json); },
                      fail);
          },
          fail);
}

// -- delete -------------------------------------------------------------------

void rest_call_state::delete_user() {
  const auto take_out = [this](const std::optional<protocol::account>& who,
                               bool) {
    if (!who)
      return answer(200, R"({"message":"Deleted."})");
    ask_store(
        self_, node_->archive,
        [id = who->id](store::database& db) {
          if (db.accounts().size() == 1)
            return farewell::is_last;
          db.set_disabled(id, true);
          return farewell::done;
        },
        [this, id = who->id](farewell verdict) {
          if (verdict == farewell::is_last)
            return refuse(400, "You are the only user left.");
          self_
              ->request(node_->directory, caf::infinite,
                        expel_user{id, "Need to log in first."})
              .then([this, id](bool) { delete_rows(id); },
                    [this](const caf::error& why) { store_failed(why); });
        },
        [this](const caf::error& why) { store_failed(why); });
  };
  with_target("Only admins can delete other users.", take_out);
}

/// Deletes piece by piece, so that nobody's commit waits for all of it.
void rest_call_state::delete_rows(protocol::user_id id) {
  ask_store(
      self_, node_->archive,
      [id](store::database& db) { return db.delete_account(id, rows_at_once); },
      [this, id](bool is_gone) {
        if (!is_gone)
          return delete_rows(id);
        net::log::info("user-deleted", {{"user", to_string(id)}});
        self_->send(node_->directory, readmit_user{id});
        answer(200, R"({"message":"Deleted."})");
      },
      [this](const caf::error& why) { store_failed(why); });
}

} // namespace convoy::actors
