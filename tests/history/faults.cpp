// SPDX-License-Identifier: Apache-2.0
#include "tests/history/faults.hpp"

#include "tests/history/spoiling.hpp"

#include <set>

namespace convoy::history {

std::map<std::string, std::string> owners(history& facts) {
  std::map<std::string, std::string> result;
  for (auto& each : facts)
    if (const auto* opened = as<session_opened>(each))
      result[opened->session] = opened->user;
  return result;
}

std::map<std::string, place> last_rows(history& facts) {
  std::map<std::string, place> result;
  for (const auto i : places<journal_has>(facts)) {
    auto& last =
        result.try_emplace(as<journal_has>(facts[i])->user, i).first->second;
    if (as<journal_has>(facts[i])->seq > as<journal_has>(facts[last])->seq)
      last = i;
  }
  return result;
}

std::vector<place> told_rows(history& facts) {
  std::set<std::string> told;
  for (const auto i : places<irc_told>(facts))
    told.insert(as<irc_told>(facts[i])->text);
  return places<journal_has>(facts, [&](const auto& row) {
    return is_message(row.what.type) && told.contains(row.what.text);
  });
}

std::vector<fault> faults() {
  std::vector<fault> result;
  for (const auto& some :
       {faults_of_the_journal(), faults_of_sessions(), faults_of_sends(),
        faults_of_homes(), faults_of_counters()})
    result.insert(result.end(), some.begin(), some.end());
  return result;
}

std::vector<const char*> missed_faults(const std::vector<fact>& facts,
                                       std::size_t& applied) {
  std::vector<const char*> missed;
  applied = 0;
  for (const auto& each : faults()) {
    auto spoilt = facts;
    if (!each.plant(spoilt))
      continue;
    ++applied;
    if (std::ranges::none_of(check(spoilt), [&](const auto& found) {
          return found.broken == each.broken;
        }))
      missed.push_back(each.name);
  }
  return missed;
}

} // namespace convoy::history
