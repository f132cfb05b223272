// SPDX-License-Identifier: Apache-2.0
#include "actors/store/database_impl.hpp"
#include "protocol/notification.hpp"

#include <algorithm>
#include <limits>

namespace convoy::actors::store {

namespace {

/// As the index has them; some mention the person where the two are alone.
std::vector<protocol::event> read_mentions(statements& db,
                                           protocol::user_id user,
                                           long long before, long long most) {
  static const auto sql =
      std::string("SELECT ") + event_columns
      + " FROM journal WHERE user_id = :user AND seq < :before"
        " AND highlight = 1 AND kind < 20 AND kind <> 4"
        " ORDER BY seq DESC LIMIT :most";
  return select_events(db, sql, stored(user), before, most);
}

history_page look(statements& db, protocol::user_id user,
                  protocol::event_seq before, std::size_t limit) {
  return db.trying("notifications of user " + protocol::to_string(user), [&] {
    transaction snapshot(db, transaction::kind::read);
    history_page result;
    auto& found = result.messages;
    auto place = before == 0 ? std::numeric_limits<long long>::max()
                             : static_cast<long long>(before);
    const auto most = static_cast<long long>(limit) + 1;
    for (auto is_more = true; is_more && !result.before;) {
      const auto rows = read_mentions(db, user, place, most);
      is_more = rows.size() == limit + 1;
      for (const auto& each : rows) {
        place = static_cast<long long>(each.seq);
        if (!protocol::is_notification(each))
          continue;
        if (found.size() == limit) {
          result.before = {found.back().time, found.back().seq};
          break;
        }
        found.push_back(each);
      }
    }
    std::reverse(found.begin(), found.end());
    return result;
  });
}

} // namespace

history_page database::notifications(protocol::user_id user,
                                     protocol::event_seq before,
                                     std::size_t limit) {
  return impl_->reading(
      user, [&](statements& db) { return look(db, user, before, limit); });
}

} // namespace convoy::actors::store
