// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session_impl.hpp"
#include "protocol/text.hpp"

#include <chrono>
#include <utility>

namespace convoy::protocol {

namespace {

/// Lines of CAP LS that are read; what comes behind them is not waited for.
constexpr std::size_t max_list_lines = 64;
/// From its first line on the server has this long to list, and as long to
/// answer what was asked for; then registration goes on without.
constexpr std::chrono::seconds capability_patience{30};

} // namespace

bool irc_session::impl::has(std::string_view capability) const noexcept {
  return capabilities.has(capability);
}

void irc_session::impl::begin_capabilities(context& ctx) {
  capabilities_open = true;
  capabilities_requested = false;
  capability_lines = 0;
  capabilities_due.reset();
  write("CAP LS 302", ctx);
}

void irc_session::impl::request_capabilities(context& ctx) {
  capabilities_requested = true;
  if (obey_sts(ctx))
    return;
  for (const auto& list : capabilities.request())
    write(text_line({"CAP", "REQ"}, list), ctx);
  if (capabilities.waiting())
    capabilities_due = ctx.now.steady + capability_patience;
  else
    settle_capabilities(ctx);
}

// All answers are in: what needs them follows, and then the registration ends.
void irc_session::impl::settle_capabilities(context& ctx) {
  capabilities_due.reset();
  if (!begin_sasl(ctx))
    end_capabilities(ctx);
}

void irc_session::impl::end_capabilities(context& ctx) {
  if (!std::exchange(capabilities_open, false) || !may_register(ctx))
    return;
  capabilities_due.reset();
  if (has("draft/pre-away"))
    write_away(ctx);
  write("CAP END", ctx);
}

void irc_session::impl::hurry_capabilities(context& ctx) {
  if (!capabilities_due || *capabilities_due > ctx.now.steady)
    return;
  capabilities_due.reset();
  if (!capabilities_requested)
    request_capabilities(ctx);
  else
    settle_capabilities(ctx);
}

void irc_session::impl::on_cap(const irc_message& line, context& ctx) {
  const auto what = to_lower_ascii(line.param(1));
  const auto list = line.last();
  if (what == "ls") {
    // Someone may ask for the list again with `/quote`; one without an end is
    // not shown for ever.
    if (capabilities_requested && ++capability_lines > max_list_lines)
      return;
    if (!capabilities_requested) {
      capabilities.offer(list);
      const bool more = line.params.size() > 3 && line.param(2) == "*";
      if (!more || ++capability_lines >= max_list_lines)
        request_capabilities(ctx);
      else if (!capabilities_due)
        capabilities_due = ctx.now.steady + capability_patience;
    }
  } else if (what == "ack" || what == "nak") {
    const bool waited = capabilities.waiting();
    if (what == "ack")
      capabilities.acknowledge(list);
    else
      for (const auto& each : capabilities.refuse(list))
        write(text_line({"CAP", "REQ"}, each), ctx);
    if (waited && !capabilities.waiting())
      settle_capabilities(ctx);
  } else if (what == "new") {
    capabilities.offer(list);
    request_capabilities(ctx);
    tell_info(ctx);
  } else if (what == "del") {
    capabilities.withdraw(list);
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
    capabilities_due.reset();
  } else if (!ctx.claimed) {
    tell_fallback(line, ctx);
  }
}

} // namespace convoy::protocol
