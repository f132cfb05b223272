// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/messages.hpp"
#include "actors/node.hpp"
#include "protocol/user_view.hpp"

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace convoy::actors {

/// One person (design §2): numbers the events of all their connections, has
/// them committed, and only then fans them out (P1, P2). Life: `loading` until
/// the store has told who it is, `active`, `leaving` until IRC is left and the
/// last event is committed.
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
  };

  struct open_command {
    caf::actor session;
    protocol::ticket ticket;
    protocol::request request;
    std::string connection_id;
  };

  // -- life cycle -------------------------------------------------------------

  caf::behavior loading();
  caf::behavior active();
  caf::behavior leaving();
  void load();
  void on_loaded(const found_user& found);
  void on_profiles(const all_profiles& now);
  void on_stop(const go_away& why);
  void end_if_done();
  bool is_used() const;
  void look_around_later();
  void on_look_around();
  void spawn_connection(const std::string& id);
  void on_respawn(const respawn& what);
  void on_down(const caf::down_msg& down);
  void fail_commands(const std::string& connection_id);

  // -- sessions ---------------------------------------------------------------

  attached on_attach(const attach& wish);
  void on_revoke(const revoke& what);
  void on_ask(const ask& what);
  void on_load(const ask& what);
  void on_send(const ask& what);
  void refuse(const caf::actor& session, protocol::ticket ticket,
              const protocol::request& request, std::string_view message,
              std::string_view path);
  void answer_later(const caf::actor& session, answer reply);

  // -- the stream (user_stream.cpp) -------------------------------------------

  void on_output(connection_output output);
  std::vector<waiting_answer>
  take_answers(const std::vector<protocol::irc_answer>& answers);
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
              const caf::actor& source, std::vector<waiting_answer> answers);
  void append_now(const outgoing& what);
  std::deque<outgoing>::iterator find_mark(std::uint64_t mark);
  void on_appended(std::uint64_t mark);
  void on_append_failed(const append_failed& why);
  void append_again_now();
  std::shared_ptr<const store::journal_batch> brought_up_to_date(
      const std::shared_ptr<const store::journal_batch>& batch) const;
  void fan_out(const store::journal_batch& batch);
  void show(const std::vector<protocol::event>& events,
            protocol::event_seq first);

  // -- what is kept of a conversation (user_keeping.cpp) ----------------------

  rest_result on_mark_read(const mark_read& what);
  void set_read(protocol::connection_view& view, protocol::conversation& mine);
  void on_read(protocol::connection_view& view, std::string_view id,
               protocol::timestamp when);
  void on_clear(const std::string& connection_id, const std::string& id,
                protocol::ticket ticket, protocol::event_seq last);
  void on_paste(protocol::irc_paste paste, const caf::actor& source);

  // -- REST (user_rest.cpp) ---------------------------------------------------

  std::string encode(const read_user& what) const;
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
  protocol::account account_;
  std::shared_ptr<const profile_map> profiles_;
  std::string base_url_; ///< where the last session reached the node
  protocol::connection_views connections_;
  std::map<std::string, caf::actor, std::less<>> actors_;
  /// Conversations by connection whose counters its actor does not know yet.
  std::map<std::string, id_set, std::less<>> recounted_;
  std::vector<subscriber> sessions_;
  std::map<protocol::ticket, open_command> open_;
  std::deque<outgoing> outgoing_;
  protocol::event_seq seq_ = 0;       ///< last number given
  protocol::event_seq delivered_ = 0; ///< last number shown
  protocol::ticket last_ticket_ = 0;
  std::uint64_t last_mark_ = 0;
  bool append_waits_ =
      false; ///< the store failed; `append_again` is on its way
  bool looks_around_ = false; ///< a `look_around` is on its way
};

caf::behavior user(caf::stateful_actor<user_state>* self, node_ptr home,
                   protocol::user_id id);

} // namespace convoy::actors
