// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session_impl.hpp"
#include "protocol/sts.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <utility>

// Who we are (WEBIRC, SASL) and whether to say it without TLS (STS).
namespace convoy::protocol {

namespace {

/// Longest address in text, an IPv6 one with a zone (RFC 4291).
constexpr std::size_t max_address = 64;

/// An address of a person, as it may stand in a line; "" when it is none.
std::string address_word(std::string_view text) {
  const auto is_good = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')
           || (c >= 'A' && c <= 'Z') || c == ':' || c == '.' || c == '%';
  };
  if (text.size() > max_address
      || !std::all_of(text.begin(), text.end(), is_good))
    return {};
  // A colon in front would make it the last parameter.
  return (text.starts_with(':') ? "0" : "") + std::string(text);
}

} // namespace

// -- WEBIRC -------------------------------------------------------------------

void irc_session::impl::write_webirc(context& ctx) {
  const auto password = one_line(settings.profile.webirc_password);
  const auto address = address_word(settings.remote_address);
  if (password.empty() || password.front() == ':'
      || password.find(' ') != std::string::npos || address.empty())
    return;
  write(line({"WEBIRC", password, "convoy", address, address}), ctx);
}

// -- SASL ---------------------------------------------------------------------

void irc_session::impl::prepare_sasl() {
  const auto& certificate = settings.certificate_fingerprint;
  sasl = irc_sasl(
      {settings.sasl, settings.user, settings.password, settings.authname, nick,
       !certificate.empty() && socket && socket->tls, settings.nonce});
  authenticated = false;
  sasl_excused = false;
  sasl_due.reset();
  capabilities.want("sasl", sasl.wanted());
}

bool irc_session::impl::begin_sasl(context& ctx) {
  if (!has("sasl") || !sasl.wanted() || authenticated || sasl_excused
      || sasl.is_open())
    return sasl.is_open();
  const auto by_password = !equal_ascii(settings.sasl, "external");
  if (sasl.has_credentials()) {
    sasl_due = ctx.now.steady + settings.command_timeout;
    take_sasl(sasl.begin(capabilities.value("sasl").value_or("")), ctx);
  } else if (by_password) {
    // Spec §9.3, 6: it goes on without.
    sasl_excused = true;
    write("AUTHENTICATE *", ctx);
    tell_error("SASL needs a user name and a password in the connection's URL.",
               ctx);
  } else {
    fail_sasl("There is no client certificate to show, or no TLS.",
              irc_end::password, ctx);
  }
  return !sasl_excused;
}

void irc_session::impl::take_sasl(sasl_step step, context& ctx) {
  for (auto& each : step.lines)
    write(std::move(each), ctx);
  if (!step.failure.empty())
    return fail_sasl(step.failure, irc_end::password, ctx);
  if (sasl.is_open())
    return;
  sasl_due.reset();
  end_capabilities(ctx);
}

void irc_session::impl::fail_sasl(const std::string& reason, irc_end end,
                                  context& ctx) {
  sasl_due.reset();
  authenticated = false;
  const auto text = "SASL authentication failed: " + reason;
  if (registered)
    return tell_error(text, ctx);
  give_up(text, end, ctx);
}

bool irc_session::impl::may_register(context& ctx) {
  if (!sasl.wanted() || authenticated || sasl_excused)
    return true;
  // Services that are down come back: later it may be offered.
  fail_sasl("The server does not offer it.", irc_end::throttled, ctx);
  return false;
}

void irc_session::impl::hurry_sasl(context& ctx) {
  if (!sasl_due || *sasl_due > ctx.now.steady)
    return;
  auto step = sasl.abort("The server did not answer in time.");
  for (auto& each : step.lines)
    write(std::move(each), ctx);
  fail_sasl(step.failure, irc_end::throttled, ctx);
}

void irc_session::impl::on_authenticate(const irc_message& line, context& ctx) {
  // Challenges are not for people, and not for any log.
  if (line.last() == "+")
    tell_fallback(line, ctx);
  if (sasl.is_open())
    take_sasl(sasl.on_challenge(line.last()), ctx);
}

void irc_session::impl::on_sasl_numeric(const irc_message& line, context& ctx) {
  const auto& what = line.command;
  const auto good = what == "900" || what == "903";
  const auto is_notice = good || what == "902" || what == "908";
  const bool skip_nick = !line.params.empty() && is_me(line.params.front());
  tell(is_notice ? event_kind::notice : event_kind::error, nullptr,
       settings.connection_id, line.joined(skip_nick ? 1 : 0), ctx);
  if (what != "908") {
    authenticated = good;
    tell_info(ctx);
  }
  if (!sasl.is_open())
    return;
  if (what == "908")
    take_sasl(sasl.on_mechanisms(line.param(1)), ctx);
  else
    take_sasl(good ? sasl.on_success() : sasl.on_refused(line.last()), ctx);
}

// -- STS ----------------------------------------------------------------------

bool irc_session::impl::obey_sts(context& ctx) {
  const auto value = capabilities.value("sts");
  if (!value || !socket || is_address(settings.host))
    return false;
  const auto policy = parse_sts(*value);
  if (socket->tls) {
    if (policy.duration)
      ctx.out.sts = {settings.host, socket->port, *policy.duration};
    return false;
  }
  if (!policy.port)
    return false;
  ctx.out.sts = {settings.host, *policy.port, {}};
  give_up("The server wants TLS.", irc_end::secure, ctx);
  return true;
}

} // namespace convoy::protocol
