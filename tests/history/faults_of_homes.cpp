// SPDX-License-Identifier: Apache-2.0
#include "tests/history/spoiling.hpp"

namespace convoy::history {

namespace {

bool connect_twice(history& facts) {
  const auto links = places<irc_opened>(facts);
  for (std::size_t i = 0; i < links.size(); ++i)
    for (auto j = i + 1; j < links.size(); ++j) {
      const auto& first = *as<irc_opened>(facts[links[i]]);
      auto& next = *as<irc_opened>(facts[links[j]]);
      if (first.user != next.user)
        continue;
      next.beside = first.link;
      return true;
    }
  return false;
}

/// Somebody's home is lost, and none of their connections comes in time.
bool leave_homeless(history& facts) {
  const auto links = places<irc_opened>(facts);
  if (links.empty())
    return false;
  const auto last = links.back();
  const auto& user = as<irc_opened>(facts[last])->user;
  const auto at = facts[last].at;
  insert(facts, last + 1, {at, home_lost{user, "a", std::chrono::seconds(15)}});
  return true;
}

/// It takes longer than it may.
bool come_late(history& facts) {
  const auto links = places<irc_joined>(facts);
  if (links.empty())
    return false;
  const auto joined = as<irc_joined>(facts[links.back()])->link;
  const auto opened = places<irc_opened>(
      facts, [&](const auto& one) { return one.link == joined; });
  if (opened.empty())
    return false;
  const auto& user = as<irc_opened>(facts[opened[0]])->user;
  insert(facts, opened[0],
         {facts[links.back()].at - std::chrono::seconds(2),
          home_lost{user, "a", std::chrono::seconds(1)}});
  return true;
}

constexpr fault table[]{
    {"two connections of one user", promise::one_connection, connect_twice},
    {"a user whose home is gone has no other", promise::soon_back,
     leave_homeless},
    {"a user is on IRC again too late", promise::soon_back, come_late},
};

} // namespace

std::span<const fault> faults_of_homes() {
  return table;
}

} // namespace convoy::history
