// SPDX-License-Identifier: Apache-2.0
#include "tests/history/spoiling.hpp"

#include <set>

namespace convoy::history {

namespace {

/// Events that a session saw between two others: of what it had missed, or
/// live.
std::vector<place> inner_views(history& facts, bool in_replay) {
  struct state {
    event_number replay_until = 0;
    std::vector<event_number> last; ///< the three that it saw last, at most
    place where = 0;
  };
  std::map<std::string, state> sessions;
  std::vector<place> result;
  for (place i = 0; i < facts.size(); ++i) {
    if (const auto* resumed = as<session_resumed>(facts[i]))
      sessions[resumed->session].replay_until = resumed->seq;
    const auto* saw = as<session_saw>(facts[i]);
    if (!saw)
      continue;
    auto& mine = sessions[saw->session];
    mine.last.push_back(saw->seq);
    if (mine.last.size() > 3)
      mine.last.erase(mine.last.begin());
    const auto is_inner = in_replay ? mine.last.back() < mine.replay_until
                                    : mine.last.front() > mine.replay_until;
    if (mine.last.size() == 3 && is_inner)
      result.push_back(mine.where);
    mine.where = i;
  }
  return result;
}

bool show_uncommitted(history& facts) {
  const auto where = middle(places<session_closed>(facts));
  if (!where)
    return false;
  const auto& session = as<session_closed>(facts[*where])->session;
  const auto last = last_rows(facts).at(owners(facts).at(session));
  session_saw shown{session,
                    as<journal_has>(facts[last])->seq + 1,
                    {"private", "c", "#c", "x", "never kept", 1, 1}};
  insert(facts, *where, {facts[*where].at, shown});
  return true;
}

bool show_otherwise(history& facts) {
  const auto whose = owners(facts);
  std::set<std::pair<std::string, event_number>> seen;
  for (const auto i : places<session_saw>(facts)) {
    auto& saw = *as<session_saw>(facts[i]);
    if (!seen.insert({whose.at(saw.session), saw.seq}).second) {
      saw.what.digest += 1;
      return true;
    }
  }
  return false;
}

template <bool in_replay>
bool skip_view(history& facts) {
  const auto where = middle(inner_views(facts, in_replay));
  if (where)
    erase(facts, *where);
  return where.has_value();
}

template <bool in_replay>
bool repeat_view(history& facts) {
  const auto where = middle(inner_views(facts, in_replay));
  if (where)
    insert(facts, *where, facts[*where]);
  return where.has_value();
}

template <bool in_replay>
bool swap_views(history& facts) {
  const auto where = middle(inner_views(facts, in_replay));
  if (!where)
    return false;
  const auto session = as<session_saw>(facts[*where])->session;
  const auto next =
      std::find_if(facts.begin() + static_cast<std::ptrdiff_t>(*where) + 1,
                   facts.end(), [&](auto& each) {
                     const auto* saw = as<session_saw>(each);
                     return saw && saw->session == session;
                   });
  std::swap(facts[*where], *next);
  return true;
}

bool change_stream(history& facts) {
  const auto whose = owners(facts);
  std::set<std::string> known;
  for (const auto i : places<session_loaded>(facts)) {
    auto& loaded = *as<session_loaded>(facts[i]);
    if (!known.insert(whose.at(loaded.session)).second) {
      loaded.stream += "x";
      return true;
    }
  }
  return false;
}

bool refuse_resume(history& facts) {
  const auto where = middle(places<session_resumed>(
      facts, [](const auto& each) { return each.resumed; }));
  if (where)
    as<session_resumed>(facts[*where])->resumed = false;
  return where.has_value();
}

bool resume_elsewhere(history& facts) {
  const auto where = middle(places<session_resumed>(
      facts, [](const auto& each) { return each.resumed && each.since > 0; }));
  if (where)
    --as<session_resumed>(facts[*where])->since;
  return where.has_value();
}

bool say_no_resume(history& facts) {
  const auto where =
      middle(places<session_resumed>(facts, [](const auto& each) {
        return each.resumed && each.seq > each.since;
      }));
  if (where)
    erase(facts, *where);
  return where.has_value();
}

constexpr auto p1 = promise::committed_before_shown;
constexpr auto p2 = promise::numbered_once;
constexpr auto p3 = promise::resumed;

constexpr fault table[]{
    {"an event is shown before it is committed", p1, show_uncommitted},
    {"two sessions see another content", p2, show_otherwise},
    {"a session misses an event", p2, skip_view<false>},
    {"a session sees an event twice", p2, repeat_view<false>},
    {"a session sees two events swapped", p2, swap_views<false>},
    {"a user's stream changes", p2, change_stream},
    {"a session that resumes misses an event", p3, skip_view<true>},
    {"a session that resumes sees an event twice", p3, repeat_view<true>},
    {"a session that resumes sees two events swapped", p3, swap_views<true>},
    {"a session may not resume", p3, refuse_resume},
    {"a session resumes elsewhere", p3, resume_elsewhere},
    {"a session is not told that it resumes", p3, say_no_resume},
};

} // namespace

std::span<const fault> faults_of_sessions() {
  return table;
}

} // namespace convoy::history
