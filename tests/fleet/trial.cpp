// SPDX-License-Identifier: Apache-2.0
#include "tests/fleet/trial.hpp"

#include "tests/scenarios/runner/http.hpp"

#include <algorithm>
#include <csignal>
#include <cstdio>

namespace convoy::fleet {

namespace {

using namespace history;
using scenarios::failure;

/// Everybody says something every few seconds.
constexpr int leisure = 40;
constexpr milliseconds glance{200};

/// HTTP status for who logs in too often.
constexpr unsigned too_many_requests = 429;

meddler::habit habit_of(const std::string& plant) {
  return plant == "drop-frame"     ? meddler::habit::drop
         : plant == "repeat-frame" ? meddler::habit::repeat
         : plant == "swap-frames"  ? meddler::habit::swap
                                   : meddler::habit::none;
}

} // namespace

trial::trial(const options& how)
    : how_(how),
      in_(how.seed),
      fleet_(in_.loop, how),
      irc_(in_),
      people_(in_, irc_, door_) {
  in_.pace = leisure;
  in_.frames = habit_of(how.plant);
  if (how.plant == "repeat-line")
    in_.lines = meddler::habit::repeat;
}

trial::~trial() = default;

void trial::run() {
  begin();
  std::vector<fault> all;
  std::ranges::copy_if(faults(), std::back_inserter(all), [&](const auto& one) {
    return how_.faults.contains(one.name);
  });
  // Each has its turn, in some order.
  for (auto left = all.size(); left > 1; --left)
    std::swap(all[left - 1], all[in_.dice.below(left)]);
  for (const auto& each : all)
    make(each);
  const auto end = in_.record.now() + how_.duration;
  while (!all.empty() && in_.record.now() < end)
    make(in_.dice.one_of(all));
  tell("come to rest");
  const crowd::waiting waiting = [this](const auto& what, const auto& done) {
    await(what, done);
  };
  people_.come_to_rest(waiting);
  tell("read all from the journal");
  people_.audit(waiting);
  plant(how_.plant);
  look_for_lost_leases();
  in_.record.note(settled{});
  if (!unexpected_.empty())
    throw failure("nothing was done to these nodes:" + unexpected_);
}

void trial::begin() {
  door_.port = fleet_.port();
  std::map<std::string, std::string> nodes;
  for (const auto& each : fleet_.nodes())
    nodes[each->irc_address()] = each->name();
  irc_.know(std::move(nodes));
  fleet_.start();
  await_nodes();
  const auto end = in_.record.now() + patience;
  while (!fleet_.serves_people() && in_.record.now() < end)
    pass(glance);
  for (const auto& each : fleet_.nodes())
    in_.record.note(node_started{each->name()});
  tell(std::to_string(how_.users) + " users come");
  for (std::size_t i = 1; i <= how_.users; ++i)
    people_.add_user("u" + std::to_string(i), 1 + i % 2);
  expect_no_login();
  await("all are on IRC", [this] { return people_.is_on_irc(); });
  people_.act(true);
  look_for_lost_leases();
  tell(who_lives_where());
}

void trial::expect_no_login() {
  for (const auto& each : fleet_.nodes()) {
    // Who could not ask the others in time has let somebody in without.
    if (each->log().find(" event=fleet-budget-unknown") != std::string::npos) {
      tell("logins: " + each->name() + " has counted alone for a while");
      return;
    }
  }
  const auto body = R"({"email":")" + people_.users().front()
                    + R"(@example.com","password":"correct horse"})";
  for (const auto& each : fleet_.nodes()) {
    const auto answer = call(in_.loop,
                             {each->public_port(),
                              "POST",
                              "/api/user/login",
                              {{"Content-Type", "application/json"}},
                              body},
                             patience);
    if (answer.status != too_many_requests)
      throw failure(each->name() + " has answered one login too many with "
                    + std::to_string(answer.status));
  }
}

void trial::make(const fault& what) {
  // Things are normal for a while.
  pass(in_.between(milliseconds(500), milliseconds(2000)));
  (this->*what.make)();
  recover();
}

void trial::plant(const std::string& what) {
  if (what != "second-connection")
    return;
  rogue_ = std::make_unique<scenarios::line_peer>(in_.loop.io(), "127.0.0.1",
                                                  irc_.port());
  rogue_->send("NICK " + people_.users().front());
  pass(milliseconds(500));
  rogue_.reset();
}

void trial::look_into_store() {
  fleet_.store().look()->note_all(
      [this](fact_kind what) { in_.record.note(std::move(what)); });
}

void trial::stop() {
  // Nobody is to come again.
  door_.port = 0;
  for (const auto& each : fleet_.nodes())
    each->signal(SIGTERM);
  for (const auto& each : fleet_.nodes())
    if (const auto code = each->wait_for_exit(patience); code != 0)
      throw failure(each->name() + " ended with exit code "
                    + std::to_string(code));
}

// -- waiting ------------------------------------------------------------------

void trial::recover() {
  await("all are on IRC again", [this] { return people_.is_on_irc(); });
  await_nodes();
  look_for_lost_leases();
  tell(who_lives_where());
}

void trial::look_for_lost_leases() {
  const auto probe = fleet_.store().look();
  probe->ask("SELECT name, epoch FROM nodes", [this](const auto& one) {
    const auto known = epochs_.find(one[0]);
    const auto is_lost = known != epochs_.end() && known->second != one[1]
                         && !disturbed_.contains(one[0]);
    epochs_[one[0]] = one[1];
    if (!is_lost)
      return;
    const auto what =
        one[0] + " has lost its lease by itself" + reason_of_loss(one[0]);
    tell(what);
    if (how_.lease >= long_lease)
      unexpected_ += '\n' + what;
    for (const auto& [user, home] : homes_)
      if (home == one[0])
        in_.record.note(home_lost{user, home, {}});
  });
  homes_.clear();
  disturbed_.clear();
  probe->ask("SELECT email, name FROM users JOIN nodes ON epoch = home_epoch",
             [this](const auto& one) {
               homes_[one[0].substr(0, one[0].find('@'))] = one[1];
             });
}

std::string trial::reason_of_loss(const std::string& name) const {
  for (const auto& each : fleet_.nodes()) {
    if (each->name() != name)
      continue;
    const auto log = each->log();
    const auto begin = log.rfind(" event=lease-lost");
    if (begin != log.npos)
      return ':' + log.substr(begin, log.find('\n', begin) - begin);
  }
  return {};
}

/// It costs a look at everybody, and all traffic goes through this thread.
void trial::await(const std::string& what, const std::function<bool()>& done,
                  std::chrono::seconds limit) {
  const auto end = in_.record.now() + limit;
  while (!done()) {
    if (in_.record.now() > end)
      throw failure("not in time: " + what + people_.who_waits());
    pass(glance);
  }
}

void trial::await_nodes() {
  const auto end = in_.record.now() + patience;
  for (const auto& each : fleet_.nodes())
    while (!each->is_ready()) {
      if (in_.record.now() > end)
        throw failure(each->name() + " is not ready in time");
      pass(glance);
    }
}

void trial::pass(milliseconds time) {
  if (in_.loop.wait(time, [this] { return fallen(); }))
    throw failure(fallen()->name() + " ended by itself");
}

const node* trial::fallen() {
  for (const auto& each : fleet_.nodes())
    if (!each->running() && each.get() != down_)
      return each.get();
  return nullptr;
}

void trial::tell(const std::string& what) {
  in_.record.note(trouble{what});
  std::printf("%7.2f s  %s\n",
              std::chrono::duration<double>(in_.record.now()).count(),
              what.c_str());
  std::fflush(stdout);
}

std::string trial::who_lives_where() {
  std::string result = "calm:";
  fleet_.store().look()->ask(
      "SELECT name, (SELECT COUNT(*) FROM users WHERE home_epoch = epoch)"
      " FROM nodes ORDER BY name",
      [&](const store_probe::row& one) {
        result += ' ' + one[0] + ' ' + one[1];
      });
  return result;
}

node& trial::some_node() {
  return *in_.dice.one_of(fleet_.nodes());
}

milliseconds trial::long_time() {
  return in_.between(how_.lease * 3 / 2, how_.lease * 2);
}

milliseconds trial::short_time() const {
  return milliseconds(how_.lease) / 3;
}

moment trial::limit() const {
  return how_.lease + std::chrono::seconds(5);
}

} // namespace convoy::fleet
