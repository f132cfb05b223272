// SPDX-License-Identifier: Apache-2.0
#include "actors/store/history.hpp"

#include "actors/store/database_impl.hpp"
#include "actors/store/journal_batch.hpp"
#include "actors/store/journal_rows.hpp"
#include "protocol/folded_text.hpp"

#include <algorithm>
#include <iterator>
#include <limits>

namespace convoy::actors::store {

namespace {

constexpr long long smallest = std::numeric_limits<long long>::min();
constexpr long long largest = std::numeric_limits<long long>::max();

/// Messages of the microsecond at a page's edge that are added to it, so that
/// who pages by time misses none.
constexpr std::size_t max_of_one_time = 1000;

/// Messages that one request looks through for those that fit.
constexpr std::size_t max_looked_through = 5000;
constexpr std::size_t looked_through_at_once = 500;

/// A place as the database compares it.
struct bound {
  long long time;
  long long seq;
};

constexpr bound very_first{smallest, smallest};
constexpr bound very_last{largest, largest};

bound before_all_of(protocol::timestamp time) {
  return {stored(time), smallest};
}

bound behind_all_of(protocol::timestamp time) {
  return {stored(time), largest};
}

bound place_of(const protocol::event& what) {
  return {stored(what.time), static_cast<long long>(what.seq)};
}

/// Where the event of that number stands, whether it is there or not.
bound place_of(statements& db, protocol::user_id user,
               protocol::event_seq number) {
  constexpr auto highest = static_cast<protocol::event_seq>(largest);
  bound result{smallest, static_cast<long long>(std::min(number, highest))};
  db.select<long long>(
      "SELECT time FROM journal WHERE user_id = :user AND seq <= :seq"
      " ORDER BY seq DESC LIMIT 1",
      [&](long long time) { result.time = time; }, stored(user), result.seq);
  return result;
}

/// Part of a page: some messages on one side of a place.
struct span {
  std::vector<protocol::event> messages; ///< oldest first
  /// More of them may exist beyond this place, at the end that was not kept.
  std::optional<protocol::message_place> cut;
};

std::vector<protocol::event> read_rows(statements& db,
                                       const history_query& query,
                                       history_end kept, const bound& from,
                                       const bound& to, std::size_t most) {
  return select_events(db, history_sql(kept), stored(query.user),
                       query.connection_id, query.conversation_id, from.time,
                       from.seq, to.time, to.seq, static_cast<long long>(most));
}

protocol::message_place cut_at(const protocol::event& what) {
  return {what.time, what.seq};
}

/// Takes the rows on the far side of the last of `page` that are of its
/// microsecond too; whether there is anything behind those.
bool complete_edge(statements& db, const history_query& query, history_end kept,
                   std::vector<protocol::event>& page, bound from, bound to) {
  const auto edge = page.back();
  auto& moved = kept == history_end::newest ? to : from;
  moved = place_of(edge);
  auto rest = read_rows(db, query, kept, from, to, max_of_one_time);
  const auto other = std::ranges::find_if(
      rest, [&](const auto& each) { return each.time != edge.time; });
  std::move(rest.begin(), other, std::back_inserter(page));
  return other != rest.end() || rest.size() == max_of_one_time;
}

/// Rows in the order of the query, one more than the limit when there are.
span read_all(statements& db, const history_query& query, history_end kept,
              const bound& from, const bound& to) {
  span result;
  auto& page = result.messages;
  page = read_rows(db, query, kept, from, to, query.limit + 1);
  if (page.size() <= query.limit)
    return result;
  const auto next = page.back().time;
  page.pop_back();
  const auto is_by_number = query.after_seq || query.before_seq;
  auto is_cut = true;
  if (!page.empty() && !is_by_number && page.back().time == next)
    is_cut = complete_edge(db, query, kept, page, from, to);
  if (is_cut)
    result.cut = page.empty() ? protocol::message_place{} : cut_at(page.back());
  return result;
}

/// The same for rows that fit the `match`, of as many as one request looks at.
span read_fitting(statements& db, const history_query& query, history_end kept,
                  bound from, bound to) {
  span result;
  auto& moved = kept == history_end::newest ? to : from;
  for (std::size_t seen = 0; seen < max_looked_through;) {
    const auto rows =
        read_rows(db, query, kept, from, to, looked_through_at_once);
    for (const auto& each : rows) {
      if (!query.match.fits(protocol::fold_text(log_line(each))))
        continue;
      if (result.messages.size() == query.limit) {
        if (!result.messages.empty())
          result.cut = cut_at(result.messages.back());
        return result;
      }
      result.messages.push_back(each);
    }
    if (rows.size() < looked_through_at_once) {
      result.cut.reset();
      return result;
    }
    seen += rows.size();
    moved = place_of(rows.back());
    result.cut = cut_at(rows.back());
  }
  return result;
}

span read_span(statements& db, const history_query& query, history_end kept,
               const bound& from, const bound& to) {
  auto result = query.match.empty() ? read_all(db, query, kept, from, to)
                                    : read_fitting(db, query, kept, from, to);
  if (kept == history_end::newest)
    std::reverse(result.messages.begin(), result.messages.end());
  return result;
}

history_page read_page(statements& db, const history_query& query) {
  const auto is_by_number = query.after_seq || query.before_seq;
  if (query.around && !is_by_number) {
    const auto middle = before_all_of(*query.around);
    auto older = read_span(db, query, history_end::newest, very_first, middle);
    auto newer = read_span(db, query, history_end::oldest, middle, very_last);
    std::move(newer.messages.begin(), newer.messages.end(),
              std::back_inserter(older.messages));
    return {std::move(older.messages), older.cut, newer.cut};
  }
  const auto from = query.after_seq ? place_of(db, query.user, *query.after_seq)
                    : query.after   ? behind_all_of(*query.after)
                                    : very_first;
  const auto to = query.before_seq ? place_of(db, query.user, *query.before_seq)
                  : query.before   ? before_all_of(*query.before)
                                   : very_last;
  if (query.after_seq || query.after) {
    auto found = read_span(db, query, history_end::oldest, from, to);
    return {std::move(found.messages), std::nullopt, found.cut};
  }
  auto found = read_span(db, query, history_end::newest, from, to);
  return {std::move(found.messages), found.cut, std::nullopt};
}

} // namespace

// The numbers that the index journal_history and its query name.
static_assert(static_cast<int>(protocol::event_kind::connection) == 20);
static_assert(static_cast<int>(protocol::event_kind::error) == 4);

std::string history_sql(history_end kept) {
  // The condition on the kind is the one of the index journal_history.
  std::string sql = std::string("SELECT ") + event_columns
                    + " FROM journal WHERE user_id = :user"
                      " AND connection_id = :connection"
                      " AND conversation_id = :conversation"
                      " AND (time, seq) > (:from_time, :from_seq)"
                      " AND (time, seq) < (:to_time, :to_seq)"
                      " AND kind < 20 AND kind <> 4 ORDER BY time";
  sql += kept == history_end::newest ? " DESC, seq DESC" : ", seq";
  return sql + " LIMIT :count";
}

std::string log_line(const protocol::event& what) {
  switch (what.kind) {
  case protocol::event_kind::notice:
    return "-" + what.from + "- " + what.text;
  case protocol::event_kind::action:
    return "* " + what.from + " " + what.text;
  default:
    return "<" + what.from + "> " + what.text;
  }
}

bool database::clear_history(protocol::user_id user,
                             const std::string& connection_id,
                             const std::string& conversation_id,
                             protocol::event_seq last, std::size_t most) {
  auto& db = impl_->db;
  const auto what = "clear history of " + connection_id + " of user "
                    + protocol::to_string(user);
  return db.trying(what, [&] {
    transaction change(db, transaction::kind::write);
    must_live_at(db, impl_->home, user, what);
    // The condition is the one of the index, as above.
    const auto seqs = select_numbers(
        db,
        "SELECT seq FROM journal WHERE user_id = :owner"
        " AND connection_id = :connection"
        " AND conversation_id = :conversation"
        " AND kind < 20 AND kind <> 4 AND seq <= :last LIMIT :most",
        stored(user), connection_id, conversation_id,
        static_cast<long long>(last), static_cast<long long>(most));
    delete_rows(db, user, seqs);
    change.commit();
    return seqs.size() < most;
  });
}

history_page database::history(const history_query& query) {
  return impl_->reading(query.user, [&](statements& db) {
    return db.trying(
        [&] {
          return "history of " + query.connection_id + " of user "
                 + protocol::to_string(query.user);
        },
        [&] {
          transaction snapshot(db, transaction::kind::read);
          return read_page(db, query);
        });
  });
}

} // namespace convoy::actors::store
