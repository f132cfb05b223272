// SPDX-License-Identifier: Apache-2.0
#include "actors/store/event_row.hpp"

#include "protocol/event_extra.hpp"

namespace convoy::actors::store {

event_writer::event_writer(statements& db)
    : insert_(
        (db.session().prepare
             << "INSERT INTO journal (user_id, " << event_columns
             << ", msgid) VALUES (:user, :seq, :time, :connection, "
                ":conversation,"
                " :kind, :highlight, :has_text, :unread, :notifications,"
                " :name, :sender, :target, :content, :topic, :extra, :msgid)",
         soci::use(user_), soci::use(seq_), soci::use(time_),
         soci::use(connection_id_), soci::use(conversation_id_),
         soci::use(kind_), soci::use(highlight_), soci::use(has_text_),
         soci::use(unread_), soci::use(notifications_), soci::use(name_),
         soci::use(sender_), soci::use(target_), soci::use(content_),
         soci::use(topic_), soci::use(extra_), soci::use(msgid_))) {
  // nop
}

void event_writer::write(protocol::user_id user, const protocol::event& event) {
  user_ = stored(user);
  seq_ = static_cast<long long>(event.seq);
  time_ = stored(event.time);
  connection_id_ = event.connection_id;
  conversation_id_ = event.conversation_id;
  kind_ = static_cast<int>(event.kind);
  highlight_ = event.highlight ? 1 : 0;
  has_text_ = event.has_text ? 1 : 0;
  unread_ = event.unread;
  notifications_ = event.notifications;
  name_ = event.name;
  sender_ = event.from;
  target_ = event.target;
  content_ = event.text;
  topic_ = event.topic;
  extra_ = event.extra;
  msgid_ = protocol::msgid_of(event);
  insert_.execute(true);
}

} // namespace convoy::actors::store
