// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session.hpp"

#include "protocol/text.hpp"
#include "tests/fuzz/require.hpp"
#include "tests/protocol/irc_witness.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using convoy::fuzz::require;
using namespace convoy::protocol;

namespace {

/// Lines of the script that are played; the rest of an input is left out.
constexpr std::size_t max_steps = 400;

/// What a server of letter `a` can do: everything.
constexpr std::string_view all_capabilities =
    "account-notify account-tag away-notify batch cap-notify chghost "
    "draft/channel-rename draft/chathistory draft/event-playback "
    "draft/extended-monitor draft/message-redaction "
    "draft/multiline=max-bytes=4096,max-lines=24 draft/no-implicit-names "
    "draft/pre-away draft/read-marker echo-message extended-join "
    "extended-monitor invite-notify labeled-response message-tags "
    "multi-prefix sasl=PLAIN,EXTERNAL,SCRAM-SHA-256 server-time setname "
    "standard-replies sts=duration=300 userhost-in-names znc.in/playback";
constexpr std::string_view all_tokens =
    "CASEMAPPING=rfc1459 CHANTYPES=#& PREFIX=(ohv)@%+ CHANMODES=beI,k,l,imnst "
    "MONITOR=100 WHOX BOT=B UTF8ONLY CHATHISTORY=100 MSGREFTYPES=msgid "
    "TARGMAX=JOIN:4 MODES=4 LINELEN=512 STATUSMSG=@+";

/// The script of an input: its first line has the settings as letters; each
/// further line is one step, of the kind that its first byte says.
class script {
public:
  explicit script(std::string_view text) : left_(text) {
    // nop
  }

  std::optional<std::string_view> next() {
    if (left_.empty() || taken_ == max_steps)
      return std::nullopt;
    ++taken_;
    const auto line = left_.substr(0, left_.find('\n'));
    left_.remove_prefix(std::min(line.size() + 1, left_.size()));
    return line;
  }

private:
  std::string_view left_;
  std::size_t taken_ = 0;
};

irc_settings make_settings(std::string_view letters) {
  const auto has = [letters](char c) {
    return letters.find(c) != std::string_view::npos;
  };
  irc_settings result;
  result.connection_id = "irc-example";
  result.name = "example";
  result.host = "irc.example";
  result.nick = "ann";
  result.nonce = "fyko+d2lbbFgONRv9qkxdawL";
  if (has('p'))
    result.password = "secret";
  if (has('s')) {
    result.user = "ann";
    result.authname = "ann";
    result.password = "pencil";
    result.sasl = has('S') ? "scram-sha-256" : "";
  }
  if (has('e'))
    result.sasl = "external";
  if (has('f'))
    result.certificate_fingerprint = std::string(128, 'a');
  if (has('q'))
    result.flood_interval = std::chrono::milliseconds{0};
  if (has('w')) {
    result.profile.webirc_password = "web";
    result.remote_address = "192.0.2.1";
  }
  if (has('l'))
    result.profile.max_message_length = 64;
  if (has('c'))
    result.on_connect_commands = {"/msg NickServ identify x", "/sleep 1",
                                  "/join #a", "/quote MODE ann +i"};
  return result;
}

/// A session, both its sides and its owner.
class play {
public:
  explicit play(std::string_view letters)
      : settings_(make_settings(letters)),
        session_(settings_, known()),
        helpful_(letters.find('a') != std::string_view::npos) {
    now_.steady += std::chrono::hours{1};
    now_.wall += std::chrono::seconds{1'795'330'887};
  }

  void run(std::string_view line) {
    if (line.empty())
      return;
    const auto rest = line.substr(1);
    switch (line.front()) {
    case '<':
      return receive(rest);
    case '>':
      return command(rest);
    case '~':
      return pass(number(rest));
    case '!':
      return change(rest);
    case '=':
      session_.mark_read(rest, now_.wall, now_, steps_);
      return look();
    case '$':
      return store_paste(rest);
    case '#':
      session_.set_counters(rest, 3, 1);
      return look();
    default:
      return;
    }
  }

  void end() {
    session_.change_state(connection_state::disconnected, "The end.", now_,
                          steps_);
    look();
    say(witness_.look_at_end());
  }

private:
  static std::vector<conversation> known() {
    conversation channel;
    channel.id = "#convoy";
    channel.name = "#Convoy";
    channel.key = "key";
    channel.last_time = timestamp{std::chrono::seconds{1'795'330'000}};
    conversation person;
    person.id = "bob";
    person.name = "bob";
    return {channel, person};
  }

  static std::uint64_t number(std::string_view text) {
    std::uint64_t result = 1000;
    std::from_chars(text.data(), text.data() + text.size(), result);
    return std::min<std::uint64_t>(result, 7'200'000);
  }

  /// Whether a command writes what it is given; it may have to wait.
  static bool is_free(std::string_view message) {
    const auto text = to_lower_ascii(clean_input(message));
    return text.starts_with("/quote") || text.starts_with("/raw");
  }

  static void say(const std::string& broken) {
    require(broken.empty(), broken);
  }

  void look() {
    say(witness_.look(session_, steps_));
    for (const auto& each : steps_.pastes)
      pastes_.push_back(each.id);
    if (steps_.memory)
      settings_.memory = *steps_.memory;
    const auto over = steps_.give_up || steps_.end;
    const auto lines = std::exchange(steps_, {}).lines;
    // As the owner does when the server has said why.
    if (over && session_.state() == connection_state::connected)
      return move(connection_state::disconnected);
    if (helpful_)
      for (const auto& each : lines)
        help(each);
  }

  /// A server that can do everything welcomes us, and says what it hears.
  void help(const std::string& line) {
    const auto heard = parse_irc_line(line);
    if (!heard)
      return;
    const auto verb = heard->param(0);
    if (heard->command == "CAP" && verb == "LS") {
      receive(":irc.example CAP * LS :" + std::string(all_capabilities));
    } else if (heard->command == "CAP" && verb == "REQ") {
      receive(":irc.example CAP * ACK :" + std::string(heard->last()));
    } else if (heard->command == "CAP" && verb == "END") {
      receive(":irc.example 001 ann :Welcome");
      receive(":irc.example 005 ann " + std::string(all_tokens)
              + " :are supported");
      receive(":irc.example 376 ann :End");
    } else if (heard->command == "JOIN" && verb.find(',') == verb.npos) {
      receive(":ann!ann@host JOIN " + std::string(verb) + " * :Ann");
    } else if (heard->command == "PRIVMSG" && line.size() < 200) {
      const auto tagged = line.starts_with('@');
      const auto space = tagged ? line.find(' ') + 1 : 0;
      receive(line.substr(0, space) + ":ann!ann@host " + line.substr(space));
    }
  }

  void receive(std::string_view bytes) {
    if (session_.state() != connection_state::connected)
      return;
    const auto line = parse_irc_line(bytes);
    if (!line)
      return;
    session_.receive(*line, now_, steps_);
    look();
  }

  void command(std::string_view text) {
    const auto tab = std::min(text.find('\t'), text.size());
    irc_command what;
    what.conversation_id = to_utf8(text.substr(0, tab));
    what.message = to_utf8(text.substr(std::min(tab + 1, text.size())));
    // A script has one line for a step.
    std::replace(what.message.begin(), what.message.end(), '\x02', '\n');
    if (irc_session::lifecycle_command(what.message))
      return;
    what.to = ++last_ticket_;
    if (is_free(what.message))
      witness_.free_lines(true);
    witness_.asked(what.to);
    session_.execute(what, now_, steps_);
    look();
  }

  void pass(std::uint64_t milliseconds) {
    const std::chrono::milliseconds time{milliseconds};
    now_.steady += time;
    now_.wall += time;
    session_.tick(now_, steps_);
    look();
    say(witness_.look_at_clock(session_, now_.steady));
  }

  void change(std::string_view to) {
    using enum connection_state;
    const auto letter = to.empty() ? 'c' : to.front();
    if (letter == 'c') {
      move(disconnected);
      session_.configure(settings_);
      move(connecting);
      move(connected);
      session_.start({"192.0.2.7", 6697, true, ""}, now_, steps_);
      look();
    } else if (letter == 'q') {
      if (session_.state() == connected)
        move(disconnecting);
    } else {
      move(disconnected);
      say(witness_.look_at_end());
    }
  }

  void move(connection_state to) {
    session_.change_state(to, "State.", now_, steps_);
    look();
  }

  void store_paste(std::string_view text) {
    if (pastes_.empty())
      return;
    const auto id = pastes_.front();
    pastes_.erase(pastes_.begin());
    const bool fine = !text.starts_with('-');
    session_.paste_stored(id, fine ? "https://convoy.example/paste/1" : "",
                          fine ? "" : "No room.", now_, steps_);
    look();
  }

  irc_settings settings_;
  irc_session session_;
  bool helpful_;
  moment now_;
  irc_steps steps_;
  irc_witness witness_;
  ticket last_ticket_ = 0;
  std::vector<std::uint64_t> pastes_;
};

} // namespace

// Nothing that a server or a person does in any order breaks a rule of the
// session.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  script steps({reinterpret_cast<const char*>(data), size});
  play session(steps.next().value_or(""));
  session.run("!c");
  while (const auto line = steps.next())
    session.run(*line);
  session.end();
  return 0;
}
