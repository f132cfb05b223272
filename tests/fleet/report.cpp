// SPDX-License-Identifier: Apache-2.0
#include "tests/fleet/report.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <optional>

namespace convoy::fleet {

namespace {

using namespace history;

double seconds(moment time) {
  return std::chrono::duration<double>(time).count();
}

/// What was measured in the course of one kind of trouble.
struct measured {
  std::vector<moment> recoveries;
  std::vector<moment> absences;
};

/// `12 (median 0.512 s, longest 1.250 s)`
std::string summary(std::vector<moment> all) {
  if (all.empty())
    return "none";
  std::ranges::sort(all);
  std::array<char, 96> text{};
  std::snprintf(text.data(), text.size(), "%zu (median %.3f s, longest %.3f s)",
                all.size(), seconds(all[all.size() / 2]), seconds(all.back()));
  return text.data();
}

class measurement {
public:
  void take(const fact& one) {
    now_ = one.at;
    std::visit([this](const auto& what) { on(what); }, one.what);
  }

  std::string text() const {
    std::string result;
    for (const auto& [kind, what] : kinds_)
      if (!what.recoveries.empty() || !what.absences.empty())
        result += kind + ": back on IRC " + summary(what.recoveries)
                  + "; without a connection " + summary(what.absences) + '\n';
    if (shortest_)
      result += "shortest time between two connections of one user: "
                + std::to_string(seconds(*shortest_)) + " s\n";
    return result;
  }

private:
  struct person {
    link_number link = 0; ///< the newest
    std::optional<moment> closed;
    std::string closed_by; ///< kind of trouble
    std::optional<moment> lost;
    std::string lost_by;
  };

  void on(const trouble& what) {
    kind_ = what.what.substr(0, what.what.find_first_of(" :"));
  }
  void on(const home_lost& what) {
    auto& who = people_[what.user];
    who.lost = what.limit == moment{} ? std::nullopt : std::optional(now_);
    who.lost_by = kind_;
  }
  void on(const irc_opened& what) {
    owners_[what.link] = what.user;
    auto& who = people_[what.user];
    who.link = what.link;
    if (!who.closed)
      return;
    const auto between = what.accepted - *who.closed;
    shortest_ = std::min(shortest_.value_or(between), between);
  }
  void on(const irc_closed& what) {
    auto& who = people_[owners_[what.link]];
    if (who.link != what.link)
      return;
    who.closed = now_;
    who.closed_by = kind_;
  }
  void on(const irc_joined& what) {
    auto& who = people_[owners_[what.link]];
    if (who.lost)
      kinds_[who.lost_by].recoveries.push_back(now_ - *who.lost);
    if (who.closed)
      kinds_[who.closed_by].absences.push_back(now_ - *who.closed);
    who.lost.reset();
    who.closed.reset();
  }
  template <class Other>
  void on(const Other&) {}

  moment now_{};
  std::string kind_ = "start";
  std::map<std::string, measured> kinds_;
  std::map<std::string, person> people_;
  std::map<link_number, std::string> owners_;
  std::optional<moment> shortest_;
};

} // namespace

std::string report(const std::vector<fact>& facts) {
  measurement all;
  for (const auto& each : facts)
    all.take(each);
  return all.text();
}

} // namespace convoy::fleet
