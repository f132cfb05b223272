// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session_impl.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <utility>

namespace convoy::protocol {

bool irc_session::impl::echoes() const {
  return has("echo-message");
}

std::string irc_session::impl::next_label() {
  return has("labeled-response") ? std::to_string(++labels) : std::string{};
}

std::string irc_session::impl::with_label(const std::string& label,
                                          std::string line) {
  if (label.empty())
    return line;
  // There may be tags already.
  const bool tagged = line.starts_with('@');
  return "@label=" + label
         + (tagged ? ';' + line.substr(1) : ' ' + std::move(line));
}

void irc_session::impl::await_echo(irc_open_command command, context& ctx) {
  command.patience = settings.command_timeout;
  command.parcel = outbound.last();
  wait_for(std::move(command), ctx);
}

// -- answers ------------------------------------------------------------------

irc_session::impl::verdict
irc_session::impl::finish_message(irc_waiters::iterator command,
                                  const irc_message& line, context& ctx) {
  if (!is_me(split_source(line.source).nick))
    return verdict::not_mine;
  // Another client of the same bouncer may have said something, too.
  if (command->label.empty() && command->sent != line.last()) {
    const auto same_text = std::find_if(
        waiters.begin(), waiters.end(), [&](const irc_open_command& each) {
          return each.kind == command->kind && each.label.empty()
                 && same(each.target, command->target)
                 && each.sent == line.last();
        });
    if (same_text != waiters.end())
      command = same_text;
  }
  settle(command, "", "", ctx);
  return verdict::shown;
}

// The server has taken it and does not give it back.
irc_session::impl::verdict
irc_session::impl::finish_silently(irc_waiters::iterator command,
                                   const irc_message&, context& ctx) {
  irc_message said;
  said.source = nick + '!' + own_user + '@' + own_host;
  said.command =
      command->kind == irc_command_kind::notice ? "NOTICE" : "PRIVMSG";
  said.params = {command->target, command->sent};
  if (!command->subject.empty())
    said.tags.emplace_back("+draft/reply", command->subject);
  settle(command, "", "", ctx);
  on_message(said, ctx);
  return verdict::claimed;
}

irc_session::impl::verdict
irc_session::impl::fail_message(irc_waiters::iterator command,
                                const irc_message& line, context& ctx) {
  return is_message(command->kind) ? fail(command, line, ctx)
                                   : verdict::not_mine;
}

bool irc_session::impl::is_second_copy(const irc_message& line) {
  if (!echoes() || !is_me(line.param(0))
      || !is_me(split_source(line.source).nick))
    return false;
  const auto id = line.tag("msgid");
  const auto mark =
      id ? '@' + std::string(*id) : ':' + std::string(line.last());
  if (std::exchange(last_to_self, mark) != mark)
    return false;
  last_to_self.clear();
  return true;
}

} // namespace convoy::protocol
