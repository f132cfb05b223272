// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_history.hpp"

#include "protocol/irc_ctcp.hpp"
#include "protocol/irc_session_impl.hpp"
#include "protocol/irc_time.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <functional>
#include <utility>

// What was said while we were away, from the server's own history; where it has
// none, a notice says from when to when something may be missing.
namespace convoy::protocol {

namespace {

/// Messages that are asked for at once; a server may allow fewer.
constexpr std::size_t page_size = 100;
/// Pages for one conversation. More than they hold stays missing, and is said
/// to be.
constexpr std::size_t max_pages = 10;
/// People whose messages are asked for after one connect.
constexpr std::size_t max_people = 50;
/// How often it is stored that the connection is up.
constexpr std::chrono::hours store_alive_every{1};

std::uint64_t hash_of(std::string_view text) {
  return std::hash<std::string_view>{}(text);
}

/// `2026-11-22 07:01:18`, for people.
std::string to_words(timestamp time) {
  auto text = to_iso(std::chrono::floor<std::chrono::seconds>(time), false)
                  .substr(0, 19);
  std::replace(text.begin(), text.end(), 'T', ' ');
  return text;
}

bool is_one_word(std::string_view text) {
  return !text.empty() && text.front() != ':'
         && text.find(' ') == std::string_view::npos;
}

} // namespace

void irc_seen::add(std::uint64_t mark) {
  if (ring_.size() < limit) {
    ring_.push_back(mark);
    return;
  }
  ring_[next_] = mark;
  next_ = (next_ + 1) % limit;
}

bool irc_seen::contains(std::uint64_t mark) const noexcept {
  return std::find(ring_.begin(), ring_.end(), mark) != ring_.end();
}

std::uint64_t mark_of(const irc_message& line, timestamp time) {
  if (const auto id = line.tag("msgid"); id && !id->empty())
    return hash_of("#" + std::string(*id));
  return hash_of(to_irc_time(time) + ' '
                 + to_lower_ascii(split_source(line.source).nick) + ' '
                 + line.joined(1));
}

std::uint64_t mark_of_own(std::string_view text) {
  return hash_of(">" + std::string(text));
}

bool irc_session::impl::has_history() const {
  return has("draft/chathistory") && has("batch");
}

bool irc_session::impl::has_playback() const {
  return has("znc.in/playback") && has("batch");
}

// -- what is known ------------------------------------------------------------

void irc_session::impl::note_alive(context& ctx) {
  if (!registered)
    return;
  last_alive = ctx.now.wall;
  if (last_alive >= alive_due)
    store_alive(ctx);
}

void irc_session::impl::store_alive(context& ctx) {
  alive_due = last_alive + store_alive_every;
  memory.last_seen = last_alive;
  remember(ctx);
}

void irc_session::impl::note_seen(conversation* where, const irc_message& line,
                                  context& ctx) {
  if (where == nullptr)
    return;
  // TAGMSG: not every server keeps them, so none is a place to go on from.
  if (line.command != "TAGMSG" && ctx.time >= where->last_time) {
    where->last_time = ctx.time;
    where->last_msgid = line.tag("msgid").value_or("");
  }
  if (!ctx.playback && (has_history() || has_playback()))
    seen[where->id].add(mark_of(line, ctx.time));
}

void irc_session::impl::note_said(const conversation* where,
                                  std::string_view text) {
  if (where != nullptr && !echoes() && (has_history() || has_playback()))
    seen[where->id].add(mark_of_own(text));
}

// -- where something may be missing -------------------------------------------

/// Remembers which channels we were in, before they are frozen.
void irc_session::impl::note_gaps() {
  // After a crash the messages are newer than what was remembered.
  offline_since = memory.last_seen;
  for (const auto& [id, each] : conversations)
    offline_since = std::max(offline_since, each.last_time);
  std::erase_if(seen, [&](const auto& each) {
    return !conversations.contains(each.first);
  });
  std::erase_if(gaps, [&](const auto& each) {
    return supports.is_channel(each.second.name)
           && !conversations.contains(each.first);
  });
  for (const auto& [id, each] : conversations) {
    const bool was_in =
        each.frozen.empty() || each.frozen == freeze::not_connected;
    if (offline_since == timestamp{} || !was_in
        || !supports.is_channel(each.name))
      continue;
    irc_gap gap;
    gap.name = each.name;
    gap.from = std::max(offline_since, each.last_time);
    gap.after = each.last_time == timestamp{} ? gap.from : each.last_time;
    gap.msgid = each.last_msgid;
    gaps.try_emplace(id, std::move(gap));
  }
}

void irc_session::impl::begin_history(const context& ctx) {
  last_alive = ctx.now.wall;
  alive_due = last_alive + store_alive_every;
  repairs.clear();
  history_asked = false;
  people_asked = false;
  floors.clear();
  for (const auto& [id, each] : gaps)
    if (!supports.is_channel(each.name))
      repairs.push_back(id);
  if (has_playback())
    for (const auto& [id, each] : conversations)
      floors.emplace(id, each.last_time);
}

/// We are in the channel again.
void irc_session::impl::close_gap(const conversation& where, context& ctx) {
  const auto gap = gaps.find(where.id);
  if (gap == gaps.end())
    return;
  gap->second.until = ctx.time;
  if (has_history()) {
    if (std::find(repairs.begin(), repairs.end(), where.id) == repairs.end())
      repairs.push_back(where.id);
    return;
  }
  if (!has_playback())
    tell_gap(where, gap->second.from, gap->second.until, ctx);
  gaps.erase(gap);
}

void irc_session::impl::tell_gap(const conversation& where, timestamp from,
                                 timestamp until, context& ctx) const {
  auto what = make(event_kind::notice, &where, ctx);
  what.from = settings.connection_id;
  what.text = "Messages between " + to_words(from) + " and " + to_words(until)
              + " UTC may be missing.";
  json_writer extra;
  extra.begin_object()
      .key("gap")
      .begin_object()
      .field("from", to_iso(from))
      .field("to", to_iso(until))
      .end_object()
      .end_object();
  what.extra = extra.take();
  ctx.out.events.push_back(std::move(what));
}

// -- asking for it, one after the other ---------------------------------------

void irc_session::impl::repair_next(context& ctx) {
  if (!registered || startup != startup_phase::idle)
    return;
  const auto waits = [&] {
    return std::any_of(waiters.begin(), waiters.end(), [](const auto& each) {
      return each.kind == irc_command_kind::history;
    });
  };
  while (!waits()) {
    if (std::exchange(history_asked, false))
      fail_history(ctx);
    else if (!repairs.empty())
      ask_history(ctx);
    else if (!std::exchange(people_asked, true))
      ask_people(ctx);
    else
      return;
  }
}

void irc_session::impl::ask_history(context& ctx) {
  const auto known = gaps.find(repairs.front());
  if (known == gaps.end()) {
    repairs.pop_front();
    return;
  }
  auto& gap = known->second;
  history_asked = true;
  std::string reference;
  if (!gap.by_time && is_one_word(gap.msgid)
      && supports.takes_reference("msgid"))
    reference = "msgid=" + gap.msgid;
  else if (supports.takes_reference("timestamp"))
    reference = "timestamp=" + to_irc_time(gap.after);
  else
    return;
  gap.lines = 0;
  gap.met = false;
  ++gap.pages;
  open(irc_command_kind::history, {irc_asker::origin::session}, gap.name,
       line({"CHATHISTORY", "AFTER", gap.name, reference,
             std::to_string(history_page())}),
       ctx);
}

std::size_t irc_session::impl::history_page() const {
  const auto most = supports.chathistory.value_or(0);
  return most == 0 ? page_size : std::min(most, page_size);
}

// A server forgets ids sooner than times.
void irc_session::impl::fail_history(context& ctx) {
  const auto known = gaps.find(repairs.front());
  if (known != gaps.end() && !known->second.by_time
      && !known->second.msgid.empty()
      && supports.takes_reference("timestamp")) {
    known->second.by_time = true;
    return;
  }
  end_repair(true, ctx);
}

void irc_session::impl::end_repair(bool is_incomplete, context& ctx) {
  const auto id = std::exchange(repairs.front(), {});
  repairs.pop_front();
  const auto known = gaps.find(id);
  if (known == gaps.end())
    return;
  const auto gap = std::move(known->second);
  gaps.erase(known);
  if (const auto* where = is_incomplete ? find(gap.name) : nullptr)
    tell_gap(*where, gap.pages > 1 ? gap.after : gap.from, gap.until, ctx);
}

// Who has written to us meanwhile; or, of a bouncer, all that it has kept.
void irc_session::impl::ask_people(context& ctx) {
  if (has_history() && offline_since != timestamp{}) {
    open(irc_command_kind::history, {irc_asker::origin::session}, "",
         line({"CHATHISTORY", "TARGETS",
               "timestamp=" + to_irc_time(offline_since),
               "timestamp=" + to_irc_time(ctx.now.wall),
               std::to_string(std::min(max_people, history_page()))}),
         ctx);
  } else if (has_playback()) {
    const auto since = offline_since.time_since_epoch();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(since);
    write(text_line({"PRIVMSG", "*playback"},
                    "PLAY * " + std::to_string(seconds.count())),
          ctx);
  }
}

void irc_session::impl::on_history_target(const irc_message& line,
                                          context& ctx) {
  const auto name = line.param(1);
  timestamp newest{};
  if (line.param(0) != "TARGETS" || supports.is_channel(name)
      || !is_one_word(name) || name.find(',') != std::string_view::npos
      || !parse_time(line.param(2), newest) || repairs.size() >= max_people)
    return;
  const auto* where = find(name);
  if (where != nullptr && where->last_time >= newest)
    return;
  irc_gap gap;
  gap.name = name;
  gap.from = offline_since;
  gap.until = ctx.now.wall;
  gap.after = offline_since;
  if (where != nullptr && where->last_time != timestamp{}) {
    gap.after = where->last_time;
    gap.msgid = where->last_msgid;
  }
  auto id = id_of(name);
  if (gaps.try_emplace(id, std::move(gap)).second)
    repairs.push_back(std::move(id));
}

// -- what comes ---------------------------------------------------------------

irc_gap* irc_session::impl::gap_of(const irc_batch& batch) {
  if (!history_asked || repairs.empty() || batch.params.empty())
    return nullptr;
  const auto known = gaps.find(repairs.front());
  return known != gaps.end() && same(batch.params.front(), known->second.name)
             ? &known->second
             : nullptr;
}

// Who came and went does not matter now, and nothing of it changes what is so;
// what was said does, and so do topics and who was thrown out, which explain
// it (draft/event-playback).
void irc_session::impl::take_late(const irc_message& line, context& ctx) {
  if (line.command == "BATCH")
    return on_batch(line, ctx);
  auto* gap = gap_of(*ctx.batch);
  const auto id = line.tag("msgid");
  if (gap != nullptr) {
    ++gap->lines;
    gap->after = std::max(gap->after, ctx.time);
    gap->msgid = id.value_or("");
  }
  if (line.command == "TOPIC" || line.command == "KICK") {
    if (gap != nullptr)
      tell_missed(*gap, line, ctx);
    return;
  }
  if (line.command != "PRIVMSG" && line.command != "NOTICE"
      && line.command != "TAGMSG" && line.command != "REDACT")
    return;
  if (is_repeated(line, gap != nullptr, ctx)) {
    if (gap != nullptr && ctx.time >= gap->until)
      gap->met = true;
    return;
  }
  if (line.command == "TAGMSG")
    on_tagmsg(line, ctx);
  else if (line.command == "REDACT")
    on_redact(line, ctx);
  else
    on_message(line, ctx);
}

// Before and after the gap it was told when it happened.
void irc_session::impl::tell_missed(const irc_gap& gap, const irc_message& line,
                                    context& ctx) {
  const auto* where = find(line.param(0));
  if (where == nullptr || ctx.time <= gap.from || ctx.time >= gap.until)
    return;
  const bool topic = line.command == "TOPIC";
  const auto what = line.joined(topic ? 1 : 2);
  auto text = topic ? "changed the topic to: " + what
                    : "kicked " + std::string(line.param(1))
                          + (what.empty() ? "" : ": " + what);
  if (topic && what.empty())
    text = "removed the topic";
  auto told = make(event_kind::notice, where, ctx);
  told.from = split_source(line.source).nick;
  told.text = std::move(text);
  told.extra = describe_tags(line, true);
  ctx.out.events.push_back(std::move(told));
}

bool irc_session::impl::is_repeated(const irc_message& line, bool asked_for,
                                    const context& ctx) {
  const auto sender = split_source(line.source).nick;
  const auto* where = find(
      is_me(line.param(0)) ? sender : supports.without_status(line.param(0)));
  if (where == nullptr)
    return false;
  // After a restart there are no marks yet.
  if (!where->last_msgid.empty() && line.tag("msgid") == where->last_msgid)
    return true;
  const auto marks = seen.find(where->id);
  if (marks != seen.end()) {
    const auto text = line.joined(1);
    const auto ctcp = parse_ctcp(text);
    if (marks->second.contains(mark_of(line, ctx.time))
        || (is_me(sender)
            && marks->second.contains(
                mark_of_own(ctcp ? ctcp->args : std::string_view(text)))))
      return true;
  }
  if (asked_for)
    return false;
  // A bouncer, or somebody's `/quote`: what is older than what we know was
  // shown when it was new.
  const auto floor = floors.find(where->id);
  return ctx.time <= (floor == floors.end() ? where->last_time : floor->second);
}

void irc_session::impl::on_playback_end(const irc_batch& batch, context& ctx) {
  const bool lists_people = is_history_list(batch.type);
  const auto* gap = lists_people ? nullptr : gap_of(batch);
  const auto command =
      std::find_if(waiters.begin(), waiters.end(), [&](const auto& each) {
        return each.kind == irc_command_kind::history
               && (lists_people ? each.target.empty() : gap != nullptr);
      });
  if (command == waiters.end())
    return;
  settle(command, "", "", ctx);
  if (gap == nullptr)
    return;
  history_asked = false;
  const bool more = gap->lines >= history_page() && !gap->met;
  if (!more || gap->pages >= max_pages)
    end_repair(more, ctx);
}

} // namespace convoy::protocol
