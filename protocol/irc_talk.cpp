// SPDX-License-Identifier: Apache-2.0
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

/// CTCP requests that are answered in `ctcp_window`; more get no answer.
constexpr std::size_t max_ctcp_answers = 5;
constexpr std::chrono::seconds ctcp_window{10};

/// A CTCP text taken apart: `\x01PING 1\x01` is {"PING", "1"}.
struct ctcp {
  std::string command;
  std::string_view args;
};

std::optional<ctcp> parse_ctcp(std::string_view text) {
  if (!text.starts_with('\x01'))
    return std::nullopt;
  text.remove_prefix(1);
  // The one at the end may be missing (modern.ircdocs.horse/ctcp.html).
  text = text.substr(0, text.find('\x01'));
  const auto space = std::min(text.find(' '), text.size());
  ctcp result;
  for (char c : text.substr(0, space))
    result.command += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  if (space < text.size())
    result.args = text.substr(space + 1);
  return result;
}

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

/// What the tags say of a message, as one JSON object, or "".
std::string describe_tags(const irc_message& line) {
  constexpr std::pair<std::string_view, std::string_view> known[]{
      {"msgid", "msgid"},
      {"account", "account"},
      {"+draft/reply", "reply_to"},
      {"+reply", "reply_to"}};
  json_writer out;
  out.begin_object();
  std::string_view last;
  for (const auto& [tag, key] : known) {
    const auto value = line.tag(tag);
    if (!value || value->empty() || key == last)
      continue;
    out.field(key, *value);
    last = key;
  }
  out.end_object();
  return last.empty() ? "" : out.take();
}

} // namespace

irc_session::impl::place irc_session::impl::route(const irc_source& source,
                                                  std::string_view target,
                                                  context& ctx) {
  const auto other =
      is_me(target) ? source.nick : supports.without_status(target);
  if (is_service(source.nick) || is_service(target))
    return {find(other), std::string(source.nick)};
  if (!source.is_person)
    return {nullptr, settings.connection_id};
  // `$$*` and `$*.example`: to everybody on a server.
  if (target.starts_with('$'))
    return {nullptr, std::string(source.nick)};
  return {find_or_make(other, max_incoming_conversations, ctx),
          std::string(source.nick)};
}

void irc_session::impl::on_message(const irc_message& line, context& ctx) {
  const auto source = split_source(line.source);
  const bool is_notice = line.command == "NOTICE";
  auto kind = is_notice ? event_kind::notice : event_kind::direct;
  auto text = line.joined(1);
  if (const auto asked = parse_ctcp(text)) {
    if (is_notice) {
      text = asked->args.empty() ? asked->command : std::string(asked->args);
    } else if (asked->command == "ACTION") {
      kind = event_kind::action;
      text = std::string(asked->args);
    } else {
      if (!is_me(source.nick))
        answer_ctcp(source.nick, text, ctx);
      return;
    }
  }
  auto [where, from] = route(source, line.param(0), ctx);
  auto what = make(kind, where, ctx);
  what.from = std::move(from);
  what.text = std::move(text);
  what.extra = describe_tags(line);
  ctx.out.events.push_back(std::move(what));
}

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
  else if (asked->command == "PING" && !asked->args.empty())
    reply = "PING " + std::string(asked->args);
  else
    return;
  while (!ctcp_answers.empty()
         && ctcp_answers.front() + ctcp_window <= ctx.now.steady)
    ctcp_answers.pop_front();
  if (ctcp_answers.size() >= max_ctcp_answers)
    return;
  ctcp_answers.push_back(ctx.now.steady);
  write(text_line({"NOTICE", nick_of_asker}, '\x01' + reply + '\x01'), ctx);
}

} // namespace convoy::protocol
