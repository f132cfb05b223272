// SPDX-License-Identifier: Apache-2.0
#include "tests/history/crowd.hpp"

#include "tests/scenarios/runner/failure.hpp"
#include "tests/scenarios/runner/http.hpp"

#include <algorithm>
#include <map>

namespace convoy::history {

namespace {

using scenarios::failure;

/// For one answer, on a slow and busy machine.
constexpr milliseconds patience{60'000};

/// A connection is still being closed.
constexpr unsigned not_yet = 424;

std::string cookie_of(const scenarios::http_answer& answer) {
  for (const auto& [name, value] : answer.headers)
    if (value.starts_with("convos="))
      return value.substr(7, value.find(';') - 7);
  throw failure("no cookie: " + answer.body);
}

} // namespace

scenarios::http_answer crowd::post(const std::string& path,
                                   const std::string& body,
                                   const std::string& cookie) {
  auto answer =
      call(in_.loop,
           {door_.port,
            "POST",
            path,
            {{"Content-Type", "application/json"}, {"Cookie", cookie}},
            body},
           patience);
  if (answer.status != 200 && answer.status != not_yet)
    throw failure(path + " was answered " + std::to_string(answer.status) + ": "
                  + answer.body);
  return answer;
}

void crowd::add_user(const std::string& name, std::size_t devices) {
  const auto cookie = cookie_of(post(
      "/api/user/register",
      R"({"email":")" + name + R"(@example.com","password":"correct horse"})",
      ""));
  post("/api/connections",
       R"({"url":"irc://127.0.0.1:)" + std::to_string(irc_.port()) + "/%23"
           + name + "?nick=" + name + R"(&tls=0"})",
       "convos=" + cookie);
  users_.push_back(name);
  cookies_[name] = "convos=" + cookie;
  for (std::size_t i = 0; i < devices; ++i)
    clients_.push_back(std::make_unique<client>(
        in_, name + static_cast<char>('a' + i), name, cookie, door_,
        i % 2 == 0 ? protocol::ts_format::epoch : protocol::ts_format::iso));
}

bool crowd::want_irc(const std::string& name, bool wanted) {
  const auto* state = wanted ? "connected" : "disconnected";
  const auto answer = post(
      "/api/connection/irc-localhost",
      std::string(R"({"wanted_state":")") + state + R"("})", cookies_.at(name));
  return answer.status != not_yet;
}

bool crowd::is_on_irc() const {
  return std::ranges::all_of(
      users_, [this](const auto& user) { return irc_.has_joined(user); });
}

bool crowd::is_away() const {
  return std::ranges::all_of(clients_,
                             [](const auto& each) { return each->is_away(); });
}

void crowd::act(bool on) {
  irc_.talk(on);
  for (const auto& each : clients_)
    each->roam(on);
}

void crowd::go_on() {
  for (const auto& each : clients_)
    each->go_on();
}

void crowd::come_to_rest(const waiting& await) {
  act(false);
  await("everybody is back", [this] {
    return is_on_irc() && std::ranges::all_of(clients_, [](const auto& each) {
             return each->is_at_rest();
           });
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

void crowd::audit(const waiting& await) {
  std::map<std::string, client*> known;
  for (const auto& each : clients_)
    known[each->user()] = each.get();
  std::vector<std::pair<client*, client*>> readers;
  for (const auto& [user, like] : known) {
    clients_.push_back(std::make_unique<client>(*like, user + "-all"));
    clients_.back()->come_again(0, like->stream());
    readers.emplace_back(clients_.back().get(), like);
  }
  await("all is read", [&] {
    return std::ranges::all_of(readers,
                               [](const auto& each) {
                                 return each.first->place()
                                        == each.second->place();
                               })
           && std::ranges::all_of(
               clients_, [](const auto& each) { return each->is_at_rest(); });
  });
}

std::string crowd::who_waits() const {
  std::string result;
  for (const auto& user : users_)
    if (!irc_.has_joined(user))
      result += '\n' + user + " is not on IRC";
  for (const auto& each : clients_)
    result += '\n' + each->wants();
  return result;
}

} // namespace convoy::history
