// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session_impl.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

namespace convoy::protocol {

namespace {

/// What a server takes as one message (IRCv3 multiline): the value of the
/// capability, `max-bytes=4096,max-lines=24`.
struct multiline_limits {
  std::size_t bytes = 0;
  std::size_t lines = std::numeric_limits<std::size_t>::max();
};

multiline_limits parse_limits(std::string_view value) {
  multiline_limits result;
  while (!value.empty()) {
    const auto item = next_part(value, ',');
    const auto equals = std::min(item.find('='), item.size());
    const auto key = item.substr(0, equals);
    auto* number = key == "max-bytes"   ? &result.bytes
                   : key == "max-lines" ? &result.lines
                                        : nullptr;
    if (number != nullptr && equals < item.size())
      std::from_chars(item.data() + equals + 1, item.data() + item.size(),
                      *number);
  }
  return result;
}

/// One line of a text, or a part of one.
struct piece {
  std::string_view text;
  bool continues = false; ///< the piece before it
};

std::vector<piece> cut_text(std::string_view text, std::size_t room) {
  std::vector<piece> result;
  while (true) {
    const auto line = text.substr(0, text.find('\n'));
    bool continues = false;
    for (const auto part : cut_line(line, room))
      result.push_back({part, std::exchange(continues, true)});
    if (line.size() == text.size())
      return result;
    text.remove_prefix(line.size() + 1);
  }
}

/// `text` without empty lines at its end.
std::string_view without_end(std::string_view text) {
  return text.substr(0, text.find_last_not_of('\n') + 1);
}

} // namespace

bool irc_session::impl::takes_multiline(const outgoing& what) const {
  const auto value = capabilities.value("draft/multiline");
  // A service reads lines.
  if (!value || !has("draft/multiline") || !has("batch") || what.action
      || keeps_secrets(what.target))
    return false;
  const auto text = without_end(what.text);
  const auto limits = parse_limits(*value);
  const auto pieces = cut_text(text, room_for(what.target, false));
  // Nothing may come between its lines, so they must find room together.
  return text.size() <= limits.bytes && pieces.size() > 1
         && pieces.size() <= limits.lines
         && pieces.size() + 2 <= settings.max_queued_lines;
}

void irc_session::impl::send_multiline(const irc_asker& who,
                                       const outgoing& what, context& ctx) {
  const auto text = without_end(what.text);
  const auto reference = "m" + std::to_string(++groups);
  irc_open_command command;
  command.kind = irc_command_kind::multiline;
  command.who = who;
  command.target = what.target;
  command.subject = what.reply_to;
  command.sent = text;
  if (echoes())
    command.label = next_label();
  std::vector<std::string> lines;
  lines.push_back(with_label(
      command.label,
      reply_tag(what.reply_to)
          + line({"BATCH", '+' + reference, "draft/multiline", what.target})));
  for (const auto& each : cut_text(text, room_for(what.target, false)))
    lines.push_back('@' + std::string("batch=") + reference
                    + (each.continues ? ";draft/multiline-concat " : " ")
                    + text_line({what.command, what.target}, each.text));
  lines.push_back(line({"BATCH", '-' + reference}));
  if (echoes() && waiters.full())
    return refuse(who, "Too many open commands.", ctx);
  if (const auto* problem = put(std::move(lines), ctx))
    return refuse(who, problem, ctx, "/message");
  if (echoes())
    return await_echo(std::move(command), ctx);
  show_when_written(said(what, text, ctx), ctx);
  answer_when_written(who, ctx);
}

} // namespace convoy::protocol
