// SPDX-License-Identifier: Apache-2.0
#include "actors/account_rules.hpp"
#include "actors/ask_store.hpp"
#include "actors/credentials.hpp"
#include "actors/hasher.hpp"
#include "actors/invitation.hpp"
#include "actors/link_base.hpp"
#include "actors/rest_call.hpp"
#include "net/log.hpp"
#include "protocol/json.hpp"
#include "protocol/rest_json.hpp"
#include "protocol/text.hpp"
#include "protocol/url_encoding.hpp"

#include <algorithm>
#include <cmath>

// Accounts: register, log in and out, invite (spec/rest-api.md §4 and §6).
namespace convoy::actors {

namespace {

std::uint64_t epoch_seconds(protocol::timestamp time) {
  return static_cast<std::uint64_t>(
      std::chrono::floor<std::chrono::seconds>(time)
          .time_since_epoch()
          .count());
}

} // namespace

// -- register -----------------------------------------------------------------

void rest_call_state::register_user() {
  auto form = body();
  credentials who{normal_email(form.required_string("email")),
                  form.required_string("password"),
                  form.string("token").value_or(""),
                  form.string("exp").value_or("")};
  at_door([this, who] { register_by_form(who); });
}

void rest_call_state::at_door(std::function<void()> next) {
  self_->request(node_->doorman, store_deadline, knock{request_.remote_address})
      .then(
          [this, next = std::move(next)](double seconds) {
            if (seconds <= 0)
              return next();
            protocol::http_response response{
                429, protocol::encode_errors({{"Too many requests.", "/"}})};
            response.headers.emplace_back(
                "Retry-After",
                std::to_string(static_cast<long>(std::ceil(seconds))));
            send(std::move(response));
          },
          [this](const caf::error& why) { store_failed(why); });
}

void rest_call_state::register_by_form(const credentials& who) {
  if (!who.token.empty())
    return register_invited(who);
  with_site([this, who](const site_settings& site) {
    make(who, site.open_to_public);
  });
}

/// An invitation makes an account, or sets another password for the one that
/// exists (spec/rest-api.md §4.2).
void rest_call_state::register_invited(const credentials& who) {
  self_
      ->request(node_->reader(std::hash<std::string>{}(who.email)),
                store_deadline, find_account{who.email})
      .then(
          [this, who](const found_account& found) {
            const auto verdict =
                check_invitation({who.email, who.exp, who.token}, found.account,
                                 node_->key, node_->wall_clock());
            if (verdict != invitation_verdict::good)
              return refuse(401, "Invalid token. You have to ask your Convoy"
                                 " admin for a new link.");
            if (found.account)
              recover(*found.account, who.password);
            else
              make(who, true);
          },
          [this](const caf::error& why) { store_failed(why); });
}

void rest_call_state::make(const credentials& who, bool allowed) {
  self_->request(node_->hasher, store_deadline, hash_request{who.password})
      .then(
          [this, who, allowed, waits = wait_for_hash(*node_)](
              const std::string& hash) { make_with_hash(who, allowed, hash); },
          [this](const caf::error& why) { store_failed(why); });
}

void rest_call_state::make_with_hash(const credentials& who, bool allowed,
                                     const std::string& hash) {
  protocol::account fresh;
  fresh.email = who.email;
  fresh.password_hash = hash;
  fresh.remote_address = request_.remote_address;
  fresh.stream = random_stream_id();
  fresh.registered = node_->wall_clock();
  self_
      ->request(node_->archive, store_deadline,
                make_account{std::move(fresh), allowed})
      .then(
          [this](const account_made& made) {
            switch (made.verdict) {
            case store::create_verdict::email_taken:
              return refuse(401, "Email is taken.", "/body/email");
            case store::create_verdict::not_open:
              return refuse(401, "Convoy registration is not open to public.");
            case store::create_verdict::created:
              net::log::info("user-registered",
                             {{"user", to_string(made.account.id)}});
              return log_in_as(made.account.id, true);
            }
          },
          [this](const caf::error& why) { store_failed(why); });
}

/// Whoever had the account until now, by a login or an API token, is out.
void rest_call_state::recover(const protocol::account& who,
                              const std::string& password) {
  const auto fail = [this](const caf::error& why) {
    store_failed(why);
  };
  self_->request(node_->hasher, store_deadline, hash_request{password})
      .then(
          [this, id = who.id, fail,
           waits = wait_for_hash(*node_)](const std::string& hash) {
            ask_store(
                self_, node_->archive,
                [id, hash, now = node_->wall_clock()](store::database& db) {
                  db.set_password(id, hash);
                  return end_logins(db, id, ended_logins::all, {}, now);
                },
                [this, id](std::vector<std::string> ended) {
                  close_sockets(id, std::move(ended),
                                [this, id] { log_in_as(id, false); });
                },
                fail);
          },
          fail);
}

// -- log in and out -----------------------------------------------------------

void rest_call_state::log_in() {
  auto form = body();
  credentials who;
  who.email = normal_email(form.required_string("email"));
  who.password = form.required_string("password");
  at_door([this, who] { check_login(who.email, who.password); });
}

void rest_call_state::check_login(const std::string& email,
                                  const std::string& password) {
  const auto fail = [this](const caf::error& why) {
    store_failed(why);
  };
  self_
      ->request(node_->reader(std::hash<std::string>{}(email)), store_deadline,
                find_account{email})
      .then(
          [this, password, fail](const found_account& found) {
            const auto usable = found.account && !found.account->disabled;
            // An unknown email takes as long as a wrong password.
            const auto hash =
                usable ? found.account->password_hash : node_->decoy_hash;
            const auto id = usable ? found.account->id : protocol::user_id{};
            self_
                ->request(node_->hasher, store_deadline,
                          verify_request{hash, password})
                .then(
                    [this, usable, id,
                     waits = wait_for_hash(*node_)](bool fits) {
                      if (usable && fits)
                        log_in_as(id, false);
                      else
                        refuse(400, "Invalid email or password.");
                    },
                    fail);
          },
          fail);
}

/// Opens a session, starts the user and answers with who they are.
void rest_call_state::log_in_as(protocol::user_id id, bool is_new) {
  const auto token = random_token();
  const auto now = node_->wall_clock();
  store::session_record session{hash_token(token),
                                id,
                                now,
                                now + node_->config.session_lifetime,
                                request_.remote_address,
                                request_.user_agent,
                                now};
  self_->request(node_->archive, store_deadline, open_session{session})
      .then([this, id, token, is_new](bool) { greet(id, token, is_new); },
            [this](const caf::error& why) { store_failed(why); });
}

/// Who is new gets the default connection.
void rest_call_state::greet(protocol::user_id id, const std::string& token,
                            bool is_new) {
  const auto fail = [this](const caf::error& why) {
    store_failed(why);
  };
  const auto connect = [this, token, fail](const site_settings& site) {
    if (site.default_connection.empty())
      return show_me(token);
    self_
        ->request(user_, store_deadline,
                  create_connection{site.default_connection, "", {}, true})
        .then([this, token](const rest_result&) { show_me(token); }, fail);
  };
  self_->request(node_->directory, store_deadline, find_user{id})
      .then(
          [this, token, is_new, connect](const caf::actor& user) {
            user_ = user;
            if (!user_)
              refuse(400, "Invalid email or password.");
            else if (is_new)
              with_site(connect);
            else
              show_me(token);
          },
          fail);
}

void rest_call_state::show_me(const std::string& token) {
  self_->request(user_, store_deadline, read_user{true, true, csrf_of(token)})
      .then(
          [this, token](const rest_result& user) {
            protocol::http_response response{200, user.json};
            response.headers.emplace_back(
                "Set-Cookie",
                session_cookie(token, node_->config.session_lifetime));
            send(std::move(response));
          },
          [this](const caf::error& why) { store_failed(why); });
}

bool rest_call_state::has_csrf() const {
  const auto csrf = request_.param("csrf");
  return csrf
         && (knows_page_secret(*csrf)
             || (!request_.session.empty()
                 && equal_secret(csrf_of(request_.session), *csrf)));
}

void rest_call_state::log_out() {
  if (!has_csrf())
    return refuse(403, "Invalid csrf token", "/csrf");
  const auto hash = hash_token(request_.session);
  const auto fail = [this](const caf::error& why) {
    store_failed(why);
  };
  const auto leave = [this, hash](protocol::user_id id) {
    close_sockets(id, {hash}, [this] {
      redirect(base_path(node_->config, request_) + "/login");
    });
  };
  const auto close = [this, hash, leave, fail](const found_session& found) {
    if (!found.session)
      return redirect(base_path(node_->config, request_) + "/login");
    self_->request(node_->archive, store_deadline, close_session{hash})
        .then([leave, id = found.session->user](bool) { leave(id); }, fail);
  };
  self_
      ->request(node_->reader(std::hash<std::string>{}(hash)), store_deadline,
                find_session{hash, node_->wall_clock()})
      .then(close, fail);
}

// -- about oneself, and inviting others ---------------------------------------

void rest_call_state::read_account() {
  ask_user(read_user{flag("connections"), flag("conversations"),
                     token_ ? "" : csrf_of(request_.session)});
}

void rest_call_state::invite() {
  const auto email = normal_email(segment("email"));
  const auto fail = [this](const caf::error& why) {
    store_failed(why);
  };
  const auto exp =
      epoch_seconds(node_->wall_clock() + node_->config.invite_lifetime);
  const auto& reader = node_->reader(number(session_->user));
  const auto sign = [this, email, exp](const found_account& found) {
    // It would make a login of an admin out of a token.
    if (token_ && found.account && has_admin(found.account->roles))
      return refuse(403, "An API token cannot do this: log in.");
    const auto hash =
        found.account ? found.account->password_hash : std::string{};
    protocol::json_writer out;
    out.begin_object()
        .field("url", link_base(node_->config, request_)
                          + "/register?email=" + protocol::percent_encode(email)
                          + "&exp=" + std::to_string(exp) + "&token="
                          + sign_invite(node_->key, email, exp, hash))
        .field("existing", found.account.has_value())
        .field("expires",
               protocol::to_iso(protocol::timestamp{std::chrono::seconds{exp}}))
        .end_object();
    answer(200, out.take());
  };
  as_admin("Only admins can invite users.", [this, email, reader, sign, fail] {
    self_->request(reader, store_deadline, find_account{email})
        .then(sign, fail);
  });
}

} // namespace convoy::actors
