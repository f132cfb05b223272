// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session_impl.hpp"
#include "protocol/text.hpp"

#include <utility>

namespace convoy::protocol {

namespace {

/// One word for the middle of a line: no spaces, no colon in front.
std::string one_word(std::string_view text, std::string_view fallback) {
  const auto line = one_line(text);
  const auto all = words(line);
  if (all.empty() || all.front().front() == ':')
    return std::string(fallback);
  return std::string(all.front());
}

bool is_ascii_alnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
         || (c >= '0' && c <= '9');
}

} // namespace

void irc_session::impl::write_registration(context& ctx) {
  registered = false;
  nick = one_word(nick, "guest");
  prepare_sasl();
  write_webirc(ctx);
  begin_capabilities(ctx);
  // With SASL the password is for that (spec §6.4).
  if (const auto password = one_line(settings.password);
      !password.empty() && !sasl.wanted())
    write(text_line({"PASS"}, password), ctx);
  write(line({"NICK", nick}), ctx);
  auto user = one_word(settings.user, nick);
  if (!is_ascii_alnum(user.front()))
    user.front() = 'x';
  const auto realname = one_line(settings.realname);
  write(text_line({"USER", user, one_word(settings.user_mode, "0"), "*"},
                  (realname.empty() ? "" : realname + " via ")
                      + one_line(settings.product_url)),
        ctx);
}

// -- being welcome ------------------------------------------------------------

void irc_session::impl::on_welcome(const irc_message& line, context& ctx) {
  if (!registered && !may_register(ctx))
    return;
  real_host = split_source(line.source).nick;
  if (!line.param(0).empty())
    nick = line.param(0);
  capabilities_open = false;
  capabilities_due.reset();
  tell(event_kind::direct, nullptr, server_name(), line.joined(1), ctx);
  tell_info(ctx);
  if (std::exchange(registered, true))
    return;
  ctx.out.registered = true;
  ctx.out.end.reset();
  begin_regain(ctx);
  begin_history(ctx);
  if (!has("draft/pre-away"))
    write_away(ctx);
  startup = startup_phase::on_connect;
  on_connect_index = 0;
}

void irc_session::impl::on_server_info(const irc_message& line, context& ctx) {
  if (!line.param(1).empty())
    real_host = line.param(1);
  version = line.param(2);
  user_modes = line.param(3);
  channel_modes = line.param(4);
  tell_info(ctx);
}

void irc_session::impl::on_isupport(const irc_message& line, context& ctx) {
  const bool was_utf8_only = supports.utf8_only;
  supports.apply(line);
  if (supports.utf8_only != was_utf8_only)
    tell_info(ctx);
  begin_monitor(ctx);
  tell_fallback(line, ctx);
}

} // namespace convoy::protocol
