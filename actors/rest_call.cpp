// SPDX-License-Identifier: Apache-2.0
#include "actors/rest_call.hpp"

#include "actors/account_rules.hpp"
#include "actors/ask_store.hpp"
#include "actors/last_use.hpp"
#include "actors/link_base.hpp"
#include "net/log.hpp"
#include "protocol/page_route.hpp"
#include "protocol/rest_json.hpp"

#include <algorithm>

namespace convoy::actors {

rest_call_state::~rest_call_state() {
  if (reply_)
    refuse(503, "The node stops.");
}

void rest_call_state::start(node_ptr home, protocol::http_request request,
                            reply_function reply) {
  node_ = std::move(home);
  request_ = std::move(request);
  reply_ = std::move(reply);
  // Every path also works with `.json`, as the Convos 8 front end asks.
  if (!request_.path.empty() && request_.path.back().ends_with(".json")
      && request_.path.front() == "api")
    request_.path.back().resize(request_.path.back().size() - 5);
  // `/api/` is `/api`.
  if (request_.path.size() > 1 && request_.path.back().empty())
    request_.path.pop_back();
  dispatch();
}

// -- finding the way ----------------------------------------------------------

void rest_call_state::dispatch() {
  if (protocol::is_page(request_.path))
    return show_page();
  route_ = find_route(request_.method == "HEAD" ? "GET" : request_.method,
                      request_.path);
  if (!route_.allowed.empty()) {
    auto response = protocol::http_response{
        405, protocol::encode_errors({{"Method not allowed.", "/"}})};
    response.headers.emplace_back("Allow", route_.allowed);
    return send(std::move(response));
  }
  if (!route_.run)
    return refuse(404, "Not found.");
  const auto is_api = request_.path.front() == "api";
  segments_.assign(request_.path.begin() + (is_api ? 1 : 0),
                   request_.path.end());
  using access = protocol::api_operation::access;
  if (route_.operation && route_.operation->needs != access::anybody)
    return with_session();
  run();
}

/// Runs the operation, if the request is as the API says.
void rest_call_state::run() {
  using payload = protocol::api_operation::payload;
  const auto* operation = route_.operation;
  if (operation && operation->body != payload::form && !request_.body.empty()
      && request_.content_type != "application/json")
    return refuse(415, "Expected application/json.", "/body");
  if (operation) {
    const auto problems =
        protocol::the_api().check_request(*operation, request_, segments_);
    if (!problems.empty())
      return refuse_all(problems);
  }
  (this->*route_.run)();
}

void rest_call_state::with_session() {
  using access = protocol::api_operation::access;
  const auto may_be_token = route_.operation->needs == access::session_or_token;
  if (!request_.bearer.empty() && !may_be_token)
    return refuse(403, "An API token cannot do this: log in.");
  if (!request_.bearer.empty())
    return with_token(hash_token(request_.bearer));
  if (request_.session.empty())
    return refuse(401, "Need to log in first.");
  with_login(hash_token(request_.session));
}

void rest_call_state::with_login(const std::string& token) {
  self_
      ->request(node_->reader(std::hash<std::string>{}(token)), store_deadline,
                find_session{token, node_->wall_clock()})
      .then(
          [this](const found_session& found) {
            session_ = found.session;
            if (!session_)
              return refuse(401, "Need to log in first.");
            renew_session();
            with_user();
          },
          [this](const caf::error& why) { store_failed(why); });
}

void rest_call_state::with_token(const std::string& token) {
  ask_store(
      self_, node_->reader(std::hash<std::string>{}(token)),
      [token, now = node_->wall_clock()](store::database& db) {
        return db.find_token(token, now);
      },
      [this](std::optional<store::api_token> found) {
        token_ = std::move(found);
        if (!token_)
          return refuse(401, "Need to log in first.");
        const auto& needed = route_.operation->scope;
        if (std::ranges::count(token_->scopes, needed) == 0)
          return refuse(403, "This token is not good for \"" + needed + "\".");
        session_.emplace();
        session_->user = token_->user;
        note_use(*node_, *token_);
        with_user();
      },
      [this](const caf::error& why) { store_failed(why); });
}

/// Who has been expelled has no actor, and no session in a moment.
void rest_call_state::with_user() {
  self_->request(node_->directory, store_deadline, find_user{session_->user})
      .then(
          [this](const caf::actor& user) {
            user_ = user;
            if (user_)
              run();
            else
              refuse(401, "Need to log in first.");
          },
          [this](const caf::error& why) { store_failed(why); });
}

/// A session that is used lives on: when half of its life is over it gets a
/// whole one, and so does the cookie.
void rest_call_state::renew_session() {
  note_use(*node_, *session_);
  const auto now = node_->wall_clock();
  const auto lifetime = node_->config.session_lifetime;
  if (session_->expires - now > lifetime / 2)
    return;
  renews_cookie_ = true;
  caf::anon_send(node_->archive,
                 extend_session{session_->token_hash, now + lifetime});
}

// -- answering ----------------------------------------------------------------

void rest_call_state::send(protocol::http_response response) {
  if (!reply_)
    return;
  std::exchange(reply_, nullptr)(dressed(std::move(response)));
  self_->quit();
}

protocol::http_response
rest_call_state::dressed(protocol::http_response response) const {
  const auto says = [&](std::string_view header) {
    return std::ranges::count(response.headers, header,
                              &std::pair<std::string, std::string>::first)
           != 0;
  };
  if (!says("Cache-Control"))
    response.headers.emplace_back("Cache-Control", "no-store");
  if (renews_cookie_)
    response.headers.emplace_back(
        "Set-Cookie",
        session_cookie(request_.session, node_->config.session_lifetime));
  if (session_)
    response.person = to_string(session_->user);
  return response;
}

void rest_call_state::answer(unsigned status, std::string json) {
  send({status, std::move(json)});
}

void rest_call_state::redirect(std::string where) {
  protocol::http_response response{302, ""};
  response.headers.emplace_back("Location", std::move(where));
  if (route_.run)
    response.headers.emplace_back("Set-Cookie",
                                  session_cookie("", std::chrono::seconds{0}));
  send(std::move(response));
}

void rest_call_state::refuse(unsigned status, std::string_view message,
                             std::string_view path) {
  answer(status,
         protocol::encode_errors({{std::string{message}, std::string{path}}}));
}

void rest_call_state::refuse_all(
    const std::vector<protocol::json_problem>& problems) {
  answer(400, protocol::encode_errors(problems));
}

void rest_call_state::store_failed(const caf::error& why) {
  net::log::error("rest-call-failed",
                  {{"operation", route_.operation ? route_.operation->id : ""},
                   {"reason", self_->system().render(why)},
                   {"trace_id", request_.trace_id}});
  refuse(503, "The store does not answer.");
}

// -- helpers ------------------------------------------------------------------

const std::string& rest_call_state::segment(std::string_view key) const {
  return protocol::path_value(*route_.operation, segments_, key);
}

bool rest_call_state::flag(std::string_view key) const {
  const auto value = request_.param(key);
  return value && !value->empty() && *value != "0" && *value != "false";
}

protocol::json_object rest_call_state::body() {
  return protocol::json_object{request_.body.empty() ? "{}" : request_.body,
                               "/body"};
}

void rest_call_state::with_me(
    std::function<void(const protocol::account&, bool is_admin)> next) {
  self_
      ->request(node_->reader(number(session_->user)), store_deadline,
                actors::read_account{session_->user})
      .then(
          [this, next = std::move(next)](const found_account& found) {
            if (!found.account)
              return refuse(401, "Need to log in first.");
            const auto& me = *found.account;
            next(me,
                 has_admin(me.roles) && (!token_ || has_admin(token_->scopes)));
          },
          [this](const caf::error& why) { store_failed(why); });
}

void rest_call_state::with_rank(std::function<void(bool is_admin)> next) {
  with_me([next = std::move(next)](const protocol::account&, bool is_admin) {
    next(is_admin);
  });
}

void rest_call_state::as_admin(std::string_view refusal,
                               std::function<void()> next) {
  with_rank([this, text = std::string{refusal},
             next = std::move(next)](bool is_admin) {
    if (is_admin)
      next();
    else
      refuse(403, text);
  });
}

std::string rest_call_state::cookie_of(std::string_view key,
                                       std::string_view value,
                                       std::chrono::seconds age) const {
  const auto path = base_path(node_->config, request_);
  auto result =
      std::string{key} + '=' + std::string{value}
      + "; Path=" + (path.empty() ? "/" : path)
      + "; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(age.count());
  if (request_.secure
      || link_base(node_->config, request_).starts_with("https:"))
    result += "; Secure";
  return result;
}

std::string rest_call_state::session_cookie(std::string_view token,
                                            std::chrono::seconds age) const {
  return cookie_of("convos", token, age);
}

caf::behavior rest_call(caf::stateful_actor<rest_call_state>* self,
                        node_ptr home, protocol::http_request request,
                        rest_call_state::reply_function reply) {
  self->state.start(std::move(home), std::move(request), std::move(reply));
  // Without a behaviour it lives for as long as it waits for replies.
  return {};
}

} // namespace convoy::actors
