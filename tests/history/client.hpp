// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/json.hpp"
#include "tests/history/surroundings.hpp"
#include "tests/scenarios/runner/websocket_peer.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace convoy::history {

/// Where a client finds its node.
struct door {
  std::string node;
  std::uint16_t port = 0; ///< 0 while there is none
};

/// One device of a user, which comes and goes as it likes, goes on where it
/// was, says things, and repeats what was not answered.
class client {
public:
  /// `cookie` is that of the login; `format` is how it wants its times.
  client(surroundings& in, std::string name, std::string user,
         std::string cookie, const door& at, protocol::ts_format format);

  /// Another device of the same user.
  client(const client& like, std::string name)
      : client(like.in_, std::move(name), like.user_, like.cookie_, like.door_,
               like.format_) {}

  /// Does random things, or comes, stays and wants its answers.
  void roam(bool on);
  /// Reads nothing for a while, if it is there.
  void stall(milliseconds time);
  /// Reads again.
  void go_on();
  /// Comes now, as one that has seen the first `since` events of a stream.
  void come_again(event_number since, const std::string& stream);
  /// Whether it is there, knows its place and has got all its answers.
  bool is_at_rest() const;
  bool is_away() const noexcept {
    return state_ == state::away;
  }
  /// The last number it has got.
  event_number place() const noexcept {
    return seq_.value_or(0);
  }
  const std::string& stream() const noexcept {
    return stream_;
  }
  const std::string& user() const noexcept {
    return user_;
  }
  /// Text of the last message it saw.
  const std::string& last_text() const noexcept {
    return last_text_;
  }
  /// What it waits for, for people.
  std::string wants() const;

private:
  enum class state : std::uint8_t { away, coming, here };

  struct utterance {
    std::string nonce;
    std::string conversation;
    std::string text;
  };

  template <class Fact>
  void note(Fact what) {
    in_.record.note(std::move(what));
  }
  milliseconds act();
  void come();
  void open_socket();
  void do_something();
  void leave();
  void load();
  void say(const utterance& what);
  void say_something();
  void on_news();
  void on_frame(const std::string& frame);
  void on_answer(const scenarios::json& frame);
  void on_end();

  surroundings& in_;
  std::string name_;
  std::string user_;
  std::string cookie_;
  const door& door_;
  protocol::ts_format format_;
  routine routine_;
  boost::asio::steady_timer pause_;
  meddler meddler_;
  std::unique_ptr<scenarios::websocket_peer> socket_;
  state state_ = state::away;
  bool roams_ = false;
  bool is_stalled_ = false;
  bool leaves_ = false; ///< what the socket is told
  std::string session_; ///< of the socket
  std::size_t sessions_ = 0;
  std::size_t requests_ = 0;
  std::size_t utterances_ = 0;
  std::optional<event_number> asked_; ///< `since` of the socket
  std::optional<event_number> seq_;   ///< last number it has got
  std::string stream_;
  std::string last_text_;
  std::map<std::string, utterance> open_; ///< by id of the request
  std::vector<utterance> unanswered_;     ///< by a session that has ended
  std::vector<utterance> answered_;       ///< that had a nonce
  bool loads_ = false;                    ///< `load` is under way
  bool knows_place_ = false;              ///< the socket was told where it is
};

} // namespace convoy::history
