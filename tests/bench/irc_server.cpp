// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/irc_server.hpp"

#include <fmt/format.h>

#include <charconv>
#include <stdexcept>
#include <string>
#include <utility>

namespace convoy::bench {

namespace {

/// The words of a line up to its trailing parameter, which comes last.
std::vector<std::string_view> words(std::string_view line) {
  std::vector<std::string_view> result;
  while (!line.empty()) {
    if (line.front() == ':') {
      result.push_back(line.substr(1));
      break;
    }
    const auto end = std::min(line.find(' '), line.size());
    if (end > 0)
      result.push_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return result;
}

/// Which user the nick u1, u2 … belongs to, from 0.
std::size_t user_of(std::string_view nick) {
  std::size_t number = 0;
  const auto* end = nick.data() + nick.size();
  if (!nick.starts_with('u')
      || std::from_chars(nick.data() + 1, end, number).ptr != end
      || number == 0)
    throw std::runtime_error("irc: not a nick of this bench: "
                             + std::string(nick));
  return number - 1;
}

} // namespace

/// One user's connection.
class irc_server::link final : public stream_socket {
public:
  link(irc_server& server, unique_fd fd)
      : stream_socket(server.loop_, std::move(fd)), server_(server) {}

private:
  std::size_t received(std::string_view bytes) override {
    std::size_t used = 0;
    std::string answer;
    for (;;) {
      const auto end = bytes.find('\n', used);
      if (end == std::string_view::npos)
        break;
      auto line = bytes.substr(used, end - used);
      used = end + 1;
      if (line.ends_with('\r'))
        line.remove_suffix(1);
      respond(words(line), answer);
    }
    if (!answer.empty())
      send(answer);
    return used;
  }

  void closed(const std::string& reason) override {
    throw std::runtime_error(fmt::format("irc: {}: {}", nick_, reason));
  }

  void respond(const std::vector<std::string_view>& words,
               std::string& answer) {
    if (words.size() < 2)
      return;
    const auto command = words[0];
    const auto argument = words[1];
    auto out = std::back_inserter(answer);
    if (command == "CAP" && argument == "LS") {
      capabilities_ = true;
      fmt::format_to(out, ":irc.bench CAP * LS :\r\n");
    } else if (command == "CAP" && argument == "END") {
      capabilities_ = false;
      welcome(answer);
    } else if (command == "NICK") {
      nick_ = argument;
      welcome(answer);
    } else if (command == "USER") {
      user_ = true;
      welcome(answer);
    } else if (command == "PING") {
      fmt::format_to(out, ":irc.bench PONG irc.bench :{}\r\n", argument);
    } else if (command == "JOIN") {
      fmt::format_to(out,
                     ":{0}!{0}@bench JOIN {1}\r\n"
                     ":irc.bench 353 {0} = {1} :{0} bob\r\n"
                     ":irc.bench 366 {0} {1} :End of /NAMES list\r\n",
                     nick_, argument);
      server_.on_joined();
    }
  }

  void welcome(std::string& answer) {
    if (welcomed_ || capabilities_ || !user_ || nick_.empty())
      return;
    welcomed_ = true;
    fmt::format_to(
        std::back_inserter(answer),
        ":irc.bench 001 {0} :Welcome to the bench {0}\r\n"
        ":irc.bench 005 {0} CHANTYPES=# PREFIX=(ov)@+ CASEMAPPING=ascii "
        "NICKLEN=30 NETWORK=bench :are supported by this server\r\n"
        ":irc.bench 376 {0} :End of /MOTD command.\r\n",
        nick_);
    server_.on_registered(user_of(nick_), *this);
  }

  irc_server& server_;
  std::string nick_;
  bool user_ = false;
  bool capabilities_ = false;
  bool welcomed_ = false;
};

irc_server::irc_server(loop& events, unique_fd listener, std::size_t users)
    : loop_(events), listener_(std::move(listener)), users_(users) {
  loop_.add(listener_.value(), *this);
}

irc_server::~irc_server() = default;

void irc_server::ready(std::uint32_t) {
  for (;;) {
    auto fd = accept_one(listener_.value());
    if (fd.value() < 0)
      return;
    links_.push_back(std::make_unique<link>(*this, std::move(fd)));
  }
}

void irc_server::send(std::size_t user, std::string_view lines) {
  users_.at(user)->send(lines);
}

void irc_server::on_registered(std::size_t user, link& from) {
  if (std::exchange(users_.at(user), &from) != nullptr)
    throw std::runtime_error(fmt::format("irc: u{} came twice", user + 1));
  ++registered_;
  last_registration_ = monotonic_ns();
}

} // namespace convoy::bench
