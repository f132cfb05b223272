// SPDX-License-Identifier: Apache-2.0
#include "actors/session.hpp"

#include "actors/ask_store.hpp"
#include "actors/patience.hpp"
#include "actors/strays.hpp"
#include "net/log.hpp"

#include <algorithm>

namespace convoy::actors {

namespace {

/// A user that cannot be reached does not keep a socket waiting for ever.
constexpr std::chrono::seconds attach_deadline{30};

/// Who has a login is looked at anew after so long at the latest.
constexpr std::chrono::minutes between_looks{5};
constexpr std::chrono::seconds after_failure{10};

/// When a token ends that does not.
constexpr protocol::timestamp never{};

/// When a login ends, or nothing when it has.
std::optional<protocol::timestamp> login_end(store::database& db,
                                             const std::string& token_hash,
                                             bool is_api_token,
                                             protocol::timestamp now) {
  if (!is_api_token) {
    const auto found = db.find_session(token_hash, now);
    return found ? std::optional{found->expires} : std::nullopt;
  }
  const auto found = db.find_token(token_hash, now);
  return found ? std::optional{found->expires} : std::nullopt;
}

/// Close code (RFC 6455 §7.4.1).
constexpr std::uint16_t policy_violation = 1008;

} // namespace

session_state::~session_state() {
  if (link_)
    link_->close(service_restart, "The session has ended.");
  if (user_)
    net::log::debug("session-closed", {{"user", to_string(user_id_)},
                                       {"trace_id", how_.trace_id}});
}

caf::behavior session_state::start(node_ptr home,
                                   std::shared_ptr<net::websocket_link> link,
                                   session_start how) {
  node_ = std::move(home);
  link_ = std::move(link);
  how_ = std::move(how);
  counted_ = net::presence{node_->meters->sessions};
  self_->set_down_handler([this](const caf::down_msg&) {
    close(service_restart, "The user's actor has ended: connect again.");
  });
  if (how_.token.empty()) {
    send(protocol::encode_handshake_error());
    close(policy_violation, "Need to log in first.");
    return draining();
  }
  attach_now();
  return greeting();
}

// -- life cycle ---------------------------------------------------------------

caf::behavior session_state::greeting() {
  // Requests stay in the mailbox, which the socket bounds.
  self_->set_default_handler(caf::skip);
  return {
      [this](const go_away& why) { close(why.code, why.reason); },
      [this](const socket_closed&) { self_->quit(); },
  };
}

caf::behavior session_state::attached_to_user() {
  survive_strays(self_);
  return {
      [this](const socket_requests& batch) { on_requests(batch); },
      [this](const deliver& batch) { on_deliver(batch); },
      [this](const answer& reply) { on_answer(reply); },
      [this](const tick&) { on_tick(); },
      [this](const login_ends& told) { on_login_ends(told); },
      [this](const go_away& why) { close(why.code, why.reason); },
      [this](const socket_closed&) { self_->quit(); },
  };
}

caf::behavior session_state::draining() {
  self_->set_default_handler(caf::drop);
  return {
      [this](const socket_closed&) { self_->quit(); },
  };
}

void session_state::attach_now() {
  const attach wish{hash_token(how_.token),
                    how_.remote_address,
                    how_.format,
                    caf::actor_cast<caf::actor>(self_),
                    how_.base_url,
                    how_.is_api_token};
  self_->request(node_->directory, attach_deadline, wish)
      .then([this](const attached& to) { on_attached(to); },
            [this](const caf::error&) { close_without_store(); });
}

void session_state::close_without_store() {
  if (!is_closed_)
    close(service_restart, "The store does not answer: connect again.");
}

void session_state::on_attached(const attached& to) {
  if (is_closed_)
    return;
  if (!to.refusal.empty()) {
    if (to.needs_login)
      send(protocol::encode_handshake_error());
    return close(to.needs_login ? policy_violation : service_restart,
                 to.refusal);
  }
  user_ = to.user;
  user_id_ = to.id;
  may_send_ = to.may_send;
  seq_ = to.seq;
  self_->monitor(user_);
  net::log::debug("session-opened", {{"user", to_string(user_id_)},
                                     {"peer", how_.remote_address},
                                     {"trace_id", how_.trace_id}});
  if (how_.resume)
    come_back(to);
  else
    self_->become(attached_to_user());
}

void session_state::close(std::uint16_t code, const std::string& reason) {
  is_closed_ = true;
  link_->close(code, reason);
  self_->become(draining());
}

// -- from the socket ----------------------------------------------------------

void session_state::on_requests(const socket_requests& batch) {
  const auto now = node_->wall_clock();
  const auto waited = early_.size();
  std::vector<net::payload> replies;
  const auto reply = [&](std::string frame) {
    replies.push_back(std::make_shared<const std::string>(std::move(frame)));
  };
  for (const auto& request : batch.requests) {
    switch (request.what) {
    case protocol::method::ping:
      reply(encode_pong(request, now));
      break;
    case protocol::method::debug:
      reply(encode_debug(request, now));
      break;
    case protocol::method::malformed:
      reply(encode_error(request, request.problem, request.problem_path, now));
      break;
    case protocol::method::unknown:
      reply(encode_error(request, "Invalid method.", "/method", now));
      break;
    default:
      // Answers keep the order of what was asked.
      if (!replies.empty())
        link_->send(std::exchange(replies, {}));
      if (backlog_)
        early_.push_back(request);
      else
        forward(request);
      break;
    }
  }
  if (!replies.empty())
    link_->send(replies);
  // The socket bounds those that wait.
  link_->handled(batch.requests.size() - (early_.size() - waited));
}

void session_state::forward(const protocol::request& request) {
  if (!request.problem.empty())
    return refuse(request, request.problem, request.problem_path);
  if (request.what == protocol::method::send && !may_send_)
    return refuse(request, "This token may not send.");
  if (open_.size() >= node_->config.max_open_requests)
    return refuse(request, "Too many open requests.", {}, "again");
  const auto now = self_->clock().now();
  // For when an answer got lost.
  const auto patience = longest_command(node_->config) + session_grace;
  if (!std::exchange(tick_waits_, true))
    self_->delayed_send(self_, patience, tick{});
  const auto ticket = ++last_ticket_;
  open_.emplace(ticket, open_request{request, now + patience});
  self_->send(user_, ask{ticket, caf::actor_cast<caf::actor>(self_), request});
}

// -- from the user ------------------------------------------------------------

void session_state::on_deliver(const deliver& batch) {
  if (batch.first == 0) {
    link_->send(*batch.frames);
    return;
  }
  // The journal had it already.
  if (batch.last <= seq_)
    return;
  if (batch.first > seq_ + 1) {
    net::log::error("stream-hole", {{"user", to_string(user_id_)},
                                    {"expected", std::to_string(seq_ + 1)},
                                    {"got", std::to_string(batch.first)},
                                    {"trace_id", how_.trace_id}});
    node_->meters->holes.add();
    return close(service_restart, "Events were lost: connect again.");
  }
  const auto frames = std::span{*batch.frames};
  link_->send(frames.subspan(seq_ + 1 - batch.first));
  seq_ = batch.last;
}

void session_state::on_answer(const answer& reply) {
  if (open_.erase(reply.ticket) == 0)
    return;
  const net::payload frame = reply.frame;
  link_->send({&frame, 1});
}

void session_state::on_tick() {
  const auto now = self_->clock().now();
  while (!open_.empty() && open_.begin()->second.deadline <= now) {
    const auto lost = std::move(open_.begin()->second);
    open_.erase(open_.begin());
    refuse(lost.request, "Promise timeout");
  }
  tick_waits_ = !open_.empty();
  if (tick_waits_)
    self_->delayed_send(self_, open_.begin()->second.deadline - now, tick{});
}

/// A session that has ended does not have to wait for all of that time.
void session_state::on_login_ends(const login_ends& told) {
  const auto left = told.when - node_->wall_clock();
  if (left > left.zero())
    self_->delayed_send(self_, std::min<decltype(left)>(left, between_looks),
                        told);
  else
    look_at_login();
}

/// It may have been extended since we heard of it.
void session_state::look_at_login() {
  const auto hash = hash_token(how_.token);
  ask_store(
      self_, node_->reader(std::hash<std::string>{}(hash)),
      [hash, is_api_token = how_.is_api_token,
       now = node_->wall_clock()](store::database& db) {
        return login_end(db, hash, is_api_token, now);
      },
      [this](std::optional<protocol::timestamp> end) {
        if (is_closed_)
          return;
        if (!end)
          close(policy_violation, "Need to log in first.");
        else if (*end != never)
          on_login_ends({*end});
      },
      [this](const caf::error&) {
        self_->delayed_send(self_, after_failure, login_ends{});
      });
}

// -- to the socket ------------------------------------------------------------

void session_state::send(std::string frame) {
  const net::payload shared =
      std::make_shared<const std::string>(std::move(frame));
  link_->send({&shared, 1});
}

void session_state::refuse(const protocol::request& request,
                           std::string_view message, std::string_view path,
                           std::string_view code) {
  send(encode_error(request, message, path, node_->wall_clock(), code));
}

caf::behavior session(caf::stateful_actor<session_state>* self, node_ptr home,
                      std::shared_ptr<net::websocket_link> link,
                      session_start how) {
  return self->state.start(std::move(home), std::move(link), std::move(how));
}

} // namespace convoy::actors
