// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/load.hpp"

#include "tests/bench/websocket_frame.hpp"

#include <fstream>
#include <stdexcept>

namespace convoy::bench {

namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::size_t opening_at_once = 64;

/// The cookies of a file of `email<TAB>cookie` lines.
std::vector<std::string> read_cookies(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> result;
  for (std::string line; std::getline(file, line);)
    result.push_back(line.substr(line.find('\t') + 1));
  if (result.empty())
    throw std::runtime_error("no cookies in " + path);
  return result;
}

} // namespace

std::map<std::string, std::string> load::common_options() {
  return {{"irc-fd", ""},          {"irc-users", "0"}, {"cookies", ""},
          {"server-cpu", "0"},     {"load-cpu", "1"},  {"log", ""},
          {"seconds", "60"},       {"sessions", "1"},  {"count", "1000"},
          {"setup-seconds", "120"}};
}

load::load(const options& chosen)
    : cookies_(read_cookies(chosen.text("cookies"))),
      irc_users_(static_cast<std::size_t>(chosen.number("irc-users"))),
      limit_ns_(chosen.number("seconds") * second),
      set_up_limit_ns_(chosen.number("setup-seconds") * second),
      irc_(events_, unique_fd(static_cast<int>(chosen.number("irc-fd"))),
           irc_users_),
      server_(events_, chosen.command(), chosen.number("server-cpu"),
              chosen.text("log")) {}

void load::await_users() {
  set_up([this] { return server_.port() != 0; }, "the server listens");
  set_up([this] { return irc_.joined() >= irc_users_; }, "all users joined");
}

void load::open_sessions(std::size_t count) {
  open_.resize(count);
  set_up(
      [this, count] {
        while (sessions_.size() < count
               && sessions_.size() - open_count_ < opening_at_once) {
          const auto index = sessions_.size();
          sessions_.push_back(std::make_unique<websocket_client>(
              events_, server_.port(), cookies_[user_of(index)], index, *this));
        }
        return open_count_ == count;
      },
      "all sessions are open");
}

load::cost load::measure(const loop::step& next) {
  const auto started = monotonic_ns();
  const auto used = server_.cpu_ns();
  cost result;
  result.cut = !events_.run(next, started + limit_ns_);
  result.cpu_ns = static_cast<double>(server_.cpu_ns() - used);
  result.seconds = static_cast<double>(monotonic_ns() - started) / second;
  return result;
}

void load::require(bool measurable) {
  if (!measurable)
    throw std::runtime_error("time was up before the load could be measured");
}

void load::on_open(std::size_t index) {
  std::string ping;
  append_masked(ping, opcode::text, R"({"method":"ping","id":"open"})");
  session(index).send(ping);
}

void load::on_text(std::size_t index, std::string_view text, std::int64_t now) {
  if (open_[index]) {
    on_event(index, text, now);
  } else if (text.find(R"("id":"open")") != std::string_view::npos) {
    open_[index] = true;
    ++open_count_;
  }
}

void load::on_idle(std::size_t) {}

void load::set_up(const std::function<bool()>& done, const char* what) {
  const auto next = [&done] {
    return done() ? loop::finished : loop::never;
  };
  if (!events_.run(next, monotonic_ns() + set_up_limit_ns_))
    throw std::runtime_error(std::string("waited too long until ") + what);
}

} // namespace convoy::bench
