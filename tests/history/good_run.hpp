// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/history/fact.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace convoy::history {

/// Makes the history of a Convoy that keeps its promises, for one user, ann.
class good_run {
public:
  good_run() {
    note(node_started{"a"});
  }

  /// One that does everything there is.
  static std::vector<fact> whole() {
    good_run run;
    run.connect();
    run.open("s1");
    run.load("s1");
    run.open("s2");
    run.load("s2");
    for (auto i = 0; i < 6; ++i)
      run.tell();
    run.say("s1", "n1");
    run.ping();
    run.close("s2");
    for (auto i = 0; i < 6; ++i)
      run.tell();
    run.resume("s3", "s2");
    run.say("s3", "n2");
    run.kill();
    run.connect();
    run.resume("s4", "s3");
    for (auto i = 0; i < 6; ++i)
      run.tell();
    run.resume("s5", "s1");
    run.say("s4", "n3");
    run.repeat("s5", "n1");
    for (auto i = 0; i < 4; ++i)
      run.tell();
    run.ping();
    return run.finish();
  }

  void connect(const std::string& node = "") {
    note(irc_opened{++link_, "ann", {}, 0, node});
    note(irc_joined{link_});
  }
  void disconnect() {
    note(irc_closed{link_, true});
  }
  void open(const std::string& session) {
    note(session_opened{session, "ann", "a", {}, {}});
    seen_[session] = journal_.size();
    open_.push_back(session);
  }
  void load(const std::string& session) {
    note(session_loaded{session, "S", journal_.size()});
  }
  /// Goes on where `before` has ended.
  void resume(const std::string& session, const std::string& before) {
    const auto since = seen_.at(before);
    note(session_opened{session, "ann", "a", since, "S"});
    note(session_resumed{session, true, "S", since, journal_.size()});
    for (auto seq = since; seq < journal_.size(); ++seq)
      note(session_saw{session, seq + 1, journal_[seq]});
    seen_[session] = journal_.size();
    open_.push_back(session);
  }
  void close(const std::string& session) {
    note(session_closed{session, 1000});
    std::erase(open_, session);
  }

  /// The next line of the server, which is read, committed and shown.
  std::string tell() {
    auto text = tell_only();
    show("bob", text);
    return text;
  }
  /// The next line of the server, which is lost.
  std::string tell_only() {
    auto text = "line " + std::to_string(++lines_);
    note(irc_told{link_, "#c", "bob", text});
    return text;
  }
  void ping() {
    const auto token = "t" + std::to_string(++pings_);
    note(irc_pinged{link_, token});
    note(irc_ponged{link_, token});
  }

  /// A `send` that goes all its way.
  void say(const std::string& session, const std::string& nonce) {
    ask(session, nonce);
    hear(nonce);
    show("ann", "said " + nonce);
    answer(session, true);
    keep(nonce, true);
  }
  /// The same nonce once more.
  void repeat(const std::string& session, const std::string& nonce) {
    ask(session, nonce);
    answer(session, true);
  }
  void ask(const std::string& session, const std::string& nonce) {
    const auto id = "r" + std::to_string(++requests_);
    note(session_said{session, id, nonce, "#c", "said " + nonce});
  }
  void hear(const std::string& nonce) {
    note(irc_heard{link_, "#c", "said " + nonce});
  }
  /// To the last request.
  void answer(const std::string& session, bool sent, std::string code = {}) {
    note(session_answered{session, "r" + std::to_string(requests_), sent,
                          std::move(code), sent ? "" : "It failed."});
  }
  void keep(const std::string& nonce, bool answered) {
    nonces_.push_back({"ann", nonce, answered, ""});
  }

  /// Commits an event, and shows it to all sessions.
  void show(const std::string& from, const std::string& text) {
    content what{"private", "c", "#c", from, text, ++clock_, digest_of(text)};
    journal_.push_back(what);
    for (const auto& session : open_) {
      note(session_saw{session, journal_.size(), what});
      seen_[session] = journal_.size();
    }
  }

  void kill() {
    note(node_killed{"a"});
    for (const auto& session : std::exchange(open_, {}))
      note(session_closed{session, 1006});
    note(irc_closed{link_, true});
    note(journal_ended{"ann", journal_.size()});
    note(node_started{"a"});
  }

  void note(fact_kind what) {
    facts_.push_back({std::chrono::milliseconds(++clock_), std::move(what)});
  }

  /// Everything so far, with the store as it is.
  std::vector<fact> finish() const {
    auto copy = *this;
    copy.note(settled{});
    for (event_number seq = 0; seq < journal_.size(); ++seq) {
      auto row = journal_[seq];
      row.digest = 0;
      copy.note(journal_has{"ann", seq + 1, row});
    }
    for (const auto& each : nonces_)
      copy.note(each);
    const auto unread = std::ranges::count(journal_, "bob", &content::from);
    copy.note(counters_kept{"ann", "c", "#c",
                            static_cast<std::uint64_t>(unread), 0, 0});
    return copy.facts_;
  }

private:
  std::vector<fact> facts_;
  std::vector<content> journal_;
  std::vector<nonce_kept> nonces_;
  std::vector<std::string> open_;
  std::map<std::string, event_number> seen_; ///< last number by session
  link_number link_ = 0;
  std::int64_t clock_ = 0;
  int lines_ = 0;
  int pings_ = 0;
  int requests_ = 0;
};

} // namespace convoy::history
