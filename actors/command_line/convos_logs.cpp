// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/convos_logs.hpp"

#include "actors/command_line/convos_line.hpp"
#include "protocol/json.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>

namespace convoy::actors::command_line {

namespace fs = std::filesystem;

namespace {

/// Handed out at once.
constexpr std::size_t page = 1000;
/// Of one file; the others are counted only.
constexpr std::size_t most_complaints = 10;

bool is_number(std::string_view text, std::size_t digits) {
  return text.size() == digits && protocol::whole_number(text).has_value();
}

bool counts_as_unread(protocol::event_kind kind) {
  return kind == protocol::event_kind::direct
         || kind == protocol::event_kind::action
         || kind == protocol::event_kind::preformat;
}

/// `2026/11`.
std::string month_of(protocol::timestamp time) {
  auto result = protocol::to_iso(time, false).substr(0, 7);
  result[4] = '/';
  return result;
}

/// A conversation's id as the name of its log has it, but for the end.
std::string conversation_of(std::string name) {
  constexpr std::string_view slash = "%2F";
  for (auto at = name.find(slash); at != name.npos; at = name.find(slash, at))
    name.replace(at, slash.size(), "/");
  return protocol::to_lower(name);
}

} // namespace

convos_logs::convos_logs(const convos_user& user, complaint complain)
    : complain_(std::move(complain)) {
  for (const auto& connection : user.state.connections)
    for (const auto& conversation : connection.conversations) {
      const place where{connection.id, conversation.id};
      names_[where] = conversation.name;
      unread_counts_[where] = conversation.unread;
    }
  for (const auto& entry : entries_of(user.folder))
    if (fs::exists(entry / "connection.json"))
      find_logs(entry, protocol::to_lower(entry.filename().string()));
  const auto notifications = user.folder / "notifications.log";
  if (fs::exists(notifications))
    read_notifications(notifications);
}

void convos_logs::find_logs(const fs::path& folder,
                            const std::string& connection_id) {
  for (const auto& year : entries_of(folder))
    if (is_number(year.filename().string(), 4))
      for (const auto& entry : entries_of(year))
        find_logs_of_month(entry, connection_id, year.filename().string());
}

void convos_logs::find_logs_of_month(const fs::path& entry,
                                     const std::string& connection_id,
                                     const std::string& year) {
  if (!is_number(entry.stem().string(), 2))
    return;
  const auto month = year + "/" + entry.stem().string();
  if (entry.extension() == ".log")
    return add_log(month, {entry, connection_id, "", 0});
  // A conversation's name may have dots.
  for (const auto& path : entries_of(entry)) {
    constexpr std::string_view end = ".log";
    auto name = path.filename().string();
    if (!name.ends_with(end))
      continue;
    name.resize(name.size() - end.size());
    add_log(month, {path, connection_id, conversation_of(std::move(name)), 0});
  }
}

void convos_logs::add_log(const std::string& month, log found) {
  found.size = fs::file_size(found.path);
  bytes_ += found.size;
  logs_[month].push_back(std::move(found));
}

void convos_logs::read_notifications(const fs::path& path) {
  std::ifstream file{path, std::ios::binary};
  std::string line;
  std::size_t unreadable = 0;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    auto event = read_notification(line);
    if (!event) {
      complain_of_line(path, number, unreadable);
      continue;
    }
    const auto month = month_of(event->time);
    logs_[month];
    const auto key = notification_key(*event);
    notifications_[month].emplace(key, std::move(*event));
  }
}

void convos_logs::complain_of_line(const fs::path& path, std::size_t line,
                                   std::size_t& count) {
  ++unreadable_;
  if (++count <= most_complaints)
    complain_(path.string() + ":" + std::to_string(line)
              + ": this is not a message");
  else if (count == most_complaints + 1)
    complain_(path.string() + ": others are not, either; they are counted");
}

std::vector<protocol::event> convos_logs::next() {
  while (taken_ == ready_.size() && !logs_.empty())
    load(logs_.begin()->first);
  const auto count = std::min(page, ready_.size() - taken_);
  const auto from = ready_.begin() + static_cast<std::ptrdiff_t>(taken_);
  std::vector<protocol::event> result(
      std::make_move_iterator(from),
      std::make_move_iterator(from + static_cast<std::ptrdiff_t>(count)));
  taken_ += count;
  for (const auto& event : result) {
    ++given_;
    auto& here = spoken_[{event.connection_id, event.conversation_id}];
    here.time = std::max(here.time, event.time);
    if (!counts_as_unread(event.kind))
      continue;
    here.latest.push_back(given_);
    const auto unread =
        unread_counts_.find({event.connection_id, event.conversation_id});
    if (here.latest.size()
        > (unread == unread_counts_.end() ? 0 : unread->second) + 1)
      here.latest.pop_front();
  }
  return result;
}

std::uint64_t convos_logs::expected() const noexcept {
  const auto known = given_ + (ready_.size() - taken_);
  if (read_ == 0)
    return known;
  return known
         + static_cast<std::uint64_t>(static_cast<double>(known)
                                      * static_cast<double>(bytes_ - read_)
                                      / static_cast<double>(read_));
}

void convos_logs::load(const std::string& month) {
  ready_.clear();
  taken_ = 0;
  wanted_ = std::move(notifications_[month]);
  for (const auto& each : logs_[month])
    read_log(each);
  for (auto& [key, event] : wanted_)
    take(std::move(event));
  wanted_.clear();
  notifications_.erase(month);
  logs_.erase(month);
  // Of one second, as they were read.
  std::ranges::stable_sort(ready_, {}, &protocol::event::time);
}

void convos_logs::read_log(const log& from) {
  std::ifstream file{from.path, std::ios::binary};
  if (!file)
    throw std::runtime_error(from.path.string() + ": "
                             + std::generic_category().message(errno));
  std::string line;
  std::size_t unreadable = 0;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    auto event = read_log_line(line);
    if (!event) {
      if (!line.empty())
        complain_of_line(from.path, number, unreadable);
      continue;
    }
    event->connection_id = from.connection_id;
    event->conversation_id = from.conversation_id;
    if (const auto i = wanted_.find(notification_key(*event));
        i != wanted_.end()) {
      event->highlight = true;
      wanted_.erase(i);
    }
    take(std::move(*event));
  }
  read_ += from.size;
}

void convos_logs::take(protocol::event event) {
  // What a read marker is counted by; where it stands, `finish` says.
  event.unread = counts_as_unread(event.kind) ? 1 : 0;
  event.notifications = event.highlight ? 1 : 0;
  const auto name = names_.find({event.connection_id, event.conversation_id});
  event.name = name == names_.end() ? event.conversation_id : name->second;
  ready_.push_back(std::move(event));
}

void convos_logs::finish(store::user_state& state) const {
  for (auto& connection : state.connections)
    for (auto& conversation : connection.conversations) {
      const auto i = spoken_.find({connection.id, conversation.id});
      if (conversation.unread == 0)
        conversation.read_seq = given_;
      if (i == spoken_.end())
        continue;
      conversation.last_time = i->second.time;
      const auto& latest = i->second.latest;
      if (conversation.unread != 0 && latest.size() > conversation.unread)
        conversation.read_seq = latest.front();
    }
}

} // namespace convoy::actors::command_line
