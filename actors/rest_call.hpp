// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/messages.hpp"
#include "actors/node.hpp"
#include "actors/page.hpp"
#include "protocol/api_description.hpp"
#include "protocol/http.hpp"
#include "protocol/json_object.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoy::actors {

class rest_call_state;

/// What runs an operation of the API.
using rest_run = void (rest_call_state::*)();

/// Where a request goes.
struct rest_route {
  /// Null for what is not described, which takes no parameters.
  const protocol::api_operation* operation = nullptr;
  rest_run run = nullptr; ///< null when there is nothing
  /// Of a path that has other methods only: these, for `Allow`.
  std::string allowed;
};

rest_route find_route(std::string_view method,
                      const std::vector<std::string>& path);

/// The operations of the API that this program runs.
std::vector<std::string_view> handled_operations();

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

  // rest_routes.cpp
  void describe();
  void describe_events();

  // rest_account.cpp
  void register_user();
  void log_in();
  void log_out();
  void read_account();
  void invite();

  // rest_users.cpp
  void users();
  void update_user();
  void delete_user();

  // rest_sessions.cpp
  void list_sessions();
  void end_session();
  void end_other_sessions();

  // rest_tokens.cpp
  void list_tokens();
  void create_token();
  void remove_token();

  // rest_settings.cpp
  void read_settings();
  void change_settings();
  void check_for_updates();

  // rest_health.cpp
  void read_health();

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
  void list_files();
  void delete_files();

  // rest_upload.cpp
  void upload_file();

  // rest_web.cpp
  void read_dictionary();
  void embed();
  void read_site_info();

  // rest_pages.cpp
  void show_page();

  // rest_history.cpp
  void connection_messages();
  void conversation_messages();

  // rest_search.cpp
  void search_messages();

  // rest_notifications.cpp
  void notifications();
  void read_notifications();

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
  void with_login(const std::string& token);
  void with_token(const std::string& token);
  void with_user();
  void renew_session();
  void run();

  // -- answering --------------------------------------------------------------

  void answer(unsigned status, std::string json);
  void redirect(std::string where);
  void refuse(unsigned status, std::string_view message,
              std::string_view path = "/");
  void refuse_all(const std::vector<protocol::json_problem>& problems);
  void send(protocol::http_response response);
  /// With the headers that each answer has.
  protocol::http_response dressed(protocol::http_response response) const;
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
  /// Goes on with who asks, and whether they are an admin and ask as one: an
  /// API token must be good for it.
  void
  with_me(std::function<void(const protocol::account&, bool is_admin)> next);
  void with_rank(std::function<void(bool is_admin)> next);
  /// Goes on for an admin; anybody else is refused.
  void as_admin(std::string_view refusal, std::function<void()> next);
  void with_profiles(
      std::function<void(const profile_map&, const site_settings&)> next);
  protocol::json_object body();
  void messages(std::string connection_id, std::string conversation_id);

  // rest_account.cpp
  /// Goes on when the address has not tried too often.
  void at_door(std::function<void()> next);
  void register_by_form(const credentials& who);
  void register_invited(const credentials& who);
  void make(const credentials& who, bool allowed);
  void make_with_hash(const credentials& who, bool allowed,
                      const std::string& hash);
  void recover(const protocol::account& who, const std::string& password);
  void check_login(const std::string& email, const std::string& password);
  void log_in_as(protocol::user_id id, bool is_new);
  void greet(protocol::user_id id, const std::string& token, bool is_new);
  void show_me(const std::string& token);
  bool has_csrf() const;
  /// A cookie of ours (`Set-Cookie`), which scripts do not see.
  std::string cookie_of(std::string_view key, std::string_view value,
                        std::chrono::seconds age) const;
  std::string session_cookie(std::string_view token,
                             std::chrono::seconds age) const;

  // rest_users.cpp
  struct user_change;
  /// Goes on with the person of the path, for whoever may change them.
  void
  with_target(std::string_view refusal,
              std::function<void(const std::optional<protocol::account>& who,
                                 bool is_admin)>
                  next);
  void change_with_password(const protocol::account& who, user_change what,
                            const std::string& password);
  void store_change(const protocol::account& who, const user_change& what);
  void tell_change(const protocol::account& who);
  void delete_rows(protocol::user_id id);

  // rest_sessions.cpp
  /// Ends the sessions of a person that `which` wants ended, and goes on with
  /// how many these were.
  void end_sessions(protocol::user_id id,
                    std::function<bool(const store::session_record&)> which,
                    std::function<void(std::size_t)> next);
  void close_sockets(protocol::user_id id, std::vector<std::string> tokens,
                     std::function<void()> next);

  // rest_settings.cpp
  void with_site(std::function<void(const site_settings&)> next);
  void show_settings(const site_settings& site);

  // rest_files.cpp, rest_upload.cpp
  struct upload;
  void sweep_files(std::function<void()> next);
  void begin_upload(std::shared_ptr<upload> what);
  void write_part(std::shared_ptr<upload> what);
  void give_up(std::shared_ptr<upload> what, const caf::error& why);
  void show_upload(const store::file_record& file);

  // rest_search.cpp
  struct search;
  void search_on(std::shared_ptr<search> what);

  // rest_connection.cpp
  void mark(const std::string& conversation_id);

  // rest_pages.cpp
  /// Whether `csrf` comes from a page that was shown to this browser.
  bool knows_page_secret(std::string_view csrf) const;
  void go_to_place();
  void show_page_itself();
  void render(page what);

  caf::stateful_actor<rest_call_state>* self_;
  node_ptr node_;
  protocol::http_request request_;
  reply_function reply_;
  rest_route route_;
  std::vector<std::string> segments_; ///< of the path, as its operation has it
  std::optional<store::session_record> session_;
  std::optional<store::api_token> token_; ///< in place of a login
  bool renews_cookie_ = false;
  caf::actor user_;
};

caf::behavior rest_call(caf::stateful_actor<rest_call_state>* self,
                        node_ptr home, protocol::http_request request,
                        rest_call_state::reply_function reply);

} // namespace convoy::actors
