// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session.hpp"
#include "tests/protocol/chances.hpp"
#include "tests/protocol/irc_server_model.hpp"
#include "tests/protocol/irc_witness.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace convoy::protocol {

namespace {

using fault = irc_server_model::fault;

/// One session and one model of a server, with a network between them that is
/// as bad as the seed says, and a person who does something all the time.
class trial {
public:
  trial(std::uint64_t seed, fault what)
      : random_(seed), server_(random_, what), session_(settings(), known()) {
    now_.steady += std::chrono::hours{1};
    now_.wall += std::chrono::seconds{1'795'330'887};
  }

  /// What is wrong, or "".
  std::string run() {
    const auto connects = 1 + random_.below(3);
    for (std::size_t each = 1; each <= connects && broken_.empty(); ++each) {
      // What was lost is lost until one connects anew.
      const bool lossy = each < connects && random_.percent(60);
      connect();
      settle(lossy);
      for (auto left = 10 + random_.below(60); left > 0; --left)
        step(lossy);
      if (!lossy) {
        settle(false);
        compare();
      }
      lose();
    }
    return broken_;
  }

private:
  irc_settings settings() {
    irc_settings result;
    result.connection_id = "irc-model";
    result.name = "model";
    result.host = "irc.example";
    result.nick = "ann";
    result.nonce = "fyko+d2lbbFgONRv9qkxdawL";
    if (random_.percent(50))
      result.flood_interval = std::chrono::milliseconds{0};
    if (random_.percent(30))
      result.on_connect_commands = {"/msg bob hi", "/join #b"};
    return result;
  }

  static std::vector<conversation> known() {
    conversation channel;
    channel.id = "#convoy";
    channel.name = "#Convoy";
    return {channel};
  }

  void connect() {
    using enum connection_state;
    for (const auto state : {connecting, connected}) {
      session_.change_state(state, "State.", now_, steps_);
      look();
    }
    session_.start({"192.0.2.7", 6697, true, ""}, now_, steps_);
    look();
  }

  void lose() {
    server_.lose_client();
    to_server_.clear();
    session_.change_state(connection_state::disconnected, "Lost.", now_,
                          steps_);
    look();
    say(witness_.look_at_end());
  }

  void step(bool lossy) {
    const auto what = random_.below(10);
    if (what < 3)
      server_.stir();
    else if (what < 5)
      command();
    else if (what < 6)
      pass(std::chrono::milliseconds{random_.below(5000)});
    else if (what < 8)
      hear();
    else
      deliver(lossy);
  }

  /// All that is under way arrives, and time passes until nothing waits.
  void settle(bool lossy) {
    const auto end = now_.steady + std::chrono::minutes{10};
    while (now_.steady < end && broken_.empty()) {
      while (!to_server_.empty() || !server_.out.empty()) {
        hear();
        deliver(lossy);
      }
      const auto next = session_.deadline();
      const auto longest = now_.steady + std::chrono::seconds{20};
      const auto until = next ? std::min(*next, longest) : longest;
      pass(std::chrono::ceil<std::chrono::milliseconds>(
          std::max(until - now_.steady, instant::duration{1})));
    }
  }

  void hear() {
    if (to_server_.empty())
      return;
    const auto line = std::move(to_server_.front());
    to_server_.pop_front();
    server_.receive(line);
  }

  void deliver(bool lossy) {
    auto& waiting = server_.out;
    if (waiting.empty())
      return;
    const bool careful = waiting.front().is_news && !lossy;
    if (!careful && random_.percent(10)) {
      waiting.pop_front();
      return;
    }
    if (!careful && random_.percent(10)) {
      const auto later = 1 + random_.below(waiting.size());
      std::rotate(waiting.begin(), waiting.begin() + 1,
                  waiting.begin() + static_cast<std::ptrdiff_t>(later));
    }
    const auto line = waiting.front().line;
    if (!random_.percent(5)) // or it comes once more
      waiting.pop_front();
    const auto parsed = parse_irc_line(line);
    if (!parsed)
      return say("the model wrote no IRC line: " + line);
    session_.receive(*parsed, now_, steps_);
    look();
  }

  void pass(std::chrono::milliseconds time) {
    now_.steady += time;
    now_.wall += time;
    session_.tick(now_, steps_);
    look();
    say(witness_.look_at_clock(session_, now_.steady));
  }

  void command() {
    static const std::vector<std::string> all{"/join #convoy",
                                              "/join #Conv{oy}",
                                              "/join #secret key",
                                              "/join #secret",
                                              "/join &local",
                                              "/join #\xC3\x84rger",
                                              "/join #b",
                                              "/join #new",
                                              "/part",
                                              "/part #b",
                                              "/topic",
                                              "/topic new topic",
                                              "/names",
                                              "/whois bob",
                                              "/whois nobody",
                                              "/nick zoe",
                                              "/nick bob",
                                              "/nick ann",
                                              "/nick a[n]n",
                                              "/me waves",
                                              "hello",
                                              "hello\nthere",
                                              "/msg bob hi",
                                              "/msg nobody hi",
                                              "/away lunch",
                                              "/away",
                                              "/query eve",
                                              "/mode",
                                              "/mode +o bob",
                                              "/mode b",
                                              "/kick bob",
                                              "/invite eve",
                                              "/list",
                                              "/whowas bob",
                                              "/who #convoy",
                                              "/quote PING :x",
                                              "/ignore eve!*@*",
                                              "/unignore eve",
                                              "/monitor + bob",
                                              "/say",
                                              "/nonsense",
                                              "/op bob",
                                              "/ban bob",
                                              "/quiet bob",
                                              "/setname New Name",
                                              "/ctcp bob PING",
                                              "/notice bob hi",
                                              "/react :) some-id",
                                              "/reply some-id hello",
                                              "/typing",
                                              "/redact some-id",
                                              "/list /b/",
                                              "/raw WHO bob",
                                              "/close eve"};
    static const std::vector<std::string> targets{
        "", "#convoy", "#conv[oy]", "#b", "&local", "bob", "#new"};
    const irc_command what{++last_, random_.one_of(targets),
                           random_.one_of(all)};
    witness_.free_lines(true);
    witness_.asked(what.to);
    session_.execute(what, now_, steps_);
    look();
  }

  void look() {
    say(witness_.look(session_, steps_));
    for (auto& line : steps_.lines)
      to_server_.push_back(std::move(line));
    steps_ = {};
  }

  void say(const std::string& problem) {
    if (broken_.empty())
      broken_ = problem;
  }

  /// The session knows what the server knows.
  void compare() {
    if (!server_.is_registered())
      return say("it is not registered");
    if (session_.nick() != server_.nick())
      say("the nick is " + server_.nick() + ", not " + session_.nick());
    for (const auto& [key, there] : server_.channels()) {
      const auto* here = find(key);
      const bool joined = here != nullptr && here->frozen.empty();
      if (joined != there.has_client)
        say(there.name
            + (joined ? " is not joined" : " is joined, and not usable"));
      if (joined && here->topic != there.topic)
        say("the topic of " + there.name + " is '" + there.topic + "', not '"
            + here->topic + "'");
    }
    if (const auto left = witness_.open(); left > 0)
      say(std::to_string(left) + " commands are not answered in time");
  }

  const conversation* find(const std::string& folded) const {
    for (const auto& [id, each] : session_.conversations())
      if (server_.folded(each.name) == folded
          || server_.folded(each.id) == folded)
        return &each;
    return nullptr;
  }

  chances random_;
  irc_server_model server_;
  irc_session session_;
  irc_steps steps_;
  irc_witness witness_;
  moment now_;
  std::deque<std::string> to_server_;
  ticket last_ = 0;
  std::string broken_;
};

} // namespace

TEST_CASE("whatever a server does, the session knows what the server knows") {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    CHECK(trial(seed, fault::none).run() == "");
  }
}

TEST_CASE("a session that knows something else would be found") {
  for (const auto what :
       {fault::topic_untold, fault::kick_untold, fault::nick_untold}) {
    std::size_t found = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed)
      if (!trial(seed, what).run().empty())
        ++found;
    CHECK(found > 0);
  }
}

} // namespace convoy::protocol
