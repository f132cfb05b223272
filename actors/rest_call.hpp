// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/messages.hpp"
#include "actors/node.hpp"
#include "protocol/http.hpp"
#include "protocol/json_object.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoy::actors {

class rest_call_state;

/// One operation of the REST API (spec/rest-api.md §6).
struct rest_route {
  std::string_view method;
  /// Below `/`: `api/connection/{connection_id}/read`.
  std::string_view path;
  std::string_view operation_id;
  bool needs_user = true;
  /// Names of the query parameters and body members it reads; body members
  /// that must be there end in `!`.
  std::vector<std::string_view> query;
  std::vector<std::string_view> body;
  void (rest_call_state::*run)();
};

/// All operations; the machine-readable description is made from it too.
const std::vector<rest_route>& rest_routes();

/// One REST request (an actor for as long as it takes): finds its route and its
/// user, asks whom it must, and answers exactly once.
class rest_call_state {
public:
  static inline const char* name = "rest_call";

  using reply_function = std::function<void(protocol::http_response)>;

  rest_call_state(caf::stateful_actor<rest_call_state>* self) : self_(self) {
    // nop
  }
  /// A call that ends without an answer still gives one.
  ~rest_call_state();

  void start(node_ptr home, protocol::http_request request,
             reply_function reply);

  // -- operations -------------------------------------------------------------

  void describe(); // rest_routes.cpp

  // rest_account.cpp
  void register_user();
  void log_in();
  void log_out();
  void read_account();
  void invite();

  // rest_connection.cpp
  void connections();
  void conversations();
  void create();
  void update();
  void remove();
  void read_connection();
  void read_conversation();

  // rest_profiles.cpp
  void connection_profiles();
  void save_connection_profile();
  void remove_connection_profile();

  // rest_files.cpp
  void read_stored_file();

  // rest_history.cpp
  void connection_messages();
  void conversation_messages();

private:
  /// What a person registers or logs in with.
  struct credentials {
    std::string email; ///< trimmed and lower-cased
    std::string password;
    std::string token; ///< of an invitation, or ""
    std::string exp;
  };

  // -- finding the way --------------------------------------------------------

  void dispatch();
  void with_session();
  void renew_session();

  // -- answering --------------------------------------------------------------

  void answer(unsigned status, std::string json);
  void redirect(std::string where);
  void refuse(unsigned status, std::string_view message,
              std::string_view path = "/");
  void refuse_all(const std::vector<protocol::json_problem>& problems);
  void send(protocol::http_response response);
  void store_failed(const caf::error& why);
  /// Passes a question on to the user's actor and its JSON back.
  template <class Message>
  void ask_user(Message what) {
    self_->request(user_, store_deadline, std::move(what))
        .then(
            [this](const rest_result& result) {
              if (result.problem)
                refuse(result.problem->status, result.problem->message,
                       result.problem->path);
              else
                answer(200, result.json);
            },
            [this](const caf::error& why) { store_failed(why); });
  }

  // -- helpers ----------------------------------------------------------------

  /// A path segment by its name in the route.
  const std::string& segment(std::string_view key) const;
  bool flag(std::string_view key) const;
  /// Goes on with whether the person is an admin.
  void with_rank(std::function<void(bool is_admin)> next);
  /// Goes on for an admin; anybody else is refused.
  void as_admin(std::string_view refusal, std::function<void()> next);
  void with_profiles(std::function<void(const profile_map&)> next);
  protocol::json_object body();
  void messages(std::string connection_id, std::string conversation_id);
  void register_invited(const credentials& who);
  void make(const credentials& who, bool allowed);
  void make_with_hash(const credentials& who, bool allowed,
                      const std::string& hash);
  void recover(const protocol::account& who, const std::string& password);
  void log_in_as(protocol::user_id id, bool is_new);
  bool has_csrf() const;
  std::string session_cookie(std::string_view token,
                             std::chrono::seconds age) const;

  caf::stateful_actor<rest_call_state>* self_;
  node_ptr node_;
  protocol::http_request request_;
  reply_function reply_;
  const rest_route* route_ = nullptr;
  std::optional<store::session_record> session_;
  bool renews_cookie_ = false;
  caf::actor user_;
};

caf::behavior rest_call(caf::stateful_actor<rest_call_state>* self,
                        node_ptr home, protocol::http_request request,
                        rest_call_state::reply_function reply);

} // namespace convoy::actors
