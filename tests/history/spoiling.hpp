// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/history/faults.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

// What the faults are made with.
namespace convoy::history {

using history = std::vector<fact>;
using place = std::size_t;

template <class Kind>
Kind* as(fact& one) {
  return std::get_if<Kind>(&one.what);
}

/// Where the facts of that kind stand for which `wanted` holds.
template <class Kind, class Wanted>
std::vector<place> places(history& facts, Wanted wanted) {
  std::vector<place> result;
  for (place i = 0; i < facts.size(); ++i)
    if (const auto* what = as<Kind>(facts[i]); what && wanted(*what))
      result.push_back(i);
  return result;
}

template <class Kind>
std::vector<place> places(history& facts) {
  return places<Kind>(facts, [](const Kind&) { return true; });
}

/// The one in the middle.
inline std::optional<place> middle(const std::vector<place>& all) {
  return all.empty() ? std::nullopt : std::optional(all[all.size() / 2]);
}

inline void erase(history& facts, place where) {
  facts.erase(facts.begin() + static_cast<std::ptrdiff_t>(where));
}

inline void insert(history& facts, place where, fact what) {
  facts.insert(facts.begin() + static_cast<std::ptrdiff_t>(where),
               std::move(what));
}

/// Users by session.
std::map<std::string, std::string> owners(history& facts);
/// Where the last row of each user stands.
std::map<std::string, place> last_rows(history& facts);
/// Rows of what the IRC server said.
std::vector<place> told_rows(history& facts);

/// Faults of the journal, of what sessions were shown, of what they said, of
/// where users live, and of counters.
std::span<const fault> faults_of_the_journal();
std::span<const fault> faults_of_sessions();
std::span<const fault> faults_of_sends();
std::span<const fault> faults_of_homes();
std::span<const fault> faults_of_counters();

} // namespace convoy::history
