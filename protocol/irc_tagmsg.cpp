// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session_impl.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

// What is said with tags alone (IRCv3 message-tags): typing and reactions.
namespace convoy::protocol {

namespace {

/// Passing events of one step; more are dropped, for they are old anyway.
constexpr std::size_t max_passing = 32;

bool is_typing_state(std::string_view text) {
  constexpr std::string_view known[]{"active", "done", "paused"};
  return std::find(std::begin(known), std::end(known), text) != std::end(known);
}

bool names_a_message(const irc_message& line) {
  return !line.tag("+draft/reply").value_or("").empty()
         || !line.tag("+reply").value_or("").empty();
}

} // namespace

void irc_session::impl::on_tagmsg(const irc_message& line, context& ctx) {
  const auto source = split_source(line.source);
  const auto target = line.param(0);
  // A conversation is not made for these.
  auto* where =
      find(is_me(target) ? source.nick : supports.without_status(target));
  if (where == nullptr || source.nick.empty())
    return;
  const auto typing = line.tag("+typing");
  if (typing && is_typing_state(*typing) && !is_me(source.nick) && !ctx.playback
      && ctx.out.passing.size() < max_passing) {
    auto what = make(event_kind::typing, where, ctx);
    what.from = source.nick;
    what.text = *typing;
    ctx.out.passing.push_back(std::move(what));
  }
  auto reaction = line.tag("+draft/react");
  if (!reaction)
    reaction = line.tag("+react");
  if (!reaction || reaction->empty() || !names_a_message(line))
    return;
  auto what = make(event_kind::reaction, where, ctx);
  what.from = source.nick;
  what.text = *reaction;
  what.extra = describe_tags(line, ctx.playback);
  note_seen(where, line, ctx);
  ctx.out.events.push_back(std::move(what));
}

void irc_session::impl::on_redact(const irc_message& line, context& ctx) {
  const auto by = split_source(line.source).nick;
  const auto target = line.param(0);
  const auto* where =
      find(is_me(target) ? by : supports.without_status(target));
  if (where == nullptr || line.param(1).empty())
    return;
  auto what = make(event_kind::redact, where, ctx);
  what.from = by;
  what.target = line.param(1);
  what.text = line.joined(2);
  ctx.out.events.push_back(std::move(what));
}

} // namespace convoy::protocol
