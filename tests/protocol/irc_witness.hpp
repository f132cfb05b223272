// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/frame.hpp"
#include "protocol/irc_session.hpp"
#include "protocol/irc_session_impl.hpp"
#include "protocol/text.hpp"

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace convoy::protocol {

/// Looks at all that comes out of a session and says which rule of every
/// session it breaks. The owner's part is played by whoever holds it.
class irc_witness {
public:
  /// Lines that one step may write: those that waited, and those of one text.
  static constexpr std::size_t max_lines = 1000;
  /// Events of one step: a line of modes, or all conversations at once.
  static constexpr std::size_t max_events = 10'000;
  /// What is remembered from one run of the program to the next.
  static constexpr std::size_t max_memory = 1'000'000;

  /// A command with that ticket was given to the session.
  void asked(ticket which) {
    open_.insert(which);
  }

  /// People may write any text as a line (`/quote`).
  void free_lines(bool allowed) {
    free_lines_ = allowed;
  }

  /// The rule that `steps` or the session break, with the value, or "".
  std::string look(const irc_session& session, const irc_steps& steps) {
    broken_.clear();
    check(steps.lines.size() <= max_lines, "a step writes few lines",
          std::to_string(steps.lines.size()));
    for (const auto& each : steps.lines)
      look_at_line(each);
    check(steps.events.size() + steps.written_events.size()
                  + steps.passing.size()
              <= max_events,
          "a step tells few events", std::to_string(steps.events.size()));
    for (const auto* list :
         {&steps.events, &steps.written_events, &steps.passing})
      for (const auto& each : *list)
        look_at_event(each);
    for (const auto* list : {&steps.answers, &steps.written_answers})
      for (const auto& each : *list)
        look_at_answer(each);
    for (const auto& each : steps.list_queries)
      answered(each.to);
    for (const auto& [to, conversation] : steps.cleared)
      answered(to);
    if (steps.memory) {
      check_json(*steps.memory, "what is remembered is JSON");
      check(steps.memory->size() <= max_memory, "little is remembered",
            std::to_string(steps.memory->size()));
    }
    const auto count = session.conversations().size();
    check(count <= max_conversations, "conversations are bounded",
          std::to_string(count));
    return std::exchange(broken_, {});
  }

  /// Commands that are not answered yet.
  std::size_t open() const {
    return open_.size();
  }

  /// The rule that is broken when the session has been disconnected, or "".
  std::string look_at_end() {
    broken_.clear();
    for (const auto each : open_)
      check(false,
            "a command is answered at the latest when the connection "
            "ends",
            std::to_string(each));
    return std::exchange(broken_, {});
  }

  /// After `tick` at `now` the next one is due later.
  std::string look_at_clock(const irc_session& session, instant now) {
    broken_.clear();
    const auto next = session.deadline();
    check(!next || *next > now, "a tick does all that is due", "");
    look_at_session(session);
    return std::exchange(broken_, {});
  }

private:
  void check(bool holds, std::string_view rule, std::string_view value) {
    if (!holds && broken_.empty())
      broken_ = std::string(rule) + ": " + std::string(value);
  }

  void check_json(std::string_view text, std::string_view rule) {
    rapidjson::MemoryStream stream(text.data(), text.size());
    rapidjson::BaseReaderHandler<> nothing;
    const auto result =
        rapidjson::Reader().Parse<rapidjson::kParseValidateEncodingFlag>(
            stream, nothing);
    check(text.starts_with('{') && !result.IsError(), rule, text);
  }

  void look_at_line(const std::string& line) {
    const std::string_view forbidden("\r\n\0", 3);
    check(line.find_first_of(forbidden) == std::string::npos,
          "a written line is one line", line);
    const auto tags = line.starts_with('@') ? line.find(' ') + 1 : 0;
    check(tags <= max_irc_client_tags, "tags are not too long", line);
    check(line.size() - tags + 2 <= max_irc_line, "a line is not too long",
          line);
    check(is_utf8(line), "a written line is UTF-8", line);
    check(free_lines_ || parse_irc_line(line), "a written line is one of IRC",
          line);
  }

  void look_at_event(const event& what) {
    check_json(encode_event(what, ts_format::iso), "an event is JSON");
    for (const auto* text :
         {&what.connection_id, &what.conversation_id, &what.name, &what.from,
          &what.target, &what.text, &what.topic})
      check(is_utf8(*text), "the texts of an event are UTF-8", *text);
    if (!what.extra.empty())
      check_json(what.extra, "what an event says further is JSON");
  }

  void look_at_answer(const irc_answer& what) {
    answered(what.to);
    if (!what.result.empty())
      check_json(what.result, "a result is JSON");
    check(what.error.empty() || what.result.empty(),
          "what failed has no result", what.error);
    check(is_utf8(what.error), "an error is UTF-8", what.error);
  }

  void answered(ticket which) {
    check(open_.erase(which) == 1, "a command is answered once",
          std::to_string(which));
  }

  void look_at_session(const irc_session& session) {
    for (const auto& [id, each] : session.conversations())
      check(!id.empty() && id == each.id && is_utf8(each.name)
                && is_utf8(each.topic),
            "a conversation has its id", id);
    check_json(session.info(), "info is JSON");
    check(is_utf8(session.nick()), "the nick is UTF-8", session.nick());
  }

  std::multiset<ticket> open_;
  bool free_lines_ = false;
  std::string broken_;
};

} // namespace convoy::protocol
