// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_ctcp.hpp"

#include "protocol/irc_session_impl.hpp"
#include "protocol/json.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <utility>

namespace convoy::protocol {

namespace {

/// `Sun Nov 22 07:01:27 2026`, UTC.
std::string to_ctime(timestamp time) {
  using namespace std::chrono;
  constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto midnight = floor<std::chrono::days>(time);
  const year_month_day date{midnight};
  const hh_mm_ss clock{floor<seconds>(time - midnight)};
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s %s %2u %02d:%02d:%02d %d",
                days[weekday{midnight}.c_encoding()],
                months[static_cast<unsigned>(date.month()) - 1],
                static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()),
                static_cast<int>(date.year()));
  return text.data();
}

std::string to_upper_ascii(std::string_view text) {
  std::string result(text);
  for (auto& c : result)
    if (c >= 'a' && c <= 'z')
      c = static_cast<char>(c - 32);
  return result;
}

} // namespace

std::optional<irc_ctcp> parse_ctcp(std::string_view text) {
  if (!text.starts_with('\x01'))
    return std::nullopt;
  text.remove_prefix(1);
  text = text.substr(0, text.find('\x01'));
  const auto space = std::min(text.find(' '), text.size());
  irc_ctcp result;
  result.command = to_upper_ascii(text.substr(0, space));
  if (space < text.size())
    result.args = text.substr(space + 1);
  return result;
}

// -- what others ask ----------------------------------------------------------

void irc_session::impl::answer_ctcp(std::string_view nick_of_asker,
                                    std::string_view text, context& ctx) {
  const auto asked = parse_ctcp(text);
  if (!asked || nick_of_asker.empty())
    return;
  std::string reply;
  if (asked->command == "VERSION")
    reply = "VERSION " + one_line(settings.version);
  else if (asked->command == "TIME")
    reply = "TIME " + to_ctime(ctx.now.wall);
  else if (asked->command == "CLIENTINFO")
    reply = "CLIENTINFO ACTION CLIENTINFO PING TIME VERSION";
  else if (asked->command == "PING" && !asked->args.empty())
    reply = "PING " + std::string(asked->args);
  else
    return;
  if (ctcp_answers.take(ctx.now.steady))
    write(text_line({"NOTICE", nick_of_asker}, '\x01' + reply + '\x01'), ctx);
}

// -- what we ask --------------------------------------------------------------

void irc_session::impl::do_ctcp(const request& what, context& ctx) {
  const auto parts = words(what.args);
  const auto whom = parts.empty() ? std::string_view{} : parts[0];
  if (!target_is_good(what.who, whom, "/message", ctx))
    return;
  if (parts.size() < 2)
    return refuse(what.who, "Missing CTCP command.", ctx, "/message");
  auto asked = to_upper_ascii(parts[1]);
  auto text = asked;
  for (std::size_t i = 2; i < parts.size(); ++i)
    text.append(1, ' ').append(parts[i]);
  open(irc_command_kind::ctcp, what.who, whom,
       text_line({"PRIVMSG", whom}, '\x01' + text + '\x01'), ctx,
       std::move(asked));
}

irc_session::impl::verdict
irc_session::impl::finish_ctcp(irc_waiters::iterator command,
                               const irc_message& line, context& ctx) {
  const auto from = split_source(line.source).nick;
  const auto text = line.joined(1);
  const auto reply = parse_ctcp(text);
  if (!reply || reply->command != command->subject
      || !same(from, command->target) || !is_me(line.param(0)))
    return verdict::not_mine;
  json_writer out;
  out.begin_object()
      .field("nick", from)
      .field("command", reply->command)
      .field("reply", reply->args)
      .end_object();
  settle(command, "", out.take(), ctx);
  return verdict::claimed;
}

} // namespace convoy::protocol
