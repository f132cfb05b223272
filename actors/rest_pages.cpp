// SPDX-License-Identifier: Apache-2.0
#include "actors/ask_store.hpp"
#include "actors/credentials.hpp"
#include "actors/invitation.hpp"
#include "actors/link_base.hpp"
#include "actors/page.hpp"
#include "actors/rest_call.hpp"
#include "actors/secrets.hpp"
#include "protocol/page_route.hpp"

// The page of the web root with what the front end reads from it
// (spec/rest-api.md §2).
namespace convoy::actors {

namespace {

/// Proves that a page of ours made the link to log out, also where its reader
/// logged in after it was made.
constexpr const char* csrf_cookie = "convos_csrf";
constexpr std::chrono::seconds csrf_lifetime{30 * 24 * 3600};

/// What the store knows for a page.
struct known {
  bool any_account = false;
  std::optional<protocol::account> invited;
};

void judge(page& what, const invitation& link,
           const std::optional<protocol::account>& account, const node& home) {
  constexpr unsigned gone = 410;
  constexpr unsigned bad_request = 400;
  switch (check_invitation(link, account, home.key, home.wall_clock())) {
  case invitation_verdict::expired:
    what.status = gone;
    break;
  case invitation_verdict::forged:
    what.status = bad_request;
    break;
  case invitation_verdict::good:
    what.existing_user = account.has_value();
  }
}

} // namespace

bool rest_call_state::knows_page_secret(std::string_view csrf) const {
  const auto secret = protocol::cookie(request_.cookies, csrf_cookie);
  return !secret.empty() && equal_secret(csrf_of(secret), csrf);
}

void rest_call_state::show_page() {
  if (!node_->render_page)
    return refuse(404, "Not found.");
  if (request_.path.size() == 1 && request_.path.front() == "register"
      && request_.param("uri") && !request_.session.empty())
    return go_to_place();
  show_page_itself();
}

/// `/register?uri=irc://…` of somebody who is logged in.
void rest_call_state::go_to_place() {
  const auto hash = hash_token(request_.session);
  ask_store(
      self_, node_->reader(std::hash<std::string>{}(hash)),
      [hash, now = node_->wall_clock()](store::database& db) {
        const auto session = db.find_session(hash, now);
        return session ? db.load_user(session->user) : std::nullopt;
      },
      [this](const std::optional<store::user_state>& user) {
        const auto place =
            user ? place_of(*request_.param("uri"), user->connections)
                 : std::nullopt;
        if (!place)
          return show_page_itself();
        protocol::http_response response{302, ""};
        response.headers.emplace_back(
            "Location", base_path(node_->config, request_) + *place);
        send(std::move(response));
      },
      [this](const caf::error& why) { store_failed(why); });
}

void rest_call_state::show_page_itself() {
  const auto param = [this](std::string_view key) {
    return std::string{request_.param(key).value_or("")};
  };
  const invitation link{normal_email(param("email")), param("exp"),
                        param("token")};
  const auto is_invited =
      !link.email.empty() && !link.exp.empty() && !link.token.empty();
  ask_store(
      self_, node_->reader(std::hash<std::string>{}(link.email)),
      [email = link.email, is_invited](store::database& db) {
        return known{db.has_accounts(),
                     is_invited ? db.find_account(email) : std::nullopt};
      },
      [this, link, is_invited](const known& found) {
        page what;
        what.status = protocol::status_of_page(request_.path);
        what.first_user = !found.any_account;
        if (is_invited)
          judge(what, link, found.invited, *node_);
        with_site([this, what](const site_settings& site) mutable {
          what.site = site;
          render(std::move(what));
        });
      },
      [this](const caf::error& why) { store_failed(why); });
}

void rest_call_state::render(page what) {
  std::string secret{protocol::cookie(request_.cookies, csrf_cookie)};
  const auto is_new = secret.empty();
  if (is_new)
    secret = random_token();
  what.csrf = csrf_of(secret);
  auto html = node_->render_page(page_values(what, *node_, request_));
  if (html.empty())
    return refuse(500, "The page of this site cannot be shown.");
  protocol::http_response response{what.status, std::move(html),
                                   "text/html; charset=utf-8"};
  if (is_new)
    response.headers.emplace_back(
        "Set-Cookie", cookie_of(csrf_cookie, secret, csrf_lifetime));
  send(std::move(response));
}

} // namespace convoy::actors
