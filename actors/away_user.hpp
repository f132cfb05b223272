// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/away_stream.hpp"
#include "actors/away_words.hpp"
#include "actors/idle_watch.hpp"
#include "actors/messages.hpp"
#include "actors/node.hpp"
#include "actors/user_commands.hpp"
#include "net/metrics.hpp"

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convoy::actors {

/// Stands in for a user who lives on another node (design §4): sessions and
/// REST say to it what they would say to the `user`, and hear the same. What
/// the home publishes is passed on as it is; what the bus has lost is read from
/// the journal. When the home does not answer it is searched for, while what is
/// asked is refused: what was asked before that, nobody knows the end of.
class away_user_state {
public:
  static inline const char* name = "away_user";
  /// Between two words to the home, of which it expects three in
  /// `away_listener_state::interest`.
  static constexpr std::chrono::seconds keep_pause{10};
  /// Two that get no answer in this time, and the home is lost.
  static constexpr std::chrono::seconds keep_deadline{4};
  /// The pause between two tries to find a lost home doubles from the first to
  /// the second.
  static constexpr std::chrono::milliseconds search_pause{250};
  static constexpr std::chrono::milliseconds longest_search_pause{4'000};
  /// From this pause on the store is asked each time where the home is.
  static constexpr std::chrono::milliseconds locate_pause{2'000};
  /// A session that comes, and a REST call, wait so long for the home.
  static constexpr std::chrono::seconds patience{20};
  /// Sessions are sent away when it is not found in this time.
  static constexpr std::chrono::seconds longest_search{60};
  /// Commands and calls that have no answer yet; one more is refused.
  static constexpr std::size_t max_open = 1'024;

  away_user_state(caf::stateful_actor<away_user_state>* self) : self_(self) {
    // nop
  }

  caf::behavior start(node_ptr home, const home_is& where);

private:
  using format_type = protocol::ts_format;

  /// A session that waits for its place in the stream.
  struct arrival {
    caf::typed_response_promise<attached> promise;
    attach wish;
    protocol::instant until{};
    std::uint64_t announced = 0;                ///< the `attach` that says so
    std::optional<protocol::event_seq> place{}; ///< what the home said
  };
  /// An answer that goes out behind the events that it came behind.
  struct held_answer {
    protocol::event_seq behind = 0;
    caf::actor session;
    answer reply;
  };
  /// All sessions of one form of time.
  struct audience {
    away_stream stream;
    std::unique_ptr<net::bus_subscription> events; ///< while anybody listens
    std::vector<arrival> arrivals;
    std::vector<std::pair<caf::actor, std::string>> sessions; ///< and tokens
    std::deque<held_answer> held;
    /// Where the last one came from, which the home is told.
    std::string remote_address;
    std::string base_url;
    unsigned missed = 0;     ///< words to the home without an answer
    bool is_reading = false; ///< the journal
    unsigned holes = 0;      ///< pages running that had not what was missing
  };

  /// A word about the stream that the home has not answered.
  struct open_word {
    format_type format{};
    bool is_keep = false;
    std::vector<std::string> asks{}; ///< those that a `keep` names
  };
  struct open_ask {
    format_type format{};
    ask what;
  };
  struct open_call {
    caf::typed_response_promise<rest_result> promise;
    net::payload body;
    protocol::instant until{};
    bool is_parked = false; ///< nobody has it yet
  };

  // -- life cycle -------------------------------------------------------------

  caf::behavior open();
  void on_stop(const go_away& why);
  bool is_used() const;
  void wake_after(std::chrono::milliseconds pause);
  void on_tick();

  // -- the home (away_home.cpp) -----------------------------------------------

  void on_result(const bus_result& what);
  void announce(format_type format);
  void keep(format_type format);
  std::uint64_t send_word(open_word word, std::string_view head);
  void on_word(std::uint64_t number, const open_word& word,
               const net::bus_answer& how);
  void on_place(std::uint64_t number, const open_word& word,
                const stream_place& place);
  void on_failure(net::bus_failure why);
  void found();
  void lose(bool is_gone);
  void search();
  void search_again();
  void on_home(const home_is& where);

  // -- sessions (away_sessions.cpp) -------------------------------------------

  caf::result<attached> on_attach(const attach& wish);
  void on_revoke(const revoke& what);
  bool is_revoked(const std::string& token_hash);
  void on_down(const caf::down_msg& down);
  void on_events(const net::bus_message& what);
  void show(format_type format, const std::vector<deliver>& batches);
  void welcome(audience& where);
  void release_held(audience& where);
  void fill(format_type format);
  void on_page(format_type format, const std::vector<protocol::event>& page);
  void close_all(audience& where, const go_away& why);
  void refuse_late();
  void end_if_empty(audience& where);

  // -- commands (away_asks.cpp) -----------------------------------------------

  void on_ask(const ask& what);
  void on_asked(const open_ask& asked, const net::bus_answer& how);
  void refuse(const ask& what, const protocol::json_problem& why);
  void refuse_lost(const ask& what);
  void refuse_all_lost();
  void look_up(const ask& what, const protocol::json_problem& otherwise);
  void lose_asks();
  std::size_t open_count() const;
  caf::result<rest_result> call(const user_command& what);
  void send_call(std::uint64_t number, open_call& what);
  void on_called(std::uint64_t number, const net::bus_answer& how);
  void retry_calls();

  audience& of(format_type format) {
    return audiences_[static_cast<std::size_t>(format)];
  }
  caf::actor me() {
    return caf::actor_cast<caf::actor>(self_);
  }

  caf::stateful_actor<away_user_state>* self_;
  node_ptr node_;
  net::presence counted_;
  protocol::user_id id_{};
  std::string my_name_; ///< tells our asks from those of other nodes
  std::string subject_;
  std::string stream_; ///< id of the numbering; "" until it is known
  std::array<audience, 2> audiences_;
  std::uint64_t last_number_ = 0; ///< of what the bus is asked
  std::map<std::uint64_t, open_word> words_;
  std::map<std::uint64_t, open_ask> asks_;
  std::map<std::uint64_t, open_call> calls_;
  std::size_t lookups_ = 0; ///< asks whose nonce the store is asked for
  std::deque<std::pair<std::string, protocol::instant>> revoked_;
  store::node_epoch epoch_ = 0; ///< of the home
  bool is_lost_ = false;        ///< it does not answer
  bool is_gone_ = false;        ///< and is to be located anew
  protocol::instant lost_at_{};
  std::chrono::milliseconds pause_ = search_pause;
  // When it is time to, if it is.
  std::optional<protocol::instant> search_due_;
  std::optional<protocol::instant> keep_due_;
  std::optional<protocol::instant> wakes_; ///< the next `tick`
  idle_watch idle_;
};

caf::behavior away_user(caf::stateful_actor<away_user_state>* self,
                        node_ptr home, home_is where);

} // namespace convoy::actors
