// SPDX-License-Identifier: Apache-2.0
#include "tests/history/chaos.hpp"

#include "tests/scenarios/runner/http.hpp"

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

std::string cookie_of(const scenarios::http_answer& answer) {
  for (const auto& [name, value] : answer.headers)
    if (value.starts_with("convos="))
      return value.substr(7, value.find(';') - 7);
  throw failure("no cookie: " + answer.body);
}

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
      irc_(in_) {}

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
  for (std::size_t i = 1; i <= how_.users; ++i)
    add_user("u" + std::to_string(i));
  irc_.talk(true);
  for (const auto& each : clients_)
    each->roam(true);
  const auto end = std::chrono::steady_clock::now() + how_.duration;
  while (std::chrono::steady_clock::now() < end)
    make_trouble();
  come_to_rest();
  audit();
  in_.record.note(settled{});
}

void chaos::stop() {
  server_.signal(SIGTERM);
  if (const auto code = server_.wait_for_exit(patience); code != 0)
    throw failure("convoy serve ended with exit code " + std::to_string(code));
}

void chaos::look_into_store() {
  store_probe(store_path()).note_all([this](fact_kind what) {
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

void chaos::add_user(const std::string& name) {
  const auto post = [&](const std::string& path, const std::string& body,
                        const std::string& cookie) {
    auto answer =
        call(in_.loop,
             {port_,
              "POST",
              path,
              {{"Content-Type", "application/json"}, {"Cookie", cookie}},
              body},
             patience);
    if (answer.status != 200)
      throw failure(path + " was answered " + std::to_string(answer.status)
                    + ": " + answer.body);
    return answer;
  };
  const auto cookie = cookie_of(post(
      "/api/user/register",
      R"({"email":")" + name + R"(@example.com","password":"correct horse"})",
      ""));
  post("/api/connections",
       R"({"url":"irc://127.0.0.1:)" + std::to_string(irc_.port()) + "/%23"
           + name + "?nick=" + name + R"(&tls=0"})",
       "convos=" + cookie);
  users_.push_back(name);
  await(name + " joins", [&] { return irc_.has_joined(name); });
  for (std::size_t i = 0; i < how_.clients; ++i)
    clients_.push_back(std::make_unique<client>(
        in_, name + static_cast<char>('a' + i), name, cookie, door_));
}

const std::string& chaos::some_user() {
  return in_.dice.one_of(users_);
}

// -- what goes wrong ----------------------------------------------------------

void chaos::make_trouble() {
  static const std::map<std::string, void (chaos::*)()> faults{
      {"kill", &chaos::kill_node},
      {"stall", &chaos::stall_store},
      {"fail", &chaos::fail_store},
      {"drop", &chaos::hang_up},
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
  // All that it has written before is read.
  for (const auto& each : clients_)
    each->go_on();
  const auto is_over = [this] {
    return irc_.all_gone()
           && std::ranges::all_of(
               clients_, [](const auto& each) { return each->is_away(); });
  };
  if (!in_.loop.wait(patience, is_over))
    throw failure("connections outlive their node");
  store_probe(store_path()).note_ends([this](fact_kind what) {
    in_.record.note(std::move(what));
  });
  start_node();
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
  for (const auto& each : clients_)
    if (each->user() == user) {
      each->stall(in_.between(milliseconds(500), milliseconds(5000)));
      break;
    }
  irc_.flood(user, flood_lines);
  // It is much to read; what else goes wrong should have its time, too.
  if (how_.duration < long_run)
    how_.faults.erase("flood");
}

// -- the end ------------------------------------------------------------------

void chaos::come_to_rest() {
  tell("come to rest");
  irc_.talk(false);
  for (const auto& each : clients_)
    each->roam(false);
  await("everybody is back", [this] {
    return std::ranges::all_of(
               users_,
               [this](const auto& user) { return irc_.has_joined(user); })
           && std::ranges::all_of(
               clients_, [](const auto& each) { return each->is_at_rest(); });
  });
  irc_.ask_all();
  await("all lines are read", [this] { return irc_.all_answered(); });
  std::map<std::string, std::string> last;
  for (const auto& user : users_)
    last[user] = irc_.say(user);
  await("all have seen the last line", [&] {
    return std::ranges::all_of(clients_, [&](const auto& each) {
      return each->is_at_rest() && each->last_text() == last[each->user()];
    });
  });
}

void chaos::audit() {
  tell("read all from the journal");
  const auto roaming = clients_.size();
  for (std::size_t i = 0; i < roaming; i += how_.clients) {
    auto& known = *clients_[i];
    clients_.push_back(std::make_unique<client>(known, known.user() + "-all"));
    clients_.back()->come_again(0, known.stream());
  }
  await("all is read", [&] {
    for (auto i = roaming; i < clients_.size(); ++i)
      if (clients_[i]->place()
          != clients_[(i - roaming) * how_.clients]->place())
        return false;
    return true;
  });
}

// -- waiting ------------------------------------------------------------------

void chaos::await(const std::string& what, const std::function<bool()>& done) {
  const auto is_over = [&] {
    return done() || !server_.running();
  };
  if (!in_.loop.wait(patience, is_over))
    throw failure("not in time: " + what + who_waits());
  if (!server_.running())
    throw failure("convoy ended while this was waited for: " + what);
}

void chaos::pass(milliseconds time) {
  if (in_.loop.wait(time, [this] { return !server_.running(); }))
    throw failure("convoy ended by itself");
}

std::string chaos::who_waits() const {
  std::string result;
  for (const auto& user : users_)
    if (!irc_.has_joined(user))
      result += '\n' + user + " is not on IRC";
  for (const auto& each : clients_)
    result += '\n' + each->wants();
  return result;
}

void chaos::tell(const std::string& phase) const {
  const std::chrono::duration<double> since =
      std::chrono::steady_clock::now() - began_;
  std::printf("%7.2f s  %s\n", since.count(), phase.c_str());
  std::fflush(stdout);
}

} // namespace convoy::history
