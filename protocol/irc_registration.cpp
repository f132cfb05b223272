// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session_impl.hpp"
#include "protocol/text.hpp"

#include <utility>

namespace convoy::protocol {

namespace {

/// The capabilities that are of use here, if the server has them.
constexpr std::string_view wanted_capabilities[]{
    "account-tag",  "cap-notify",  "extended-join",     "message-tags",
    "multi-prefix", "server-time", "userhost-in-names",
};

/// `_` is added to a taken nick so often, then registration is left alone.
constexpr std::size_t max_nick_tries = 16;

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
  capabilities_open = true;
  capabilities_requested = false;
  nick = one_word(nick, "guest");
  write("CAP LS 302", ctx);
  if (const auto password = one_line(settings.password); !password.empty())
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

// -- capabilities -------------------------------------------------------------

void irc_session::impl::offer_capabilities(std::string_view list) {
  for (auto name : words(list)) {
    name = name.substr(0, name.find('='));
    if (name.empty() || capability_bytes + name.size() > max_capability_bytes)
      continue;
    if (offered.emplace(name).second)
      capability_bytes += name.size();
  }
}

void irc_session::impl::request_capabilities(context& ctx) {
  std::string list;
  for (auto name : wanted_capabilities) {
    if (!offered.contains(name) || enabled.contains(name))
      continue;
    list += list.empty() ? "" : " ";
    list += name;
  }
  if (list.empty())
    end_capabilities(ctx);
  else
    write(text_line({"CAP", "REQ"}, list), ctx);
}

void irc_session::impl::end_capabilities(context& ctx) {
  if (std::exchange(capabilities_open, false))
    write("CAP END", ctx);
}

void irc_session::impl::on_cap(const irc_message& line, context& ctx) {
  const auto what = to_lower_ascii(line.param(1));
  const auto list = line.last();
  if (what == "ls") {
    offer_capabilities(list);
    const bool more = line.params.size() > 3 && line.param(2) == "*";
    // Someone may ask for the list again with `/quote`.
    if (!more && !std::exchange(capabilities_requested, true))
      request_capabilities(ctx);
  } else if (what == "ack") {
    for (auto name : words(list)) {
      if (name.front() == '-')
        enabled.erase(std::string(name.substr(1)));
      else if (offered.contains(name))
        enabled.emplace(name);
    }
    end_capabilities(ctx);
  } else if (what == "nak") {
    end_capabilities(ctx);
  } else if (what == "new") {
    offer_capabilities(list);
    request_capabilities(ctx);
    tell_info(ctx);
  } else if (what == "del") {
    for (auto name : words(list)) {
      if (offered.erase(std::string(name)) > 0)
        capability_bytes -= name.size();
      enabled.erase(std::string(name));
    }
    tell_info(ctx);
  }
  tell_fallback(line, ctx);
}

void irc_session::impl::on_cap_refused(const irc_message& line, context& ctx) {
  const bool about_cap = line.command == "410" || line.param(1) == "CAP";
  if (!registered && about_cap) {
    if (line.command == "410")
      end_capabilities(ctx);
    capabilities_open = false;
  } else if (!ctx.claimed) {
    tell_fallback(line, ctx);
  }
}

// -- being welcome ------------------------------------------------------------

void irc_session::impl::on_welcome(const irc_message& line, context& ctx) {
  real_host = split_source(line.source).nick;
  if (!line.param(0).empty())
    nick = line.param(0);
  capabilities_open = false;
  tell(event_kind::direct, nullptr, server_name(), line.joined(1), ctx);
  tell_info(ctx);
  if (std::exchange(registered, true))
    return;
  ctx.out.registered = true;
  if (nick != settings.nick)
    nick_due = ctx.now.steady + settings.nick_interval;
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
  supports.apply(line);
  tell_fallback(line, ctx);
}

// -- nicks that cannot be had -------------------------------------------------

void irc_session::impl::on_nick_taken(const irc_message& line, context& ctx) {
  if (ctx.claimed)
    return;
  const auto taken = line.param(1);
  if (taken_nicks.emplace(fold(taken, supports.mapping)).second)
    tell_error("Nickname " + std::string(taken) + " is already in use.", ctx);
  if (registered || ++nick_tries > max_nick_tries)
    return;
  nick += '_';
  write(this->line({"NICK", nick}), ctx);
  tell_info(ctx);
}

void irc_session::impl::on_nick_unavailable(const irc_message& line,
                                            context& ctx) {
  if (!registered && is_me(line.param(1)))
    on_nick_taken(line, ctx);
  else if (!ctx.claimed)
    tell_fallback(line, ctx);
}

void irc_session::impl::on_nick_invalid(const irc_message& line, context& ctx) {
  if (!ctx.claimed)
    tell_error("Invalid nickname " + std::string(line.param(1)) + ".", ctx);
}

} // namespace convoy::protocol
