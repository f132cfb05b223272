// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_session_impl.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace convoy::protocol {

namespace {

constexpr const char* too_long = "Message is too long.";
constexpr const char* no_room = "Too many lines wait for the server.";

/// Whether nothing in the line can put in a second one, and a server reads it
/// whole.
bool fits(const std::string& line, std::size_t longest) {
  using namespace std::string_view_literals;
  if (line.find_first_of("\r\n\0"sv) != std::string::npos)
    return false;
  std::size_t tags = 0;
  if (line.starts_with('@'))
    tags = std::min(line.find(' '), line.size());
  return tags < max_irc_client_tags && line.size() - tags <= longest;
}

/// What the connection itself needs does not wait behind what people say.
bool is_urgent(std::string_view line) {
  constexpr std::string_view commands[]{"AUTHENTICATE", "CAP", "PING", "PONG",
                                        "QUIT"};
  const auto all = words(line.substr(0, max_irc_line));
  return !all.empty()
         && std::any_of(std::begin(commands), std::end(commands),
                        [&](auto each) { return equal_ascii(each, all[0]); });
}

bool contains(std::string_view text, std::string_view word) {
  return to_lower_ascii(text).find(word) != std::string::npos;
}

} // namespace

std::size_t irc_session::impl::longest_line() const noexcept {
  return supports.line_length - std::string_view("\r\n").size();
}

void irc_session::impl::set_pace() {
  const auto& profile = settings.profile;
  outbound.configure({profile.flood_burst.value_or(settings.flood_burst),
                      profile.flood_interval.value_or(settings.flood_interval)},
                     settings.max_queued_lines, memory.flood_interval);
}

// Every line leaves through here.
const char* irc_session::impl::put(std::vector<std::string> lines,
                                   context& ctx) {
  const bool fit =
      std::all_of(lines.begin(), lines.end(),
                  [&](const auto& each) { return fits(each, longest_line()); });
  if (!fit)
    return too_long;
  if (!registered || is_urgent(lines.front())) {
    outbound.pass();
  } else {
    const auto result = outbound.add(lines, ctx.now.steady);
    note_pace(ctx);
    if (result == irc_outbound::verdict::full)
      return no_room;
    if (result == irc_outbound::verdict::waits)
      return nullptr;
  }
  std::move(lines.begin(), lines.end(), std::back_inserter(ctx.out.lines));
  return nullptr;
}

bool irc_session::impl::write(std::string line, context& ctx) {
  std::vector<std::string> lines;
  lines.push_back(std::move(line));
  return put(std::move(lines), ctx) == nullptr;
}

void irc_session::impl::write_for(const irc_asker& who, std::string line,
                                  context& ctx) {
  std::vector<std::string> lines;
  lines.push_back(std::move(line));
  if (const auto* problem = put(std::move(lines), ctx))
    refuse(who, problem, ctx, "/message");
  else
    answer_when_written(who, ctx);
}

bool irc_session::impl::has_room(const irc_asker& who, std::size_t lines,
                                 context& ctx) {
  if (outbound.has_room(lines, ctx.now.steady))
    return true;
  refuse(who, no_room, ctx, "/message");
  return false;
}

void irc_session::impl::show_when_written(event what, context& ctx) {
  if (auto* parcel = outbound.last_parcel())
    parcel->events.push_back(std::move(what));
  else
    ctx.out.written_events.push_back(std::move(what));
}

void irc_session::impl::answer_when_written(const irc_asker& who,
                                            context& ctx) {
  if (auto* parcel = outbound.last_parcel())
    parcel->askers.push_back(who);
  else if (who.from == irc_asker::origin::person)
    ctx.out.written_answers.push_back({who.to, "", "", ""});
  else
    answer(who, "", "", "", ctx);
}

void irc_session::impl::release(context& ctx) {
  while (auto parcel = outbound.release(ctx.now.steady)) {
    std::move(parcel->lines.begin(), parcel->lines.end(),
              std::back_inserter(ctx.out.lines));
    for (auto& each : parcel->events) {
      each.time = ctx.now.wall;
      ctx.out.written_events.push_back(std::move(each));
    }
    outbound.pass();
    for (const auto& each : parcel->askers)
      answer_when_written(each, ctx);
    waiters.start(parcel->id, ctx.now.steady);
  }
  note_pace(ctx);
  if (outbound.size() == 0)
    tell_drained(ctx);
}

// Of what has begun to leave, nobody knows how it is taken.
void irc_session::impl::drop_queue(context& ctx) {
  const auto parcels = outbound.clear();
  const auto waited = [&](std::uint64_t id) {
    return !parcels.empty() && id >= parcels.front().id;
  };
  for (const auto& parcel : parcels)
    for (const auto& who : parcel.askers)
      answer(who, connection_closed, "", "", ctx,
             waited(parcel.begins) ? "" : unknown_outcome);
  const auto next = [&] {
    return std::find_if(waiters.begin(), waiters.end(), [&](const auto& each) {
      return !each.answered && waited(each.begins);
    });
  };
  for (auto each = next(); each != waiters.end(); each = next())
    settle(each, connection_closed, "", ctx);
  tell_drained(ctx);
}

// -- the place in the queue ---------------------------------------------------

void irc_session::impl::tell_place(std::size_t before, std::string_view where,
                                   context& ctx) {
  if (outbound.size() <= before)
    return;
  const auto id = id_of(where);
  queue_told.insert(id);
  tell_queued(id, ctx);
}

void irc_session::impl::tell_queued(const std::string& id, context& ctx) const {
  const auto known = conversations.find(id);
  auto told =
      make(event_kind::queued,
           known == conversations.end() ? nullptr : &known->second, ctx);
  const std::chrono::duration<double> wait = outbound.wait(ctx.now.steady);
  json_writer out;
  out.begin_object()
      .field("lines", std::uint64_t{outbound.size()})
      .field("wait", wait.count())
      .end_object();
  told.extra = out.take();
  ctx.out.passing.push_back(std::move(told));
}

void irc_session::impl::tell_drained(context& ctx) {
  for (const auto& id : std::exchange(queue_told, {}))
    tell_queued(id, ctx);
}

// -- what the server thinks of our pace ---------------------------------------

void irc_session::impl::heed_complaint(const irc_message& line, context& ctx) {
  const bool from_server = !split_source(line.source).is_person;
  bool complains = line.command == "263" || line.command == "439";
  if (line.command == "FAIL")
    complains = contains(line.param(1), "rate_limit");
  else if (line.command == "ERROR")
    complains = contains(line.joined(0), "flood");
  else if (line.command == "NOTICE" && from_server)
    complains =
        contains(line.last(), "flood") || contains(line.last(), "throttl");
  if (!complains || !registered || ctx.playback
      || !outbound.busy(ctx.now.steady))
    return;
  outbound.slow_down(ctx.now.steady);
  note_pace(ctx);
}

void irc_session::impl::note_pace(context& ctx) {
  const auto learned = outbound.learned();
  if (memory.flood_interval == learned)
    return;
  memory.flood_interval = learned;
  remember(ctx);
}

} // namespace convoy::protocol
