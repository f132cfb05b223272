// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session_impl.hpp"

#include <utility>

namespace convoy::protocol {

void irc_session::impl::ignore(const irc_message&, context&) {
  // nop
}

void irc_session::impl::on_ping(const irc_message& line, context& ctx) {
  write(text_line({"PONG"}, line.joined(0)), ctx);
}

void irc_session::impl::on_topic_numeric(const irc_message& line,
                                         context& ctx) {
  if (auto* where = find(line.param(1)))
    set_topic(*where, line.joined(2), ctx);
}

void irc_session::impl::on_no_topic(const irc_message& line, context& ctx) {
  if (auto* where = find(line.param(1)))
    set_topic(*where, "", ctx);
}

// A channel that was joined without 332 has no topic any more.
void irc_session::impl::on_end_of_names(const irc_message& line, context& ctx) {
  auto* where = find(line.param(1));
  if (where != nullptr && topic_unknown.contains(where->id))
    set_topic(*where, "", ctx);
  if (!ctx.claimed)
    tell_fallback(line, ctx);
}

void irc_session::impl::on_own_modes(const irc_message& line, context& ctx) {
  tell_notice("You (" + std::string(line.param(0)) + ") have mode "
                  + line.joined(1) + ".",
              ctx);
}

void irc_session::impl::on_channel_modes(const irc_message& line,
                                         context& ctx) {
  tell_notice(std::string(line.param(1)) + " has mode "
                  + std::string(line.param(2)) + ".",
              ctx);
}

void irc_session::impl::on_motd(const irc_message& line, context& ctx) {
  auto text = line.joined(1);
  if (text.starts_with("- "))
    text.erase(0, 2);
  tell(event_kind::preformat, nullptr, server_name(), std::move(text), ctx);
}

void irc_session::impl::on_visible_host(const irc_message& line, context& ctx) {
  const auto mask = line.param(1);
  const auto at = mask.find('@');
  if (at != std::string_view::npos)
    own_user = mask.substr(0, at);
  own_host = at == std::string_view::npos ? mask : mask.substr(at + 1);
  tell_fallback(line, ctx);
}

void irc_session::impl::on_cannot_send(const irc_message& line, context& ctx) {
  if (!ctx.claimed)
    tell_error("Cannot send to channel " + std::string(line.param(1)) + ".",
               ctx);
}

void irc_session::impl::on_unknown_command(const irc_message& line,
                                           context& ctx) {
  // A server without capabilities is a server all the same.
  if (!registered && line.param(1) == "CAP")
    capabilities_open = false;
  else if (!ctx.claimed)
    tell_error("Unknown command: " + std::string(line.param(1)), ctx);
}

} // namespace convoy::protocol
