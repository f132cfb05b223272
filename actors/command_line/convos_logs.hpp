// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/command_line/convos_home.hpp"
#include "protocol/event.hpp"

#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace convoy::actors::command_line {

/// What a user's logs say, oldest first, as events without numbers. A month is
/// read at a time. Notifications are found among the messages and highlighted;
/// those of messages that are in no log any more are messages, too.
class convos_logs {
public:
  convos_logs(const convos_user& user, complaint complain);

  /// The next events, none at the end.
  std::vector<protocol::event> next();
  /// How many were given so far.
  std::uint64_t given() const noexcept {
    return given_;
  }
  /// How many there will be if the logs that were not read have as many in a
  /// byte as those that were.
  std::uint64_t expected() const noexcept;
  /// Lines that were no messages.
  std::uint64_t unreadable() const noexcept {
    return unreadable_;
  }

  /// Says in `state` where the user has read up to and when somebody spoke
  /// last, once all events were given.
  void finish(store::user_state& state) const;

private:
  struct log {
    std::filesystem::path path;
    std::string connection_id;
    std::string conversation_id;
    std::uint64_t size = 0;
  };
  struct spoken {
    std::deque<protocol::event_seq> latest; ///< of what counts as unread
    protocol::timestamp time{};
  };
  using place = std::pair<std::string, std::string>;

  void find_logs(const std::filesystem::path& folder,
                 const std::string& connection_id);
  void find_logs_of_month(const std::filesystem::path& entry,
                          const std::string& connection_id,
                          const std::string& year);
  void add_log(const std::string& month, log found);
  void read_notifications(const std::filesystem::path& path);
  void load(const std::string& month);
  void read_log(const log& from);
  void take(protocol::event event);
  void complain_of_line(const std::filesystem::path& path, std::size_t line,
                        std::size_t& count);

  complaint complain_;
  std::map<place, std::string> names_; ///< of conversations, as spelt
  std::map<place, std::size_t> unread_counts_;
  /// By month, `2026/11`.
  std::map<std::string, std::vector<log>> logs_;
  /// By month, then by what tells which line they are of; what is left of a
  /// month is in none of its logs.
  std::map<std::string, std::multimap<std::string, protocol::event>>
      notifications_;
  std::multimap<std::string, protocol::event> wanted_; ///< of this month
  std::vector<protocol::event> ready_;                 ///< of this month
  std::size_t taken_ = 0;                              ///< of those
  std::map<place, spoken> spoken_;
  std::uint64_t bytes_ = 0;
  std::uint64_t read_ = 0;
  std::uint64_t given_ = 0;
  std::uint64_t unreadable_ = 0;
};

} // namespace convoy::actors::command_line
