// SPDX-License-Identifier: Apache-2.0
#include "protocol/channel_list.hpp"
#include "protocol/irc_session_impl.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

// LIST: what the server tells goes to the cache of the network, which answers
// (spec/events-and-irc.md §4.6).
namespace convoy::protocol {

namespace {

/// `/pattern/flags` in the words of a command, or "".
std::string find_filter(std::string_view args) {
  const auto start = args.find('/');
  if (start == std::string_view::npos
      || args.find('/', start + 1) == std::string_view::npos)
    return "";
  return std::string(args.substr(start));
}

} // namespace

void irc_session::impl::do_list(const request& what, context& ctx) {
  const auto filter = find_filter(what.args);
  const auto others =
      words(what.args.substr(0, what.args.size() - filter.size()));
  const bool asked = std::any_of(others.begin(), others.end(), [](auto each) {
    return equal_ascii(each, "refresh");
  });
  const bool refresh = (asked || !list_asked) && !listing;
  if (refresh) {
    if (const auto* problem = put({"LIST"}, ctx))
      return refuse(what.who, problem, ctx);
    list_asked = true;
    listing = true;
    list_room = channel_list::max_channels;
    ctx.out.list_begins = true;
  }
  if (what.who.from != irc_asker::origin::person)
    return answer(what.who, "", "", "", ctx);
  ctx.out.list_queries.push_back({what.who.to, filter, refresh});
}

void irc_session::impl::on_list_entry(const irc_message& line, context& ctx) {
  // What nobody asked for, or has no end, is not passed on.
  if (!listing || list_room == 0)
    return;
  --list_room;
  irc_listed listed;
  listed.name = line.param(1);
  const auto users = line.param(2);
  std::from_chars(users.data(), users.data() + users.size(), listed.users);
  listed.topic = line.joined(3);
  const auto* where = find(listed.name);
  listed.member = where != nullptr && where->frozen.empty();
  // `*` stands for a channel that is secret.
  if (supports.is_channel(listed.name))
    ctx.out.listed.push_back(std::move(listed));
}

void irc_session::impl::on_list_end(const irc_message&, context& ctx) {
  end_list(ctx);
}

void irc_session::impl::end_list(context& ctx) {
  ctx.out.list_ends = ctx.out.list_ends || std::exchange(listing, false);
}

} // namespace convoy::protocol
