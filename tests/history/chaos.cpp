// SPDX-License-Identifier: Apache-2.0
#include "tests/history/chaos.hpp"

#include "tests/history/store_probe.hpp"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <sys/resource.h>
#include <system_error>

namespace convoy::history {

namespace {

using scenarios::failure;

/// For anything that must come true, on a slow and busy machine.
constexpr milliseconds patience{120'000};
/// Longer than SQLite waits for a lock in Convoy.
constexpr milliseconds long_stall{11'000};
constexpr std::chrono::seconds long_run{60};
/// More than what an outbox and the sockets behind it hold.
constexpr std::size_t flood_lines = 16'000;

/// Bounds what files the process may write to, in bytes.
void limit_files(int process, rlim_t bytes) {
  rlimit now{};
  if (::prlimit(process, RLIMIT_FSIZE, nullptr, &now) == 0) {
    now.rlim_cur = std::min(bytes, now.rlim_max);
    if (::prlimit(process, RLIMIT_FSIZE, &now, nullptr) == 0)
      return;
  }
  throw std::system_error(errno, std::generic_category(), "prlimit");
}

} // namespace

chaos::chaos(const options& how)
    : how_(how),
      in_(how.seed),
      server_(in_.loop),
      began_(std::chrono::steady_clock::now()),
      irc_(in_),
      people_(in_, irc_, door_) {}

chaos::~chaos() = default;

void chaos::plant(const std::string& fault) {
  in_.frames = fault == "drop-frame"     ? meddler::habit::drop
               : fault == "repeat-frame" ? meddler::habit::repeat
               : fault == "swap-frames"  ? meddler::habit::swap
                                         : meddler::habit::none;
  if (fault == "repeat-line")
    in_.lines = meddler::habit::repeat;
}

void chaos::run() {
  plant(how_.plant);
  start_node();
  for (std::size_t i = 1; i <= how_.users; ++i) {
    people_.add_user("u" + std::to_string(i), how_.clients);
    await("all join", [this] { return people_.is_on_irc(); });
  }
  people_.act(true);
  const auto end = std::chrono::steady_clock::now() + how_.duration;
  while (std::chrono::steady_clock::now() < end)
    make_trouble();
  tell("come to rest");
  const crowd::waiting waiting = [this](const auto& what, const auto& done) {
    await(what, done);
  };
  people_.come_to_rest(waiting);
  tell("read all from the journal");
  people_.audit(waiting);
  in_.record.note(settled{});
}

void chaos::stop() {
  server_.signal(SIGTERM);
  if (const auto code = server_.wait_for_exit(patience); code != 0)
    throw failure("convoy serve ended with exit code " + std::to_string(code));
}

void chaos::look_into_store() {
  sqlite_probe(store_path()).note_all([this](fact_kind what) {
    in_.record.note(std::move(what));
  });
}

std::string chaos::log() const {
  return server_.log();
}

std::string chaos::store_path() const {
  return folder_.path() + "/store.db";
}

// -- the node and its users ---------------------------------------------------

void chaos::start_node() {
  const auto* search = std::getenv("PATH");
  server_.start(
      {how_.convoy,
       folder_.path(),
       {{"PATH", search ? search : ""}, {"HOME", folder_.path()}},
       {"--listen=127.0.0.1:" + std::to_string(port_), "--open-registration",
        "--irc-connect-delay=0.05", "--irc-connect-delay-max=0.5"}},
      patience);
  port_ = server_.public_port();
  door_.port = port_;
  in_.record.note(node_started{door_.node});
}

const std::string& chaos::some_user() {
  return in_.dice.one_of(people_.users());
}

// -- what goes wrong ----------------------------------------------------------

void chaos::make_trouble() {
  static const std::map<std::string, void (chaos::*)()> faults{
      {"kill", &chaos::kill_node},  {"stop", &chaos::stop_node},
      {"quit", &chaos::quit_irc},   {"stall", &chaos::stall_store},
      {"fail", &chaos::fail_store}, {"drop", &chaos::hang_up},
      {"flood", &chaos::flood}};
  calm();
  if (how_.faults.empty())
    return;
  // Each has its turn before one comes again.
  if (due_.empty())
    due_ = how_.faults;
  const auto next = in_.dice.one_of(due_);
  due_.erase(next);
  (this->*faults.at(next))();
}

void chaos::calm() {
  pass(in_.between(milliseconds(100), milliseconds(2500)));
}

void chaos::kill_node() {
  tell("kill");
  in_.record.note(node_killed{door_.node});
  ++in_.counts.kills;
  door_.port = 0;
  server_.signal(SIGKILL);
  server_.wait_for_exit(patience);
  begin_again();
}

/// What it has written by then it has to account for.
void chaos::stop_node() {
  tell("stop");
  ++in_.counts.stops;
  door_.port = 0;
  people_.go_on();
  server_.signal(SIGTERM);
  if (!in_.loop.wait(patience, [this] { return !server_.running(); }))
    throw failure("convoy does not stop");
  if (const auto code = server_.wait_for_exit(patience); code != 0)
    throw failure("convoy serve ended with exit code " + std::to_string(code));
  begin_again();
}

void chaos::begin_again() {
  // All that it has written before is read.
  people_.go_on();
  const auto is_over = [this] {
    return irc_.all_gone() && people_.is_away();
  };
  if (!in_.loop.wait(patience, is_over))
    throw failure("connections outlive their node");
  sqlite_probe store(store_path());
  store.note_ends([this](fact_kind what) { in_.record.note(std::move(what)); });
  damage(store);
  start_node();
}

/// A Convoy that forgets, changes or miscounts what it had committed: done in
/// its place to its store, while it does not run.
void chaos::damage(store_probe& store) const {
  static const std::multimap<std::string, const char*> ways{
      {"forget-last", "DELETE FROM journal WHERE seq >"
                      " (SELECT last_seq - 5 FROM users WHERE id = user_id)"},
      {"forget-last", "UPDATE users SET last_seq = last_seq - 5"},
      {"change-row", "UPDATE journal SET content = content || '!'"
                     " WHERE kind = 1 AND seq % 20 = 0"},
      {"count-once-more", "UPDATE conversations SET unread = unread + 1"}};
  const auto [first, last] = ways.equal_range(how_.plant);
  for (auto each = first; each != last; ++each)
    store.ask(each->second, [](const auto&) {});
}

void chaos::stall_store() {
  auto time = in_.between(milliseconds(100), milliseconds(3000));
  if (how_.duration >= long_run && in_.dice.percent(10))
    time = long_stall;
  tell("stall the store for " + std::to_string(time.count()) + " ms");
  ++in_.counts.stalls;
  {
    const scenarios::store_lock lock(store_path());
    pass(time);
  }
  if (how_.faults.contains("kill") && in_.dice.percent(30))
    kill_node();
}

void chaos::fail_store() {
  const auto time = in_.between(milliseconds(100), milliseconds(3000));
  tell("fail the store for " + std::to_string(time.count()) + " ms");
  ++in_.counts.failures;
  limit_files(server_.id(), 1);
  pass(time);
  if (how_.faults.contains("kill") && in_.dice.percent(30))
    return kill_node();
  limit_files(server_.id(), RLIM_INFINITY);
}

void chaos::quit_irc() {
  const auto& user = some_user();
  tell(user + " leaves IRC for a while");
  ++in_.counts.quits;
  people_.want_irc(user, false);
  await(user + " has left IRC", [&] { return irc_.has_gone(user); });
  do
    pass(in_.between(milliseconds(100), milliseconds(500)));
  while (!people_.want_irc(user, true));
}

void chaos::hang_up() {
  const auto& user = some_user();
  const auto polite = in_.dice.percent(50);
  tell("the IRC server " + std::string(polite ? "hangs up on " : "drops ")
       + user);
  irc_.hang_up(user, polite);
}

void chaos::flood() {
  const auto& user = some_user();
  tell("flood " + user);
  for (const auto& each : people_.clients())
    if (each->user() == user) {
      each->stall(in_.between(milliseconds(500), milliseconds(5000)));
      break;
    }
  irc_.flood(user, flood_lines);
  // It is much to read; what else goes wrong should have its time, too.
  if (how_.duration < long_run)
    how_.faults.erase("flood");
}

// -- waiting ------------------------------------------------------------------

void chaos::await(const std::string& what, const std::function<bool()>& done) {
  const auto is_over = [&] {
    return done() || !server_.running();
  };
  if (!in_.loop.wait(patience, is_over))
    throw failure("not in time: " + what + people_.who_waits());
  if (!server_.running())
    throw failure("convoy ended while this was waited for: " + what);
}

void chaos::pass(milliseconds time) {
  if (in_.loop.wait(time, [this] { return !server_.running(); }))
    throw failure("convoy ended by itself");
}

void chaos::tell(const std::string& phase) const {
  const std::chrono::duration<double> since =
      std::chrono::steady_clock::now() - began_;
  std::printf("%7.2f s  %s\n", since.count(), phase.c_str());
  std::fflush(stdout);
}

} // namespace convoy::history
