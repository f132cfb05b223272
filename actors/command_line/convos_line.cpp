// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/convos_line.hpp"

#include "protocol/json.hpp"
#include "protocol/text.hpp"

namespace convoy::actors::command_line {

namespace {

using protocol::event_kind;

constexpr std::size_t time_size =
    std::string_view{"2026-11-22T07:01:18"}.size();
constexpr unsigned highlight_bit = 1;
constexpr unsigned preformat_bit = 2;

/// Takes the time off the begin of `line`, and the space behind it.
std::optional<protocol::timestamp> take_time(std::string_view& line) {
  protocol::timestamp result;
  if (line.size() < time_size + 1 || line[time_size] != ' ' || line[10] != 'T'
      || !protocol::parse_time(line.substr(0, time_size), result))
    return std::nullopt;
  line.remove_prefix(time_size + 1);
  return result;
}

/// Takes the flags off; old logs have none.
unsigned take_flags(std::string_view& line) {
  if (line.size() < 2 || line[0] < '0' || line[0] > '9' || line[1] != ' ')
    return 0;
  const auto flags = static_cast<unsigned>(line[0] - '0');
  line.remove_prefix(2);
  return flags;
}

struct form {
  event_kind kind;
  std::string_view before; ///< of the sender
  std::string_view behind;
};

constexpr form forms[]{{event_kind::direct, "<", ">"},
                       {event_kind::notice, "-", "-"},
                       {event_kind::action, "* ", ""}};

/// Reads `<bob> hello` and its like; false when it is of none of the forms.
bool read_said(std::string_view line, protocol::event& to) {
  for (const auto& [kind, before, behind] : forms) {
    if (!line.starts_with(before))
      continue;
    const auto rest = line.substr(before.size());
    const auto end = rest.find(' ');
    auto sender = rest.substr(0, end);
    if (!sender.ends_with(behind) || sender.size() == behind.size())
      continue;
    sender.remove_suffix(behind.size());
    to.kind = kind;
    to.from = protocol::to_utf8(sender);
    to.text = end == rest.npos ? "" : protocol::to_utf8(rest.substr(end + 1));
    return true;
  }
  return false;
}

void read_text(std::string_view line, protocol::event& to) {
  constexpr std::string_view from_nobody = "-!- ";
  const bool is_marked = line.starts_with(from_nobody);
  if (!is_marked && read_said(line, to))
    return;
  to.kind = event_kind::notice;
  to.text = protocol::to_utf8(line.substr(is_marked ? from_nobody.size() : 0));
}

} // namespace

std::optional<protocol::event> read_log_line(std::string_view line) {
  const auto time = take_time(line);
  if (!time)
    return std::nullopt;
  protocol::event result;
  result.time = *time;
  const auto flags = take_flags(line);
  read_text(line, result);
  result.highlight = (flags & highlight_bit) != 0;
  if ((flags & preformat_bit) != 0 && result.kind == event_kind::direct)
    result.kind = event_kind::preformat;
  return result;
}

std::optional<protocol::event> read_notification(std::string_view line) {
  const auto time = take_time(line);
  if (!time)
    return std::nullopt;
  protocol::event result;
  result.time = *time;
  result.connection_id = protocol::next_part(line, ' ');
  result.conversation_id =
      protocol::to_lower(protocol::to_utf8(protocol::next_part(line, ' ')));
  read_text(line, result);
  if (result.connection_id.empty() || result.text.empty())
    return std::nullopt;
  result.highlight = true;
  return result;
}

std::string notification_key(const protocol::event& what) {
  return protocol::to_iso(what.time, false) + ' ' + what.connection_id + ' '
         + what.conversation_id + ' ' + what.from + ' ' + what.text;
}

} // namespace convoy::actors::command_line
