// SPDX-License-Identifier: Apache-2.0
#include "tests/history/spoiling.hpp"

namespace convoy::history {

namespace {

template <class Change>
bool change_counters(history& facts, Change change) {
  const auto where = middle(places<counters_kept>(
      facts, [](const auto& one) { return !one.conversation.empty(); }));
  if (where)
    change(*as<counters_kept>(facts[*where]));
  return where.has_value();
}

bool count_too_many(history& facts) {
  return change_counters(facts, [](auto& of) { ++of.unread; });
}

bool count_none(history& facts) {
  return change_counters(facts, [](auto& of) { of.unread = 0; });
}

bool notify_too_often(history& facts) {
  return change_counters(facts, [](auto& of) { ++of.notifications; });
}

constexpr fault table[]{
    {"one unread too many", promise::counted, count_too_many},
    {"nothing is unread", promise::counted, count_none},
    {"a notification too many", promise::counted, notify_too_often},
};

} // namespace

std::span<const fault> faults_of_counters() {
  return table;
}

} // namespace convoy::history
