// SPDX-License-Identifier: Apache-2.0
#include "tests/history/spoiling.hpp"

#include <set>

namespace convoy::history {

namespace {

/// Rows of events that some session saw.
std::vector<place> seen_rows(history& facts) {
  const auto whose = owners(facts);
  std::set<std::pair<std::string, event_number>> seen;
  for (auto& each : facts)
    if (const auto* saw = as<session_saw>(each))
      seen.insert({whose.at(saw->session), saw->seq});
  return places<journal_has>(facts, [&](const auto& row) {
    return is_message(row.what.type) && seen.contains({row.user, row.seq});
  });
}

bool lose_row(history& facts) {
  const auto where = middle(seen_rows(facts));
  if (where)
    erase(facts, *where);
  return where.has_value();
}

bool swap_rows(history& facts) {
  const auto rows = seen_rows(facts);
  for (place i = 1; i < rows.size(); ++i) {
    auto& one = *as<journal_has>(facts[rows[i - 1]]);
    auto& other = *as<journal_has>(facts[rows[i]]);
    if (one.user != other.user || one.what.text == other.what.text)
      continue;
    std::swap(one.what, other.what);
    return true;
  }
  return false;
}

bool lose_last_row(history& facts) {
  const auto whose = owners(facts);
  for (const auto& [user, last] : last_rows(facts)) {
    const auto& row = *as<journal_has>(facts[last]);
    const auto views = places<session_saw>(facts, [&](const auto& saw) {
      return saw.seq == row.seq && whose.at(saw.session) == row.user;
    });
    if (views.empty())
      continue;
    erase(facts, last);
    return true;
  }
  return false;
}

/// A line is lost and nobody has seen it: all numbers behind it are one less.
bool lose_line(history& facts) {
  const auto rows = told_rows(facts);
  std::map<std::string, link_number> links;
  for (const auto i : places<irc_told>(facts))
    links[as<irc_told>(facts[i])->text] = as<irc_told>(facts[i])->link;
  // The next one of its connection vouches for it.
  const auto where =
      std::ranges::adjacent_find(rows, [&](place one, place next) {
        return links.at(as<journal_has>(facts[one])->what.text)
               == links.at(as<journal_has>(facts[next])->what.text);
      });
  if (where == rows.end())
    return false;
  const auto gone = *as<journal_has>(facts[*where]);
  const auto whose = owners(facts);
  const auto is_gone = [&](fact& each) {
    const auto* saw = as<session_saw>(each);
    const auto* row = as<journal_has>(each);
    return (saw && saw->seq == gone.seq && whose.at(saw->session) == gone.user)
           || (row && row->seq == gone.seq && row->user == gone.user);
  };
  facts.erase(std::remove_if(facts.begin(), facts.end(), is_gone), facts.end());
  const auto shift = [&](event_number& seq) {
    if (seq >= gone.seq)
      --seq;
  };
  for (auto& each : facts) {
    if (auto* row = as<journal_has>(each); row && row->user == gone.user)
      shift(row->seq);
    if (auto* end = as<journal_ended>(each); end && end->user == gone.user)
      shift(end->seq);
    if (auto* opened = as<session_opened>(each);
        opened && opened->since && opened->user == gone.user)
      shift(*opened->since);
    if (auto* saw = as<session_saw>(each);
        saw && whose.at(saw->session) == gone.user)
      shift(saw->seq);
    if (auto* loaded = as<session_loaded>(each);
        loaded && whose.at(loaded->session) == gone.user)
      shift(loaded->seq);
    if (auto* resumed = as<session_resumed>(each);
        resumed && whose.at(resumed->session) == gone.user) {
      shift(resumed->since);
      shift(resumed->seq);
    }
  }
  return true;
}

bool change_speaker(history& facts) {
  const auto where = middle(told_rows(facts));
  if (where)
    as<journal_has>(facts[*where])->what.from += "_";
  return where.has_value();
}

bool keep_line_twice(history& facts) {
  const auto where = middle(told_rows(facts));
  if (!where)
    return false;
  auto copy = *as<journal_has>(facts[*where]);
  const auto last = last_rows(facts).at(copy.user);
  copy.seq = as<journal_has>(facts[last])->seq + 1;
  facts.push_back({facts.back().at, copy});
  return true;
}

bool reorder_lines(history& facts) {
  std::set<std::string> kept;
  for (const auto i : told_rows(facts))
    kept.insert(as<journal_has>(facts[i])->what.text);
  std::map<link_number, place> before;
  for (const auto i : places<irc_told>(facts)) {
    auto& line = *as<irc_told>(facts[i]);
    if (!kept.contains(line.text))
      continue;
    const auto [at, is_first] = before.try_emplace(line.link, i);
    if (is_first)
      continue;
    std::swap(as<irc_told>(facts[at->second])->text, line.text);
    return true;
  }
  return false;
}

bool invent_line(history& facts) {
  const auto where = middle(told_rows(facts));
  if (where)
    as<journal_has>(facts[*where])->what.text += " and more";
  return where.has_value();
}

bool number_twice(history& facts) {
  const auto where = middle(places<journal_has>(facts));
  if (where)
    facts.push_back(facts[*where]);
  return where.has_value();
}

bool leave_gap(history& facts) {
  const auto last = last_rows(facts);
  const auto where = middle(places<journal_has>(facts, [&](const auto& row) {
    return as<journal_has>(facts[last.at(row.user)])->seq != row.seq;
  }));
  if (where)
    erase(facts, *where);
  return where.has_value();
}

bool lose_in_crash(history& facts) {
  const auto whose = owners(facts);
  for (const auto i : places<journal_ended>(facts)) {
    auto& end = *as<journal_ended>(facts[i]);
    const auto seen = places<session_saw>(facts, [&](const auto& saw) {
      return whose.at(saw.session) == end.user;
    });
    if (seen.empty() || seen.front() > i)
      continue;
    end.seq = as<session_saw>(facts[seen.front()])->seq - 1;
    return true;
  }
  return false;
}

constexpr auto p1 = promise::committed_before_shown;
constexpr auto p2 = promise::numbered_once;

constexpr fault table[]{
    {"an event that was shown is not in the journal", p1, lose_row},
    {"the last event that was shown is not in the journal", p1, lose_last_row},
    {"two rows of the journal are swapped", p1, swap_rows},
    {"a crash loses what was shown", p1, lose_in_crash},
    {"a line that was read is not in the journal", p1, lose_line},
    {"a line is kept as somebody else's", p1, change_speaker},
    {"a line is in the journal twice", p2, keep_line_twice},
    {"lines are kept in another order", p2, reorder_lines},
    {"the journal has a line that nobody said", p2, invent_line},
    {"a number is in the journal twice", p2, number_twice},
    {"the journal has a gap", p2, leave_gap},
};

} // namespace

std::span<const fault> faults_of_the_journal() {
  return table;
}

} // namespace convoy::history
