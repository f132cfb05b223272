// SPDX-License-Identifier: Apache-2.0
#include "actors/account_rules.hpp"
#include "actors/ask_store.hpp"
#include "actors/credentials.hpp"
#include "actors/hasher.hpp"
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

constexpr std::string_view login_needed =
    "An API token cannot do this: log in.";

/// What came of a change.
struct changed_account {
  std::optional<protocol::account> now; ///< nothing when there is no such one
  std::string_view problem;             ///< why it was not made
  std::vector<std::string> ended;       ///< hashes of the logins that are over
};

/// Who lets people go, and in again, on all nodes there are.
const caf::actor& gate(const node& home) {
  return home.post_office ? home.post_office : home.directory;
}

} // namespace

struct rest_call_state::user_change : store::account_change {};

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
          what.highlight_keywords = tidy(*words, has_a_word);
        if (const auto roles = wish.strings("roles"); roles && is_admin)
          what.roles = tidy(*roles, is_something);
        const auto password = wish.string("password");
        // It must not become a login of somebody who makes tokens as good as
        // itself.
        const auto rules = has_admin(who->roles);
        const auto makes_admin = !rules && what.roles && has_admin(*what.roles);
        if (token_ && (makes_admin || (password && (!is_admin || rules))))
          return refuse(403, login_needed);
        if (!password)
          return store_change(*who, what);
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
          [this, who, what,
           waits = wait_for_hash(*node_)](const std::string& hash) mutable {
            what.password_hash = hash;
            store_change(who, what);
          },
          [this](const caf::error& why) { store_failed(why); });
}

/// Another password ends all logins but the one that asks. Who has set it for
/// themself keeps their API tokens.
void rest_call_state::store_change(const protocol::account& who,
                                   const user_change& what) {
  const auto which =
      who.id == session_->user ? ended_logins::sessions : ended_logins::all;
  ask_store(
      self_, node_->archive,
      [id = who.id, what, which, mine = session_->token_hash,
       now = node_->wall_clock()](store::database& db) {
        changed_account result;
        result.now = db.find_account(id);
        if (!result.now)
          return result;
        if (what.roles && !has_admin(*what.roles))
          result.problem = why_to_stay_admin(db, id);
        if (!result.problem.empty())
          return result;
        db.change_account(id, what);
        if (!what.password_hash.empty())
          result.ended = end_logins(db, id, which, mine, now);
        result.now = db.find_account(id);
        return result;
      },
      [this](changed_account result) {
        if (!result.now)
          return refuse(404, "No such user.");
        if (!result.problem.empty())
          return refuse(400, result.problem, "/body/roles");
        const auto id = result.now->id;
        close_sockets(
            id, std::move(result.ended),
            [this, who = std::move(*result.now)] { tell_change(who); });
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
            self_->request(user, store_deadline, account_changed{who.id})
                .then(
                    [this](const rest_result& now) {
                      if (now.problem)
                        refuse(now.problem->status, now.problem->message);
                      else
                        answer(200, now.json);
                    },
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
          const auto problem = why_not_to_delete(db, id);
          // What is begun is ended some day, also when we are cut short.
          if (problem.empty())
            db.delete_account(id, 1);
          return problem;
        },
        [this, id = who->id](std::string_view problem) {
          if (!problem.empty())
            return refuse(400, problem);
          self_
              ->request(gate(*node_), caf::infinite,
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
        self_->send(gate(*node_), readmit_user{id});
        answer(200, R"({"message":"Deleted."})");
      },
      [this](const caf::error& why) { store_failed(why); });
}

} // namespace convoy::actors
