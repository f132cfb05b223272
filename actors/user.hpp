// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/idle_watch.hpp"
#include "actors/messages.hpp"
#include "actors/node.hpp"
#include "net/metrics.hpp"
#include "protocol/json_object.hpp"
#include "protocol/user_view.hpp"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace convoy::actors {

/// One person (design §2): numbers the events of all their connections, has
/// them committed, and only then fans them out (P1, P2). Life: `loading` until
/// the store has told who it is, `active`, `leaving` until IRC is left and the
/// last event is committed; or `dropping`, until IRC is left at once.
class user_state {
public:
  static inline const char* name = "user";

  user_state(caf::stateful_actor<user_state>* self) : self_(self) {
    // nop
  }

  caf::behavior start(node_ptr home, protocol::user_id id);

private:
  using id_set = std::set<std::string, std::less<>>;

  struct subscriber {
    caf::actor session;
    protocol::ts_format format;
    std::string token_hash; ///< of the login it came with
  };

  /// One answer that may only go out after the events before it.
  struct waiting_answer {
    caf::actor session;
    answer reply;
  };

  /// What goes out once `batch` is committed.
  struct outgoing {
    std::uint64_t mark = 0; ///< of its `append`; ascending
    std::shared_ptr<const store::journal_batch> batch;
    caf::actor source; ///< the connection whose events these are
    std::vector<waiting_answer> answers;
    bool committed = false;
    protocol::instant received{}; ///< from IRC; the epoch: from elsewhere
    net::presence counted;
    net::presence counted_events;
  };

  struct open_command {
    caf::actor session;
    protocol::ticket ticket;
    protocol::request request;
    std::string connection_id;
    protocol::timestamp begun{}; ///< its nonce, when it has one
  };

  /// A `send` that may not be passed on yet.
  struct prepared_send {
    /// `looking` whether its nonce is known, `beginning` until the store has
    /// that it is from now on, `ready` when only those before it are not.
    enum class step { looking, beginning, ready };
    ask what;
    step now = step::looking;
  };

  /// A nonce whose `send` is under way, until its answer is committed.
  struct open_nonce {
    protocol::timestamp begun{};
    std::vector<ask> repeats; ///< get the same answer
    bool is_withdrawn = false;
  };

  /// The store counts what is not read of a conversation; what comes meanwhile
  /// is counted here.
  struct recount {
    std::string connection_id;
    std::string conversation_id;
    std::uint32_t unread = 0;
    std::uint32_t notifications = 0;
    /// A newer read marker of the server's, which has to wait.
    std::optional<protocol::timestamp> next{};
  };

  // -- life cycle -------------------------------------------------------------

  caf::behavior loading();
  caf::behavior active();
  caf::behavior leaving();
  caf::behavior dropping();
  void load();
  void on_loaded(const found_user& found);
  void on_profiles(const all_profiles& now);
  void on_stop(const go_away& why);
  void drop_everything();
  void end_if_done();
  bool is_used() const;
  void spawn_connection(const std::string& id);
  void on_respawn(const respawn& what);
  void on_down(const caf::down_msg& down);
  void fail_commands(const std::string& connection_id);

  // -- sessions ---------------------------------------------------------------

  attached on_attach(const attach& wish);
  void tell_of_sessions();
  void on_revoke(const revoke& what);
  bool is_revoked(const std::string& token_hash);
  void on_ask(const ask& what);
  void on_load(const ask& what);
  void on_send(const ask& what);
  void pass_on(const ask& what, protocol::timestamp begun);
  bool has_actor(const protocol::request& request) const;
  static protocol::json_problem no_connection();
  answer error_to(const ask& what, const protocol::json_problem& why) const;
  void refuse(const ask& what, const protocol::json_problem& why);
  void refuse_for_now(const ask& what, protocol::json_problem why);
  void answer_later(const caf::actor& session, answer reply);

  // -- nonces (user_nonces.cpp) -----------------------------------------------

  void prepare(const ask& what);
  void look_up(const std::string& nonce);
  void on_looked_up(const std::string& nonce,
                    const std::optional<store::nonce_record>& found);
  void begin(prepared_send& next);
  void on_nonce(const store::nonce_record& stored);
  void on_nonce_taken(outgoing& refused);
  void lose_nonce(const std::string& nonce);
  void pass_on_prepared();
  void drop_prepared(std::deque<prepared_send>::iterator which,
                     const protocol::json_problem& why);
  void drop_all_prepared(const protocol::json_problem& why);
  void withdraw(const ask& what, const protocol::json_problem& why);
  void answer_again(const ask& what, const store::nonce_record& stored);
  std::deque<prepared_send>::iterator find_prepared(const std::string& nonce);

  // -- when the store fails (user_outage.cpp) ---------------------------------

  static protocol::json_problem store_failed();
  bool store_fails() const;
  void on_store(const store_is& now);
  void look_at_store();
  void tell_store(const caf::actor& session, protocol::ts_format format) const;

  // -- the stream (user_stream.cpp) -------------------------------------------

  void on_output(connection_output output);
  std::vector<waiting_answer>
  take_answers(const std::vector<protocol::irc_answer>& answers,
               store::journal_batch& batch);
  void settle(const std::vector<protocol::irc_answer>& answers);
  static protocol::conversation&
  conversation_of(protocol::connection_view& view, std::string_view id,
                  std::string_view name);
  void apply(protocol::connection_view& view, protocol::event& what,
             const std::string& nick, id_set& changed);
  static void rename(protocol::connection_view& view,
                     const protocol::event& what);
  std::vector<execute::counters>
  take_recounted(const std::string& connection_id);
  void count(protocol::connection_view& view, protocol::event& what,
             const std::string& nick, id_set& changed);
  void commit(std::shared_ptr<const store::journal_batch> batch,
              const caf::actor& source, std::vector<waiting_answer> answers,
              protocol::instant received = {});
  void append_now(const outgoing& what);
  std::deque<outgoing>::iterator find_mark(std::uint64_t mark);
  void on_appended(std::uint64_t mark);
  void show_committed();
  void on_append_failed(const append_failed& why);
  void append_again_now();
  std::shared_ptr<const store::journal_batch> brought_up_to_date(
      const std::shared_ptr<const store::journal_batch>& batch) const;
  void fan_out(const store::journal_batch& batch, protocol::instant received);
  void show(const std::vector<protocol::event>& events,
            protocol::event_seq first);

  // -- what is kept of a conversation (user_keeping.cpp) ----------------------

  caf::result<rest_result> on_mark_read(const mark_read& what);
  rest_result on_mark_notifications_read();
  void set_read(protocol::connection_view& view, protocol::conversation& mine);
  /// How far a conversation is read: up to an event, or up to a time.
  using read_point = std::variant<protocol::event_seq, protocol::timestamp>;
  void count_again(const protocol::connection_view& view, const std::string& id,
                   read_point up_to, std::function<void(bool)> done);
  void on_counted(std::uint64_t number, const store::read_count& found,
                  bool is_told_upstream);
  protocol::event read_event(protocol::connection_view& view,
                             const protocol::conversation& mine);
  void on_read(protocol::connection_view& view, std::string_view id,
               protocol::timestamp when);
  void on_clear(const std::string& connection_id, const std::string& id,
                protocol::ticket ticket, protocol::event_seq last);
  void on_paste(protocol::irc_paste paste, const caf::actor& source);

  // -- REST (user_rest.cpp) ---------------------------------------------------

  std::string encode(const read_user& what) const;
  caf::result<rest_result> on_account_changed();
  caf::result<rest_result> on_create(const create_connection& wish);
  caf::result<rest_result> on_update(const update_connection& wish);
  caf::result<rest_result> on_remove(const remove_connection& wish);
  rest_result on_has(const has_conversation& what);
  protocol::node_view about() const;
  caf::result<rest_result> save(const protocol::connection_record& record);

  protocol::connection_view* find(std::string_view connection_id);

  caf::stateful_actor<user_state>* self_;
  node_ptr node_;
  protocol::user_id id_{};
  net::presence counted_;
  net::presence counted_at_home_;
  protocol::account account_;
  std::shared_ptr<const profile_map> profiles_;
  std::shared_ptr<const site_settings> site_;
  std::string base_url_; ///< where the last session reached the node
  protocol::connection_views connections_;
  std::map<std::string, caf::actor, std::less<>> actors_;
  /// Conversations by connection whose counters its actor does not know yet.
  std::map<std::string, id_set, std::less<>> recounted_;
  std::map<std::uint64_t, recount> recounts_;
  std::uint64_t last_recount_ = 0;
  id_set erasing_; ///< connections that the store still has rows of
  std::vector<subscriber> sessions_;
  /// Logins that have ended lately, and when: somebody may still be on the way
  /// here with one.
  std::deque<std::pair<std::string, protocol::instant>> revoked_;
  std::map<protocol::ticket, open_command> open_;
  std::deque<prepared_send> prepared_; ///< in the order they are passed on
  std::map<std::string, open_nonce, std::less<>> nonces_;
  std::deque<outgoing> outgoing_;
  protocol::event_seq seq_ = 0;       ///< last number given
  protocol::event_seq delivered_ = 0; ///< last number shown
  protocol::ticket last_ticket_ = 0;
  std::uint64_t last_mark_ = 0;
  bool append_waits_ =
      false; ///< the store failed; `append_again` is on its way
  bool append_fails_ = false;      ///< and what it refused is not committed yet
  std::uint64_t retried_mark_ = 0; ///< the last one that it refused
  store_is store_;                 ///< what is known of it on this node
  bool outage_told_ = false;       ///< to the sessions
  idle_watch idle_;
};

caf::behavior user(caf::stateful_actor<user_state>* self, node_ptr home,
                   protocol::user_id id);

} // namespace convoy::actors
