// SPDX-License-Identifier: Apache-2.0
#include "tests/history/irc_network.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace convoy::history {

namespace {

constexpr std::string_view padding =
    "the quick brown fox jumps over the lazy dog and goes on to where nobody "
    "has been since the convoy left, which was some time ago, as they say, for "
    "nobody has written it down; there was a storm on that night, too, and the "
    "dogs did not want to leave the house before it was over; so much for it";

/// The words of a line without its tags; the last one after a colon.
std::vector<std::string> words(std::string_view line) {
  std::vector<std::string> result;
  while (!line.empty()) {
    if (line.front() == ':' && !result.empty()) {
      result.emplace_back(line.substr(1));
      break;
    }
    const auto end = std::min(line.find(' '), line.size());
    if (end > 0 && line.front() != '@')
      result.emplace_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return result;
}

} // namespace

/// One connection, from its first line on.
class irc_network::link {
public:
  /// `others` are those whose other side has not ended them.
  link(irc_network& net, scenarios::line_peer& peer, link_number number,
       std::set<link_number> others)
      : net_(net),
        peer_(peer),
        number_(number),
        accepted_(net.in_.record.now()),
        others_(std::move(others)),
        talk_(net.in_, [this] { return talk(); }),
        echo_(net.in_, [this] { return echo(); }),
        meddler_(net.in_.lines) {
    offers_echo_ = net_.in_.dice.percent(50);
    is_late_ = net_.in_.dice.percent(50);
    peer_.on_news = [this] {
      hear();
    };
  }

  const std::string& user() const {
    return user_;
  }
  /// Whether both were there at a time.
  bool was_beside(const link& other) const {
    return others_.contains(other.number_) || other.others_.contains(number_);
  }
  bool has_hung_up() const {
    return peer_.has_hung_up();
  }
  bool is_open() const {
    return !peer_.closed;
  }
  bool is_joined() const {
    return is_open() && joined_ && !is_ending_;
  }
  bool answered() const {
    return !is_open() || pings_ == pongs_;
  }

  void hang_up(bool polite) {
    is_ending_ = true;
    is_complete_ = polite;
    if (polite)
      peer_.close();
    else
      peer_.drop();
  }
  void ping() {
    if (!is_joined())
      return;
    const auto token = std::to_string(number_) + '-' + std::to_string(++pings_);
    note(irc_pinged{number_, token});
    write("PING :" + token);
  }
  /// `text` in the channel, or to the user alone.
  void say(const std::string& text, bool in_channel) {
    const auto target = in_channel ? '#' + user_ : user_;
    note(irc_told{number_, in_channel ? target : "bob", "bob", text});
    ++net_.in_.counts.lines;
    meddler_.pass(":bob!bob@history PRIVMSG " + target + " :" + text,
                  [this](const auto& line) { write(line); });
  }
  void start_talking() {
    if (is_joined())
      talk_.start(milliseconds(0));
  }

private:
  template <class Fact>
  void note(Fact what) {
    net_.in_.record.note(std::move(what));
  }
  void write(const std::string& line) {
    peer_.send_bytes(line + "\r\n");
  }

  void hear() {
    while (!peer_.inbox.empty())
      respond(words(peer_.take()));
    if (peer_.closed && !std::exchange(is_over_, true)) {
      talk_.stop();
      echo_.stop();
      net_.live_.erase(number_);
      if (!user_.empty())
        note(irc_closed{number_, is_complete_});
    }
  }

  milliseconds talk() {
    auto& dice = net_.in_.dice;
    if (!net_.talks_ || !is_joined())
      return milliseconds(50);
    const auto lines = dice.percent(10) ? 1 + dice.below(60) : dice.below(4);
    for (std::size_t i = 0; i < lines; ++i)
      say(net_.next_text(user_), dice.percent(85));
    if (dice.percent(20))
      ping();
    return net_.in_.pace * net_.in_.between(milliseconds(5), milliseconds(120));
  }

  /// Gives back what was said, some time later.
  milliseconds echo() {
    for (const auto& each : std::exchange(echoes_, {}))
      if (is_open() && !is_ending_)
        write(each);
    return net_.in_.between(milliseconds(5), milliseconds(500));
  }

  void respond(const std::vector<std::string>& line) {
    if (line.size() < 2)
      return;
    const auto& command = line[0];
    const auto& argument = line[1];
    if (command == "CAP" && argument == "LS") {
      negotiates_ = true;
      write(std::string(":irc.history CAP * LS :")
            + (offers_echo_ ? "echo-message" : ""));
    } else if (command == "CAP" && argument == "REQ" && line.size() > 2) {
      echoes_each_ = line[2].find("echo-message") != std::string::npos;
      write(":irc.history CAP * ACK :" + line[2]);
    } else if (command == "CAP" && argument == "END") {
      negotiates_ = false;
      welcome();
    } else if (command == "NICK") {
      introduce(argument);
      welcome();
    } else if (command == "USER") {
      has_name_ = true;
      welcome();
    } else if (command == "PING") {
      write(":irc.history PONG irc.history :" + argument);
    } else if (command == "PONG") {
      ++pongs_;
      note(irc_ponged{number_, line.back()});
    } else if (command == "JOIN") {
      join(argument);
    } else if (command == "PRIVMSG" && line.size() > 2) {
      note(irc_heard{number_, argument, line[2]});
      if (!is_welcome_)
        write(":irc.history 451 " + user_ + " :You have not registered");
      else if (echoes_each_)
        echoes_.push_back(':' + user_ + '!' + user_ + "@history PRIVMSG "
                          + argument + " :" + line[2]);
      if (!is_late_)
        echo();
    } else if (command == "QUIT") {
      // Servers differ in whether what they have not said yet goes before.
      if (net_.in_.dice.percent(50))
        echo();
      write("ERROR :Closing link");
      hang_up(true);
    }
  }

  void introduce(const std::string& nick) {
    if (!user_.empty())
      return;
    user_ = nick;
    net_.newest_[user_] = number_;
    note(irc_opened{number_, user_, accepted_, net_.beside(*this),
                    net_.node_at(peer_.address())});
  }

  void welcome() {
    if (is_welcome_ || negotiates_ || !has_name_ || user_.empty())
      return;
    is_welcome_ = true;
    write(":irc.history 001 " + user_ + " :Welcome, " + user_);
    write(":irc.history 005 " + user_
          + " CHANTYPES=# PREFIX=(ov)@+ CASEMAPPING=ascii NETWORK=history :are "
            "supported by this server");
    write(":irc.history 376 " + user_ + " :End of /MOTD command.");
    if (is_late_)
      echo_.start(milliseconds(0));
  }

  void join(const std::string& channel) {
    write(':' + user_ + '!' + user_ + "@history JOIN " + channel);
    write(":irc.history 353 " + user_ + " = " + channel + " :" + user_
          + " @bob");
    write(":irc.history 366 " + user_ + ' ' + channel + " :End of /NAMES list");
    joined_ = true;
    note(irc_joined{number_});
    start_talking();
  }

  irc_network& net_;
  scenarios::line_peer& peer_;
  link_number number_;
  moment accepted_;
  std::set<link_number> others_;
  routine talk_;
  routine echo_;
  meddler meddler_;
  std::string user_; ///< once it has given its nick
  std::size_t pings_ = 0;
  std::size_t pongs_ = 0;
  bool offers_echo_ = false;
  bool echoes_each_ = false;
  bool is_late_ = false; ///< with what it echoes
  std::vector<std::string> echoes_;
  bool negotiates_ = false;
  bool has_name_ = false;
  bool is_welcome_ = false;
  bool joined_ = false;
  bool is_ending_ = false;
  bool is_complete_ = true;
  bool is_over_ = false;
};

irc_network::irc_network(surroundings& in)
    : in_(in), server_(in.loop.io(), "127.0.0.1", nullptr) {
  server_.on_accept([this](scenarios::line_peer& peer) { meet(peer); });
}

irc_network::~irc_network() = default;

void irc_network::meet(scenarios::line_peer& peer) {
  const auto number = static_cast<link_number>(links_.size() + 1);
  auto others = live_;
  std::erase_if(others, [this](link_number each) {
    return links_.at(each)->has_hung_up();
  });
  links_[number] =
      std::make_unique<link>(*this, peer, number, std::move(others));
  live_.insert(number);
}

link_number irc_network::beside(const link& mine) const {
  for (const auto& [number, each] : links_)
    if (each.get() != &mine && each->user() == mine.user()
        && each->was_beside(mine))
      return number;
  return 0;
}

std::string irc_network::node_at(const std::string& address) const {
  const auto found = nodes_.find(address);
  return found == nodes_.end() ? "" : found->second;
}

std::uint16_t irc_network::port() const noexcept {
  return server_.port();
}

void irc_network::talk(bool on) {
  talks_ = on;
}

irc_network::link* irc_network::current(const std::string& user) const {
  const auto found = newest_.find(user);
  return found == newest_.end() ? nullptr : links_.at(found->second).get();
}

bool irc_network::has_joined(const std::string& user) const {
  const auto* mine = current(user);
  return mine && mine->is_joined();
}

std::string irc_network::next_text(const std::string& user) {
  const auto number = std::to_string(++texts_[user]);
  const auto length = in_.dice.below(in_.dice.percent(10) ? 250 : 40);
  return "line " + number + " for " + user + ' '
         + std::string(padding.substr(0, length)) + '.';
}

std::string irc_network::say(const std::string& user) {
  auto text = next_text(user);
  current(user)->say(text, true);
  return text;
}

void irc_network::flood(const std::string& user, std::size_t lines) {
  if (has_joined(user))
    for (std::size_t i = 0; i < lines; ++i)
      current(user)->say(next_text(user) + std::string(padding), true);
}

void irc_network::hang_up(const std::string& user, bool polite) {
  if (auto* mine = current(user); mine && mine->is_open()) {
    mine->hang_up(polite);
    ++in_.counts.irc_drops;
  }
}

void irc_network::ask_all() {
  for (const auto& [user, number] : newest_)
    links_.at(number)->ping();
}

bool irc_network::all_answered() const {
  return std::ranges::all_of(
      links_, [](const auto& each) { return each.second->answered(); });
}

bool irc_network::has_gone(const std::string& user) const {
  const auto* mine = current(user);
  return !mine || !mine->is_open();
}

bool irc_network::all_gone() const {
  return std::ranges::none_of(
      links_, [](const auto& each) { return each.second->is_open(); });
}

} // namespace convoy::history
