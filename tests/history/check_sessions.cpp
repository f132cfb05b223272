// SPDX-License-Identifier: Apache-2.0
#include "tests/history/evidence.hpp"

// What each session saw: every number once, in order, and from where it asked
// to go on (P2, P3).
namespace convoy::history {

namespace {

std::string text(event_number seq) {
  return std::to_string(seq);
}

/// One session's way along its user's stream.
class path {
public:
  path(const evidence& all, const evidence::session& session,
       std::map<std::string, std::string>& streams,
       std::vector<violation>& found)
      : all_(all),
        session_(session),
        opened_(*session.opened.what),
        streams_(streams),
        found_(found) {}

  void walk() {
    for (const auto* each : session_.facts) {
      at_ = each->at;
      std::visit([this](const auto& what) { step(what); }, each->what);
      // Broadcasts and answers alike come behind it.
      is_first_ = is_first_ && std::holds_alternative<session_said>(each->what);
    }
    if (all_.is_settled() && !session_.closed)
      arrive();
  }

private:
  void step(const session_resumed& what) {
    note_stream(what.stream);
    if (!is_first_)
      return complain(promise::resumed, what.seq,
                      "got `resume`, but not as the first frame");
    if (!opened_.since)
      return complain(promise::resumed, what.seq,
                      "got `resume`, but had not asked for it");
    if (!what.resumed) {
      last_ = what.seq;
      if (opened_.stream == what.stream && *opened_.since <= what.seq
          && !all_.is_cleared(opened_.user))
        complain(promise::resumed, *opened_.since,
                 "asked to go on behind " + text(*opened_.since)
                     + " and was told of a hole, but nothing was deleted");
      return;
    }
    is_resumed_ = true;
    replay_until_ = what.seq;
    last_ = *opened_.since;
    if (what.since != *opened_.since || what.stream != opened_.stream
        || what.seq < what.since)
      complain(promise::resumed, what.since,
               "asked for stream " + opened_.stream + " behind "
                   + text(*opened_.since) + ", but got stream " + what.stream
                   + " behind " + text(what.since) + " up to "
                   + text(what.seq));
  }

  void step(const session_loaded& what) {
    note_stream(what.stream);
    if (last_ && what.seq != *last_)
      complain(promise::numbered_once, what.seq,
               "was told by `load` that its place is " + text(what.seq)
                   + ", but the last it saw is " + text(*last_));
    last_ = what.seq;
  }

  void step(const session_saw& what) {
    if (is_first_ && opened_.since)
      complain(promise::resumed, what.seq,
               "got an event before it was told whether it goes on behind "
                   + text(*opened_.since));
    if (last_ && what.seq != *last_ + 1) {
      const auto is_replay =
          is_resumed_ && (*last_ < replay_until_ || what.seq <= replay_until_);
      complain(is_replay ? promise::resumed : promise::numbered_once, what.seq,
               (what.seq <= *last_ ? "got " + text(what.seq) + " once more"
                                   : "got " + text(what.seq))
                   + " behind " + text(*last_));
    }
    // What comes again does not hide what follows.
    if (!last_ || what.seq > *last_)
      last_ = what.seq;
  }

  template <class Other>
  void step(const Other&) {}

  /// At the end it has everything.
  void arrive() {
    const auto& rows = all_.journal_of(opened_.user);
    if (opened_.since && !last_)
      return complain(promise::resumed, *opened_.since,
                      "asked to go on behind " + text(*opened_.since)
                          + " and was never told");
    if (last_ && !rows.empty() && *last_ < rows.rbegin()->first)
      complain(is_resumed_ && *last_ < replay_until_ ? promise::resumed
                                                     : promise::numbered_once,
               *last_ + 1,
               "was connected to the end, but the last it got is "
                   + text(*last_) + " of " + text(rows.rbegin()->first));
  }

  /// The numbering of a user is one and the same in the whole run.
  void note_stream(const std::string& stream) {
    const auto& known =
        streams_.try_emplace(opened_.user, stream).first->second;
    if (known != stream)
      complain(promise::numbered_once, 0,
               "was told that the stream is " + stream + ", but it was "
                   + known);
  }

  void complain(promise broken, event_number seq, const std::string& what) {
    found_.push_back({broken, opened_.user, seq, "",
                      opened_.session + " (on " + opened_.node + ") "
                          + when(at_) + ' ' + what});
  }

  const evidence& all_;
  const evidence::session& session_;
  const session_opened& opened_;
  std::map<std::string, std::string>& streams_;
  std::vector<violation>& found_;
  moment at_{};
  bool is_first_ = true;
  bool is_resumed_ = false;
  event_number replay_until_ = 0;
  /// Its place, once it knows it.
  std::optional<event_number> last_;
};

} // namespace

void check_sessions(const evidence& all, std::vector<violation>& found) {
  std::map<std::string, std::string> streams;
  for (const auto& [name, each] : all.sessions())
    if (each.opened.what)
      path(all, each, streams, found).walk();
}

} // namespace convoy::history
