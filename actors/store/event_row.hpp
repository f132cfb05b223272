// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/statements.hpp"
#include "protocol/event.hpp"

#include <string>
#include <vector>

namespace convoy::actors::store {

/// The columns of a journal row but for its user, in the order of
/// `event_columns`.
inline constexpr const char* event_columns =
    "seq, time, connection_id, conversation_id, kind, highlight, has_text,"
    " unread, notifications, name, sender, target, content, topic, extra";

/// The statement that writes one journal row. Its parameters are bound once,
/// to members: this is the path every IRC line takes.
class event_writer {
public:
  explicit event_writer(statements& db);
  event_writer(const event_writer&) = delete;
  event_writer& operator=(const event_writer&) = delete;

  void write(protocol::user_id user, const protocol::event& event);

private:
  long long user_ = 0;
  long long seq_ = 0;
  long long time_ = 0;
  int kind_ = 0;
  int highlight_ = 0;
  int has_text_ = 0;
  long long unread_ = 0;
  long long notifications_ = 0;
  std::string connection_id_;
  std::string conversation_id_;
  std::string name_;
  std::string sender_;
  std::string target_;
  std::string content_;
  std::string topic_;
  std::string extra_;
  std::string msgid_;
  soci::statement insert_;
};

/// Runs a query of `event_columns`; what it finds, in its order.
template <class... Values>
std::vector<protocol::event>
select_events(statements& db, const std::string& sql, const Values&... values) {
  std::vector<protocol::event> result;
  db.select<long long, long long, std::string, std::string, int, int, int,
            long long, long long, std::string, std::string, std::string,
            std::string, std::string, std::string>(
      sql,
      [&](long long seq, long long time, const std::string& connection_id,
          const std::string& conversation_id, int kind, int highlight,
          int has_text, long long unread, long long notifications,
          const std::string& name, const std::string& sender,
          const std::string& target, const std::string& content,
          const std::string& topic, const std::string& extra) {
        result.push_back({static_cast<protocol::event_kind>(kind),
                          highlight != 0, has_text != 0,
                          static_cast<std::uint32_t>(unread),
                          static_cast<std::uint32_t>(notifications),
                          static_cast<protocol::event_seq>(seq), time_of(time),
                          connection_id, conversation_id, name, sender, target,
                          content, topic, extra});
      },
      values...);
  return result;
}

} // namespace convoy::actors::store
