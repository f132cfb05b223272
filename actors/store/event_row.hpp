// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/store/statements.hpp"
#include "protocol/event.hpp"

#include <string>

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

} // namespace convoy::actors::store
