// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session_impl.hpp"

namespace convoy::protocol {

namespace {

/// The text of the PING behind a command.
std::string question_text(std::uint64_t number) {
  return "convoy-" + std::to_string(number);
}

} // namespace

void irc_session::impl::ask_silent(context& ctx) {
  if (waiters.question(questions + 1, ctx.now.steady))
    write(text_line({"PING"}, question_text(++questions)), ctx);
}

irc_session::impl::verdict
irc_session::impl::finish_unanswered(irc_waiters::iterator command,
                                     const irc_message& line, context& ctx) {
  const auto number = command->question;
  if (number == 0 || line.last() != question_text(number))
    return verdict::not_mine;
  for (auto each = command; each != waiters.end();
       each = waiters.questioned(number)) {
    if (each->kind == irc_command_kind::mode)
      end_mode(each, line, ctx);
    else if (each->kind == irc_command_kind::set_topic)
      finish_same_topic(each, line, ctx);
    else
      settle(each, "", "", ctx);
  }
  return verdict::claimed;
}

} // namespace convoy::protocol
