// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session_impl.hpp"
#include "protocol/json.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

// Commands that are made of message tags (IRCv3 message-tags and the client
// tags react, reply and typing), and REDACT (draft/message-redaction).
namespace convoy::protocol {

namespace {

/// That somebody types is told no more often (IRCv3 typing).
constexpr std::chrono::seconds typing_interval{3};

/// The first word and what follows it.
std::pair<std::string_view, std::string_view>
split_word(std::string_view text) {
  const auto end = std::min(text.find_first_of(" \n"), text.size());
  return {text.substr(0, end), trim(text.substr(end))};
}

} // namespace

// A tag that may not be sent is refused here: the server would drop it and say
// nothing.
bool irc_session::impl::may_tag(const irc_asker& who,
                                std::initializer_list<std::string_view> tags,
                                context& ctx) {
  const bool may = has("message-tags")
                   && std::all_of(tags.begin(), tags.end(), [&](auto each) {
                        return supports.allows_tag(each);
                      });
  if (!may)
    refuse(who, not_supported, ctx);
  return may;
}

/// Writes what has no text: `@+tag=value TAGMSG target`.
bool irc_session::impl::write_tags(
    std::string_view target,
    std::vector<std::pair<std::string, std::string>> tags, context& ctx) {
  const auto line =
      format_irc_line({std::move(tags), "", "TAGMSG", {std::string(target)}});
  return line && write(*line, ctx);
}

void irc_session::impl::do_react(const request& what, context& ctx) {
  const auto [msgid, reaction] = split_word(what.args);
  if (!target_is_good(what.who, what.target, "/conversation_id", ctx))
    return;
  if (msgid.empty() || reaction.empty())
    return refuse(what.who, "Missing message id or reaction.", ctx, "/message");
  if (!may_tag(what.who, {"draft/react", "draft/reply"}, ctx))
    return;
  if (!write_tags(what.target,
                  {{"+draft/react", std::string(reaction)},
                   {"+draft/reply", std::string(msgid)}},
                  ctx))
    return refuse(what.who, "Message is too long.", ctx, "/message");
  // Where the server echoes it, it is shown then.
  if (!has("echo-message")) {
    const auto [where, from] =
        route({nick, own_user, own_host, true}, what.target, ctx);
    auto said = make(event_kind::reaction, where, ctx);
    said.from = from;
    said.text = reaction;
    said.extra = describe_reply(msgid);
    show_when_written(std::move(said), ctx);
  }
  answer_when_written(what.who, ctx);
}

void irc_session::impl::do_reply(const request& what, context& ctx) {
  const auto end = std::min(what.args.find_first_of(" \n"), what.args.size());
  const auto msgid = what.args.substr(0, end);
  if (msgid.empty())
    return refuse(what.who, "Missing message id.", ctx, "/message");
  if (!may_tag(what.who, {"draft/reply"}, ctx))
    return;
  outgoing said{what.target, what.args.substr(end + (end < what.args.size()))};
  said.target_path = "/conversation_id";
  said.reply_to = msgid;
  send_text(what.who, said, ctx);
}

void irc_session::impl::do_typing(const request& what, context& ctx) {
  constexpr std::string_view states[]{"active", "paused", "done"};
  const auto how = trim(what.args);
  if (!target_is_good(what.who, what.target, "/conversation_id", ctx))
    return;
  if (std::find(std::begin(states), std::end(states), how) == std::end(states))
    return refuse(what.who, "Must be active, paused or done.", ctx, "/message");
  if (!may_tag(what.who, {"typing"}, ctx))
    return;
  // The end is told at once, or others wait for a message.
  const bool ends = how == "done" && typing_state != "done";
  const bool due = ends || !typing_due || *typing_due <= ctx.now.steady;
  // Behind what waits it would come too late.
  if (due && outbound.is_free(ctx.now.steady)) {
    typing_due = ctx.now.steady + typing_interval;
    typing_state = how;
    write_tags(what.target, {{"+typing", std::string(how)}}, ctx);
  }
  answer(what.who, "", "", "", ctx);
}

void irc_session::impl::do_redact(const request& what, context& ctx) {
  const auto [msgid, reason] = split_word(what.args);
  if (!target_is_good(what.who, what.target, "/conversation_id", ctx))
    return;
  if (msgid.empty() || msgid.front() == ':')
    return refuse(what.who, "Missing message id.", ctx, "/message");
  if (!has("draft/message-redaction"))
    return refuse(what.who, not_supported, ctx);
  auto written = reason.empty()
                     ? line({"REDACT", what.target, msgid})
                     : text_line({"REDACT", what.target, msgid}, reason);
  // Otherwise a server that does it says nothing.
  if (has("echo-message") || has("labeled-response"))
    return open(irc_command_kind::redact, what.who, what.target,
                std::move(written), ctx, std::string(msgid));
  write_for(what.who, std::move(written), ctx);
}

irc_session::impl::verdict
irc_session::impl::finish_redact(irc_waiters::iterator command,
                                 const irc_message& line, context& ctx) {
  if (!is_me(split_source(line.source).nick)
      || line.param(1) != command->subject)
    return verdict::not_mine;
  settle(command, "", "", ctx);
  return verdict::claimed;
}

std::string reply_tag(std::string_view msgid) {
  if (msgid.empty())
    return "";
  // Formatted with a command, for the escapes; that is then taken off.
  const auto line =
      format_irc_line({{{"+draft/reply", std::string(msgid)}}, "", "X", {}});
  return line ? line->substr(0, line->size() - 1) : "";
}

std::string describe_reply(std::string_view msgid) {
  json_writer out;
  out.begin_object().field("reply_to", msgid).end_object();
  return out.take();
}

} // namespace convoy::protocol
