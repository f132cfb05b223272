// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_farewell.hpp"

#include "protocol/irc_session_impl.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace convoy::protocol {

namespace {

struct farewell_row {
  std::string_view words; ///< lower case
  irc_end end;
};

// The first that is found counts: the reason of a ban is any text at all, so
// its name comes before the words that may stand in one.
constexpr farewell_row farewells[]{
    {"k-line", irc_end::banned},
    {"kline", irc_end::banned},
    {"g-line", irc_end::banned},
    {"gline", irc_end::banned},
    {"z-line", irc_end::banned},
    {"zline", irc_end::banned},
    {"d-line", irc_end::banned},
    {"dline", irc_end::banned},
    {"x-line", irc_end::banned},
    {"akill", irc_end::banned},
    {"autokill", irc_end::banned},
    {"dnsbl", irc_end::banned},
    {"killed", irc_end::throttled},
    {"throttl", irc_end::throttled},
    {"too fast", irc_end::throttled},
    {"too quickly", irc_end::throttled},
    {"too many", irc_end::throttled},
    {"try again", irc_end::throttled},
    {"try later", irc_end::throttled},
    {"session limit", irc_end::throttled},
    {"connection limit", irc_end::throttled},
    {"no more connections", irc_end::throttled},
    {"server is full", irc_end::throttled},
    {"server full", irc_end::throttled},
    {"bad password", irc_end::password},
    {"wrong password", irc_end::password},
    {"invalid password", irc_end::password},
    {"incorrect password", irc_end::password},
    {"password incorrect", irc_end::password},
    {"password mismatch", irc_end::password},
    {"password required", irc_end::password},
    {"password is required", irc_end::password},
    {"sasl access only", irc_end::password},
    {"identify via sasl", irc_end::password},
    {"banned", irc_end::banned},
    {"blacklist", irc_end::banned},
    {"blocklist", irc_end::banned},
    {"not welcome", irc_end::banned},
    {"not authorized", irc_end::banned},
    {"unauthorized", irc_end::banned},
    {"access denied", irc_end::banned},
};

} // namespace

std::optional<irc_end> parse_farewell(std::string_view words) {
  const auto text = to_lower_ascii(words);
  const auto* row = std::find_if(
      std::begin(farewells), std::end(farewells), [&](const auto& each) {
        return text.find(each.words) != std::string::npos;
      });
  if (row == std::end(farewells))
    return std::nullopt;
  return row->end;
}

void irc_session::impl::on_error(const irc_message& line, context& ctx) {
  tell_fallback(line, ctx);
  give_up(line.joined(0), parse_farewell(line.joined(0)), ctx);
}

// Whoever was thrown out should not be back at once.
void irc_session::impl::on_kill(const irc_message& line, context& ctx) {
  tell_fallback(line, ctx);
  if (is_me(line.param(0)))
    give_up(line.joined(1),
            parse_farewell(line.joined(1)).value_or(irc_end::throttled), ctx);
}

// The connection is closed after it; when it is not, 001 takes it back.
void irc_session::impl::on_turned_away(const irc_message& line, context& ctx) {
  constexpr std::pair<std::string_view, irc_end> rows[]{
      {"263", irc_end::throttled}, // RPL_TRYAGAIN
      {"463", irc_end::banned},    // ERR_NOPERMFORHOST
      {"464", irc_end::password},  // ERR_PASSWDMISMATCH
      {"465", irc_end::banned},    // ERR_YOUREBANNEDCREEP
      {"466", irc_end::throttled}, // ERR_YOUWILLBEBANNED
  };
  const auto* row =
      std::find_if(std::begin(rows), std::end(rows), [&](const auto& each) {
        return each.first == line.command;
      });
  if (!registered && row != std::end(rows))
    ctx.out.end = parse_farewell(line.last()).value_or(row->second);
  // RPL_TRYAGAIN is all there is of the list then.
  if (line.param(1) == "LIST")
    end_list(ctx);
  if (!ctx.claimed)
    tell_fallback(line, ctx);
}

// The end of the socket follows; its reason would be poorer (spec §9.3).
void irc_session::impl::give_up(std::string reason, std::optional<irc_end> end,
                                context& ctx) const {
  if (state != connection_state::connected)
    return;
  ctx.out.give_up = reason.empty() ? connection_closed : std::move(reason);
  if (end)
    ctx.out.end = end;
}

} // namespace convoy::protocol
