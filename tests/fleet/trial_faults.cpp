// SPDX-License-Identifier: Apache-2.0
#include "tests/fleet/session_ends.hpp"
#include "tests/fleet/trial.hpp"

#include <algorithm>
#include <csignal>
#include <exception>
#include <future>

namespace convoy::fleet {

namespace {

using namespace history;
using scenarios::failure;

/// Nobody is moved before nothing has happened to the fleet for six leases, and
/// a machine that is busy makes it look as if something had.
constexpr std::chrono::minutes until_even{5};

} // namespace

const std::vector<trial::fault>& trial::faults() {
  static const std::vector<fault> all{
      {"kill", &trial::kill_node},
      {"bus", &trial::kill_bus},
      {"postgres", &trial::crash_postgres},
      {"freeze", &trial::freeze_node},
      {"cut-postgres", &trial::cut_postgres},
      {"cut-bus", &trial::cut_bus},
      {"cut-all", &trial::cut_all},
      {"vanish", &trial::vanish},
      {"clock", &trial::jump_clock},
      {"drain", &trial::drain_node},
      {"uneven", &trial::lose_and_even_out},
      {"schema", &trial::change_schema},
  };
  return all;
}

void trial::kill_node() {
  auto& one = some_node();
  tell("kill " + one.name());
  ++in_.counts.kills;
  in_.record.note(node_killed{one.name()});
  down_ = &one;
  lose_homes(one, {});
  one.signal(SIGKILL);
  one.wait_for_exit(patience);
  // What has been shown until now is there.
  fleet_.store().look()->note_ends(
      [this](fact_kind what) { in_.record.note(std::move(what)); });
  pass(in_.between(milliseconds(0), how_.lease * 2));
  start_again(one);
}

void trial::kill_bus() {
  tell("kill bus");
  fleet_.bus().end(SIGKILL, patience);
  pass(in_.between(milliseconds(0), how_.lease * 2));
  fleet_.bus().start(patience);
}

void trial::crash_postgres() {
  tell("postgres crashes");
  if (how_.lease < long_lease)
    lose_all();
  fleet_.store().crash();
  fleet_.store().start();
}

void trial::freeze_node() {
  auto& one = some_node();
  tell("freeze " + one.name());
  in_.record.note(node_killed{one.name()});
  down_ = &one;
  lose_homes(one, how_.lease);
  one.signal(SIGSTOP);
  pass(long_time());
  one.signal(SIGCONT);
  // Its guard has ended it; else it goes on without its users.
  pass(milliseconds(500));
  if (!one.running())
    start_again(one);
  down_ = nullptr;
}

void trial::cut(node& whom, const std::string& from,
                const std::function<void(tcp_gate::passage)>& set) {
  const auto is_long = in_.dice.percent(70);
  const auto is_silent = in_.dice.percent(60);
  tell("cut " + whom.name() + " from " + from
       + (is_long ? " for long" : " for a moment")
       + (is_silent ? ", silently" : ""));
  if (is_long && from != "bus")
    lose_homes(whom, how_.lease);
  set(is_silent ? tcp_gate::passage::silent : tcp_gate::passage::refused);
  pass(is_long ? long_time() : short_time());
  set(tcp_gate::passage::open);
}

void trial::cut_postgres() {
  auto& one = some_node();
  cut(one, "postgres", [&](auto way) { one.to_postgres().set(way); });
}

void trial::cut_bus() {
  auto& one = some_node();
  cut(one, "bus", [&](auto way) { one.to_bus().set(way); });
}

void trial::cut_all() {
  auto& one = some_node();
  cut(one, "all", [&](auto way) { one.set_all(way); });
}

/// As a machine that has no current any more: nobody hears of its end.
void trial::vanish() {
  const auto begun = in_.record.facts().size();
  const auto ends_at = [&](const node& which) {
    return ends_of_sessions(in_.record.facts(), which.name(), begun);
  };
  // One that has just come has no sessions yet.
  auto& one = **std::ranges::max_element(
      fleet_.nodes(), {}, [&](const auto& each) { return ends_at(*each).all; });
  tell("vanish " + one.name());
  const auto ends = [&] {
    return ends_at(one);
  };
  lose_homes(one, how_.lease);
  one.set_all(tcp_gate::passage::silent);
  await("HAProxy ends the sessions of " + one.name(),
        [&] { return ends().open == 0; });
  const auto done = ends();
  tell("ended: " + to_string(done));
  // Nobody waits so long that all go by themselves.
  if (done.cut == 0)
    throw failure("HAProxy has ended no session of " + one.name());
  await("all are on IRC from elsewhere",
        [this] { return people_.is_on_irc(); });
  one.set_all(tcp_gate::passage::open);
}

void trial::jump_clock() {
  auto jumps = 0;
  for (const auto& each : fleet_.nodes()) {
    if (!each->has_clock())
      continue;
    const auto by = std::chrono::hours(in_.dice.percent(50) ? 1 : -1);
    tell("clock of " + each->name() + " jumps by " + std::to_string(by.count())
         + " h");
    each->shift_clock(by);
    await_clock(*each, by);
    pass(how_.lease * 3 / 2);
    each->shift_clock(std::chrono::seconds(0));
    await_clock(*each, std::chrono::seconds(0));
    pass(how_.lease / 2);
    ++jumps;
  }
  if (jumps == 0)
    throw failure("no node has a clock that can be set");
}

void trial::await_clock(node& whose, std::chrono::seconds shift) {
  await("the clock of " + whose.name() + " is set", [&] {
    const auto now = whose.clock_shift();
    // Its answer has been under way.
    return now && std::chrono::abs(*now - shift) < patience;
  });
}

void trial::drain_node() {
  for (const auto& each : fleet_.nodes()) {
    tell("drain " + each->name());
    down_ = each.get();
    disturbed_.insert(each->name());
    const auto begun = in_.record.facts().size();
    each->signal(SIGTERM);
    if (const auto code = each->wait_for_exit(patience); code != 0)
      throw failure(each->name() + " ended with exit code "
                    + std::to_string(code));
    expect_told(*each, begun);
    start_again(*each);
    recover();
  }
}

void trial::expect_told(const node& whom, std::size_t begun) {
  const auto ends = [&] {
    return ends_of_sessions(in_.record.facts(), whom.name(), begun);
  };
  await("the sessions of " + whom.name() + " end",
        [&] { return ends().open == 0; });
  const auto done = ends();
  tell("ended: " + to_string(done));
  if (done.cut > 0)
    throw failure("sessions of " + whom.name() + " were cut");
}

void trial::lose_and_even_out() {
  kill_node();
  recover();
  tell("homes even out");
  // What a node may have before it lets anybody go.
  const auto share = how_.users / fleet_.nodes().size() + 1;
  const auto most = share + std::max<std::size_t>(share / 10, 3);
  const auto are_even = [&] {
    auto fullest = how_.users;
    fleet_.store().look()->ask(
        "SELECT MAX(count) FROM (SELECT COUNT(*) FROM users"
        " GROUP BY home_epoch) AS homes",
        [&](const store_probe::row& one) { fullest = std::stoull(one[0]); });
    return fullest <= most;
  };
  await("homes are even", are_even, until_even);
}

void trial::change_schema() {
  tell("schema changes");
  const auto change = [this](const std::string& sql) {
    // Those who had to wait have to do what has piled up.
    auto pause = milliseconds(500);
    for (const auto end = in_.record.now() + patience;; pause *= 2)
      try {
        // All that the nodes ask PostgreSQL goes through this thread: what
        // waits for their transactions must not hold it.
        auto done = std::async(std::launch::async,
                               [&] { fleet_.store().look()->run(sql); });
        while (done.wait_for(milliseconds(0)) != std::future_status::ready)
          pass(milliseconds(10));
        return done.get();
      } catch (const std::exception&) {
        if (in_.record.now() > end)
          throw;
        pass(pause);
      }
  };
  change("ALTER TABLE users ADD COLUMN of_a_later_version TEXT");
  change("INSERT INTO schema_steps SELECT MAX(version) + 1 FROM schema_steps");
  const auto late = fleet_.make_node("late");
  late->start();
  if (late->wait_for_exit(patience) == 0
      || late->log().find("schema") == std::string::npos)
    throw failure("a node starts with the schema of a later version: "
                  + late->log());
  pass(how_.lease);
  change("DELETE FROM schema_steps WHERE version ="
         " (SELECT MAX(version) FROM schema_steps)");
  change("ALTER TABLE users DROP COLUMN of_a_later_version");
}

void trial::lose_homes(const node& whom, moment grace) {
  disturbed_.insert(whom.name());
  fleet_.store().look()->ask(
      "SELECT email FROM users JOIN nodes ON epoch = home_epoch WHERE name = '"
          + whom.name() + "'",
      [&](const store_probe::row& one) {
        in_.record.note(home_lost{one[0].substr(0, one[0].find('@')),
                                  whom.name(), limit(), grace});
      });
}

void trial::lose_all() {
  for (const auto& each : fleet_.nodes())
    disturbed_.insert(each->name());
  for (const auto& each : people_.users())
    in_.record.note(home_lost{each, "all", {}, how_.lease});
}

void trial::start_again(node& whom) {
  whom.start();
  down_ = nullptr;
  in_.record.note(node_started{whom.name()});
}

} // namespace convoy::fleet
