// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/irc_session.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convoy::protocol {

/// A session and both its sides: lines of the server and commands of a person
/// go in, and all that came out since it was last asked for is told as text,
/// one thing a line. Time stands still unless it is advanced.
class irc_script {
public:
  /// `superman` on `irc-libera`, called `libera`, not connected.
  static irc_settings default_settings() {
    irc_settings result;
    result.connection_id = "irc-libera";
    result.name = "libera";
    result.host = "irc.libera.chat";
    result.nick = "superman";
    // Only tests of the flood control wait for it.
    result.flood_interval = std::chrono::milliseconds{0};
    return result;
  }

  static conversation channel(std::string name, std::string key = "") {
    conversation result;
    result.id = name;
    result.name = std::move(name);
    result.key = std::move(key);
    return result;
  }

  explicit irc_script(irc_settings settings = default_settings(),
                      std::vector<conversation> conversations = {})
      : session(std::move(settings), std::move(conversations)) {
    now.steady += std::chrono::hours{1};
    now.wall += std::chrono::seconds{1795330887};
  }

  // -- what happens -----------------------------------------------------------

  void state(connection_state next, const std::string& text) {
    session.change_state(next, text, now, steps);
  }

  /// TCP is up and the registration written.
  void connect() {
    state(connection_state::connecting, "Connecting to irc.libera.chat.");
    state(connection_state::connected, "Connected to irc.libera.chat.");
    session.start({"198.51.100.7", 6697, true, ""}, now, steps);
  }

  /// Connected and welcome; what led there is forgotten.
  void welcome() {
    connect();
    server(":irc.example 001 superman :Welcome");
    forget();
  }

  /// The same where the server has these capabilities and 005 tokens.
  void welcome(const std::string& capabilities, const std::string& tokens) {
    connect();
    server({":irc.example CAP * LS :" + capabilities,
            ":irc.example CAP * ACK :" + capabilities,
            ":irc.example 001 superman :Welcome",
            ":irc.example 005 superman " + tokens + " :are supported"});
    forget();
  }

  /// The same, with these capabilities, as far as they are asked for.
  void welcome_with(const std::string& capabilities) {
    connect();
    server(":irc.example CAP * LS :" + capabilities);
    server(":irc.example CAP * ACK :" + capabilities);
    server(":irc.example 001 superman :Welcome");
    forget();
  }

  /// The same, and in `name` already.
  void joined(const std::string& name) {
    server(":superman!sm@host.example JOIN " + name);
    forget();
  }

  void server(std::string_view line) {
    const auto message = parse_irc_line(line);
    REQUIRE_MESSAGE(message, line);
    session.receive(*message, now, steps);
  }

  void server(std::initializer_list<std::string_view> lines) {
    for (auto line : lines)
      server(line);
  }

  ticket send(std::string conversation_id, std::string message) {
    session.execute(
        {++last_ticket_, std::move(conversation_id), std::move(message)}, now,
        steps);
    return last_ticket_;
  }

  void pass(std::chrono::milliseconds time) {
    now.steady += time;
    now.wall += time;
    session.tick(now, steps);
  }

  // -- what came of it --------------------------------------------------------

  /// The lines to the server.
  std::string lines() {
    return join(std::exchange(steps.lines, {}));
  }

  /// The events in short, those that wait for the socket after `~ `.
  std::string events() {
    std::vector<std::string> result;
    for (const auto& each : std::exchange(steps.events, {}))
      result.push_back(text(each));
    for (const auto& each : std::exchange(steps.written_events, {}))
      result.push_back("~ " + text(each));
    return join(result);
  }

  /// Those that are not stored.
  std::string passing() {
    std::vector<std::string> result;
    for (const auto& each : std::exchange(steps.passing, {}))
      result.push_back(text(each));
    return join(result);
  }

  /// `3 ok`, `3 ok {…}`, `3 error Unknown command. /message`, `3 unknown
  /// Connection closed.`; after `~ ` those that wait for the socket.
  std::string answers() {
    std::vector<std::string> result;
    for (const auto& each : std::exchange(steps.answers, {}))
      result.push_back(text(each));
    for (const auto& each : std::exchange(steps.written_answers, {}))
      result.push_back("~ " + text(each));
    return join(result);
  }

  void forget() {
    steps = {};
  }

  /// `channel` or person as it is now: `frozen reason|topic`.
  std::string conversation_state(const std::string& id) const {
    const auto it = session.conversations().find(id);
    return it == session.conversations().end()
               ? "none"
               : it->second.frozen + "|" + it->second.topic;
  }

  irc_session session;
  moment now;
  irc_steps steps;

private:
  static std::string join(const std::vector<std::string>& parts) {
    std::string result;
    for (const auto& each : parts)
      result += (result.empty() ? "" : "\n") + each;
    return result;
  }

  static std::string text(const irc_answer& what) {
    auto result = std::to_string(what.to);
    const auto problem = what.code.empty() ? "error" : what.code;
    result += what.error.empty() ? " ok" : " " + problem + " " + what.error;
    if (!what.path.empty())
      result += " " + what.path;
    if (!what.result.empty())
      result += " " + what.result;
    return result;
  }

  static std::string text(const event& what) {
    const auto where =
        what.conversation_id.empty() ? "-" : what.conversation_id;
    const auto extra = what.extra.empty() ? "" : " " + what.extra;
    std::string result(to_string(what.kind));
    switch (what.kind) {
    case event_kind::connection:
      return result + " " + what.target + ": " + what.text;
    case event_kind::info:
      return result;
    case event_kind::frozen:
      return result + " " + where + " [" + what.text + "] [" + what.topic + "]"
             + extra;
    case event_kind::join:
      return result + " " + where + " " + what.from + extra;
    case event_kind::part:
      return result + " " + where + " " + what.from
             + (what.target.empty() ? "" : " by " + what.target)
             + (what.has_text ? ": " + what.text : "");
    case event_kind::quit:
      return result + " " + what.from + ": " + what.text;
    case event_kind::nick_change:
      return result + " " + what.from + " " + what.target;
    case event_kind::mode:
      return result + " " + where + " " + what.from + " " + what.text
             + (what.target.empty() ? "" : " " + what.target) + extra;
    case event_kind::invite:
    case event_kind::rename:
    case event_kind::redact:
      return result + " " + where + " " + what.from + " " + what.target
             + (what.text.empty() ? "" : ": " + what.text) + extra;
    case event_kind::away:
    case event_kind::account:
    case event_kind::host:
    case event_kind::realname:
    case event_kind::presence:
      return result + " " + what.from
             + (what.target.empty() ? "" : " " + what.target)
             + (what.has_text ? ": " + what.text : "") + extra;
    default:
      return result + " " + where + " <" + what.from + "> " + what.text + extra;
    }
  }

  ticket last_ticket_ = 0;
};

} // namespace convoy::protocol
