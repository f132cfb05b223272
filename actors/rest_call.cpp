// SPDX-License-Identifier: Apache-2.0
#include "actors/rest_call.hpp"

#include "net/log.hpp"
#include "protocol/rest_json.hpp"

#include <algorithm>

namespace convoy::actors {

namespace {

/// Whether a request's path is the one of a route.
bool fits(std::string_view route, const std::vector<std::string>& path) {
  std::size_t n = 0;
  while (!route.empty()) {
    const auto end = std::min(route.find('/'), route.size());
    const auto part = route.substr(0, end);
    if (n >= path.size() || (part.front() != '{' && part != path[n]))
      return false;
    ++n;
    route.remove_prefix(std::min(end + 1, route.size()));
  }
  return n == path.size();
}

} // namespace

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
  const auto method = request_.method == "HEAD" ? "GET" : request_.method;
  std::string allowed;
  for (const auto& route : rest_routes()) {
    if (!fits(route.path, request_.path))
      continue;
    if (route.method == method) {
      route_ = &route;
      break;
    }
    allowed += (allowed.empty() ? "" : ", ") + std::string{route.method};
  }
  if (!route_ && !allowed.empty()) {
    auto response = protocol::http_response{
        405, protocol::encode_errors({{"Method not allowed.", "/"}})};
    response.headers.emplace_back("Allow", allowed);
    return send(std::move(response));
  }
  if (!route_)
    return refuse(404, "Not found.");
  if (!request_.body.empty() && request_.content_type != "application/json")
    return refuse(415, "Expected application/json.", "/body");
  if (route_->needs_user)
    return with_session();
  (this->*route_->run)();
}

void rest_call_state::with_session() {
  if (request_.session.empty())
    return refuse(401, "Need to log in first.");
  const auto hash = hash_token(request_.session);
  const auto& reader = node_->reader(std::hash<std::string>{}(hash));
  const auto fail = [this](const caf::error& why) {
    store_failed(why);
  };
  self_
      ->request(reader, store_deadline, find_session{hash, node_->wall_clock()})
      .then(
          [this, fail](const found_session& found) {
            session_ = found.session;
            if (!session_)
              return refuse(401, "Need to log in first.");
            renew_session();
            self_
                ->request(node_->directory, store_deadline,
                          find_user{session_->user})
                .then(
                    [this](const caf::actor& user) {
                      user_ = user;
                      (this->*route_->run)();
                    },
                    fail);
          },
          fail);
}

/// A session that is used lives on: when half of its life is over it gets a
/// whole one, and so does the cookie.
void rest_call_state::renew_session() {
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
  std::exchange(reply_, nullptr)(std::move(response));
  self_->quit();
}

void rest_call_state::answer(unsigned status, std::string json) {
  send({status, std::move(json)});
}

void rest_call_state::redirect(std::string where) {
  protocol::http_response response{302, ""};
  response.headers.emplace_back("Location", std::move(where));
  if (route_)
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
                  {{"operation", std::string{route_->operation_id}},
                   {"reason", self_->system().render(why)}});
  refuse(503, "The store does not answer.");
}

// -- helpers ------------------------------------------------------------------

const std::string& rest_call_state::segment(std::string_view key) const {
  auto rest = route_->path;
  std::size_t n = 0;
  while (rest.substr(0, rest.find('/')) != "{" + std::string{key} + "}") {
    rest.remove_prefix(rest.find('/') + 1);
    ++n;
  }
  return request_.path[n];
}

bool rest_call_state::flag(std::string_view key) const {
  const auto value = request_.param(key);
  return value && !value->empty() && *value != "0" && *value != "false";
}

protocol::json_object rest_call_state::body() {
  return protocol::json_object{request_.body.empty() ? "{}" : request_.body,
                               "/body"};
}

void rest_call_state::with_rank(std::function<void(bool is_admin)> next) {
  self_
      ->request(node_->reader(number(session_->user)), store_deadline,
                actors::read_account{session_->user})
      .then(
          [next = std::move(next)](const found_account& me) {
            next(me.account
                 && std::ranges::count(me.account->roles, "admin") != 0);
          },
          [this](const caf::error& why) { store_failed(why); });
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

std::string rest_call_state::session_cookie(std::string_view token,
                                            std::chrono::seconds age) const {
  auto result = "convos=" + std::string{token}
                + "; Path=/; HttpOnly; SameSite=Lax; Max-Age="
                + std::to_string(age.count());
  if (request_.secure)
    result += "; Secure";
  return result;
}

caf::behavior rest_call(caf::stateful_actor<rest_call_state>* self,
                        node_ptr home, protocol::http_request request,
                        rest_call_state::reply_function reply) {
  self->state.start(std::move(home), std::move(request), std::move(reply));
  // Without a behaviour it lives for as long as it waits for replies.
  return {};
}

} // namespace convoy::actors
