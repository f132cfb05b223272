// SPDX-License-Identifier: Apache-2.0
#include "actors/ask_store.hpp"
#include "actors/rest_call.hpp"
#include "protocol/json.hpp"

// The logins of a person, one a device.
namespace convoy::actors {

namespace {

/// Names a session for its owner. What is stored of a token opens nothing, but
/// nobody needs to see it either.
std::string id_of(const store::session_record& session) {
  return hash_token(session.token_hash);
}

} // namespace

void rest_call_state::list_sessions() {
  ask_store(
      self_, node_->reader(number(session_->user)),
      [user = session_->user, now = node_->wall_clock()](store::database& db) {
        return db.sessions_of(user, now);
      },
      [this](const std::vector<store::session_record>& found) {
        protocol::json_writer out;
        out.begin_object().key("sessions").begin_array();
        for (const auto& each : found)
          out.begin_object()
              .field("id", id_of(each))
              .field("created", protocol::to_iso(each.created, false))
              .field("last_seen", protocol::to_iso(each.last_seen, false))
              .field("expires", protocol::to_iso(each.expires, false))
              .field("remote_address", each.remote_address)
              .field("user_agent", each.user_agent)
              .field("current", each.token_hash == session_->token_hash)
              .end_object();
        answer(200, out.end_array().end_object().take());
      },
      [this](const caf::error& why) { store_failed(why); });
}

void rest_call_state::end_session() {
  end_sessions(
      session_->user,
      [id = segment("id")](const store::session_record& each) {
        return id_of(each) == id;
      },
      [this](std::size_t ended) {
        if (ended == 0)
          return refuse(404, "Session not found.");
        answer(200, R"({"message":"Deleted."})");
      });
}

void rest_call_state::end_other_sessions() {
  end_sessions(
      session_->user,
      [mine = session_->token_hash](const store::session_record& each) {
        return each.token_hash != mine;
      },
      [this](std::size_t ended) {
        protocol::json_writer out;
        out.begin_object().field("deleted", std::uint64_t{ended}).end_object();
        answer(200, out.take());
      });
}

void rest_call_state::end_sessions(
    protocol::user_id id,
    std::function<bool(const store::session_record&)> which,
    std::function<void(std::size_t)> next) {
  ask_store(
      self_, node_->archive,
      [id, now = node_->wall_clock(),
       which = std::move(which)](store::database& db) {
        std::vector<std::string> ended;
        for (const auto& each : db.sessions_of(id, now))
          if (which(each)) {
            db.delete_session(each.token_hash);
            ended.push_back(each.token_hash);
          }
        return ended;
      },
      [this, id, next = std::move(next)](std::vector<std::string> ended) {
        const auto count = ended.size();
        close_sockets(id, std::move(ended), [next, count] { next(count); });
      },
      [this](const caf::error& why) { store_failed(why); });
}

void rest_call_state::close_sockets(protocol::user_id id,
                                    std::vector<std::string> tokens,
                                    std::function<void()> next) {
  if (tokens.empty())
    return next();
  self_->request(node_->directory, store_deadline, find_user{id})
      .then(
          [this, id, tokens = std::move(tokens),
           next = std::move(next)](const caf::actor& user) {
            for (const auto& each : tokens) {
              if (user)
                self_->send(user, revoke{each, id});
              if (node_->post_office)
                self_->send(node_->post_office, revoke{each, id});
            }
            next();
          },
          [this](const caf::error& why) { store_failed(why); });
}

} // namespace convoy::actors
