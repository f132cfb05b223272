// SPDX-License-Identifier: Apache-2.0
#include "actors/store/database_impl.hpp"
#include "actors/store/journal_rows.hpp"
#include "actors/store/search_index.hpp"
#include "protocol/folded_text.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <iterator>
#include <limits>

namespace convoy::actors::store {

namespace {

// What one step does at most.
constexpr std::size_t max_candidates = 500;
constexpr long long max_scanned = 4096;
/// The first few candidates are often enough.
constexpr std::ptrdiff_t rows_at_once = 20;
constexpr double max_index_entries = 200'000;

/// Tokens beyond these do not make a query better.
constexpr std::size_t max_probed = 8;
constexpr std::size_t max_asked = 3;
/// By how many of its newest messages the frequency of a token is told.
constexpr std::size_t probe_depth = 64;

/// A token, what it is of, and how many of the numbers have it, as its newest
/// messages say.
struct asked {
  search_token token;
  std::size_t term = 0;
  double share = 0; ///< 0: it is so rare that nothing else need be asked
};

/// What has been looked at.
struct gathered {
  std::vector<protocol::event> hits; ///< newest first
  long long reached = 1; ///< all from here up to the top of the range
};

bool is_message_of(const search_query& query, const protocol::event& what) {
  return (query.connection_id.empty()
          || what.connection_id == query.connection_id)
         && (!query.conversation_id
             || what.conversation_id == *query.conversation_id)
         && (!query.after || what.time > *query.after)
         && (!query.before || what.time < *query.before)
         && (query.from.empty() || protocol::to_lower(what.from) == query.from);
}

bool fits(const search_query& query, const protocol::event& what) {
  if (!is_message_of(query, what))
    return false;
  if (query.match.empty())
    return true;
  const auto folded = protocol::fold_text(what.text);
  return query.sort == search_query::order::time
             ? query.match.fits(folded)
             : query.match.fits_in_any_order(folded);
}

std::vector<asked> tokens_of(const search_query& query) {
  std::vector<asked> result;
  std::size_t term = 0;
  const auto add = [&](search_token token) {
    if (std::ranges::find(result, token, &asked::token) == result.end())
      result.push_back({std::move(token), term});
  };
  if (query.conversation_id)
    add(query.connection_id.empty()
            ? token_of_name(*query.conversation_id)
            : token_of_conversation(query.connection_id,
                                    *query.conversation_id));
  else if (!query.connection_id.empty())
    add(token_of_connection(query.connection_id));
  if (!query.from.empty()) {
    ++term;
    add(token_of_sender(query.from));
  }
  for (const auto& each : query.match.terms()) {
    ++term;
    for (auto& token : tokens_of_term(each.text))
      add(std::move(token));
    // Those of one word of a phrase say the same; what another one has says
    // more than a second of these.
    for (auto words = std::string_view{each.text}; !words.empty();) {
      ++term;
      const auto own = tokens_of_term(protocol::next_part(words, ' '));
      for (auto& known : result)
        if (std::ranges::find(own, known.token) != own.end())
          known.term = term;
    }
  }
  return result;
}

/// As many as can be looked at, from all over.
std::vector<asked> some_of(std::vector<asked> tokens) {
  std::vector<asked> result;
  const auto count = std::min(tokens.size(), max_probed);
  for (std::size_t n = 0; n < count; ++n)
    result.push_back(std::move(tokens[n * tokens.size() / count]));
  return result;
}

/// The rarest of `tokens`, which say most: of each term first the best, then
/// others; one that is rare enough alone.
std::vector<asked> choose(statements& db, protocol::user_id user,
                          std::vector<asked> tokens, const seq_range& range) {
  for (auto& each : tokens = some_of(std::move(tokens))) {
    const auto oldest =
        find_in_index(db, user, each.token, range, 1, probe_depth - 1);
    if (oldest.empty())
      return {each};
    const auto numbers = static_cast<double>(range.high - oldest.front() + 1);
    each.share = static_cast<double>(probe_depth) / numbers;
  }
  std::ranges::sort(tokens, {}, &asked::share);
  std::vector<asked> best;
  std::vector<asked> others;
  for (auto& each : tokens) {
    const auto is_first =
        std::ranges::find(best, each.term, &asked::term) == best.end();
    (is_first ? best : others).push_back(std::move(each));
  }
  std::ranges::move(others, std::back_inserter(best));
  best.resize(std::min(best.size(), max_asked));
  return best;
}

/// The newest part of `range` whose entries one step can read.
seq_range affordable(const std::vector<asked>& chosen, seq_range range) {
  auto share = 0.0;
  for (const auto& each : chosen)
    share += each.share;
  const auto numbers = max_index_entries / std::max(share, 1e-9);
  if (numbers < static_cast<double>(range.high - range.low))
    range.low = range.high - static_cast<long long>(numbers);
  return range;
}

std::vector<protocol::event> scan(statements& db, protocol::user_id user,
                                  const seq_range& range) {
  static const auto sql = std::string("SELECT ") + event_columns
                          + " FROM journal WHERE user_id = :user"
                            " AND seq BETWEEN :low AND :high"
                            " AND kind < 20 AND kind <> 4 ORDER BY seq DESC";
  return select_events(db, sql, stored(user), range.low, range.high);
}

/// Takes what fits, up to `most` hits; the number it stopped at, if it did.
template <class Events>
bool take_fitting(const search_query& query, Events events, std::size_t most,
                  gathered& into) {
  for (auto& each : events) {
    if (!fits(query, each))
      continue;
    into.reached = static_cast<long long>(each.seq);
    into.hits.push_back(std::move(each));
    if (into.hits.size() == most)
      return true;
  }
  return false;
}

/// Looks at the numbers of `range` one after the other, at so many of them.
bool gather_scanned(statements& db, const search_query& query, seq_range range,
                    std::size_t most, gathered& into) {
  range.low = std::max(range.low, range.high - max_scanned + 1);
  if (take_fitting(query, scan(db, query.user, range), most, into))
    return true;
  into.reached = range.low;
  return false;
}

/// Cuts off what has none of `times` at both ends; false when nothing is left.
bool narrow(statements& db, protocol::user_id user,
            const std::vector<search_token>& times, seq_range& range) {
  const auto asks = index_query({}, times);
  const auto newest = find_in_index(db, user, asks, range, 1);
  if (newest.empty())
    return false;
  range.high = newest.front();
  range.low =
      find_in_index(db, user, asks, range, 1, 0, index_order::oldest_first)
          .front();
  return true;
}

/// Looks at what the index knows of the numbers of `range`.
void gather_indexed(statements& db, const search_query& query, seq_range range,
                    std::size_t most, gathered& into) {
  const auto bottom = range.low;
  const auto tokens = tokens_of(query);
  const auto times = tokens_of_times(query.after, query.before);
  if (tokens.empty() && times.empty()) {
    gather_scanned(db, query, range, most, into);
    return;
  }
  if (!times.empty() && !narrow(db, query.user, times, range)) {
    into.reached = range.low;
    return;
  }
  const auto lowest = range.low;
  const auto chosen = choose(db, query.user, tokens, range);
  range = affordable(chosen, range);
  std::vector<search_token> all;
  for (const auto& each : chosen)
    all.push_back(each.token);
  const auto seqs = find_in_index(db, query.user, index_query(all, times),
                                  range, max_candidates);
  for (auto next = seqs.begin(); next != seqs.end();) {
    const auto end =
        next + std::min<std::ptrdiff_t>(rows_at_once, seqs.end() - next);
    auto rows = find_rows(db, query.user, {next, end});
    std::ranges::reverse(rows);
    if (take_fitting(query, std::move(rows), most, into))
      return;
    next = end;
  }
  into.reached = seqs.size() == max_candidates ? seqs.back()
                 : range.low == lowest         ? bottom
                                               : range.low;
}

gathered gather(statements& db, const search_query& query,
                const seq_range& range, std::size_t most) {
  gathered result;
  result.reached = range.high + 1;
  const auto indexed = indexed_up_to(db, query.user);
  if (range.high > indexed) {
    if (gather_scanned(db, query,
                       {std::max(range.low, indexed + 1), range.high}, most,
                       result)
        || result.reached > indexed + 1)
      return result;
  }
  const auto high = std::min(range.high, indexed);
  if (high >= range.low)
    gather_indexed(db, query, {range.low, high}, most, result);
  else
    result.reached = range.low;
  return result;
}

search_page by_time(statements& db, const search_query& query,
                    const seq_range& range) {
  auto found = gather(db, query, range, query.limit);
  search_page result;
  result.messages = std::move(found.hits);
  if (found.reached > range.low)
    result.next = {static_cast<protocol::event_seq>(found.reached), 0};
  return result;
}

search_page by_rank(statements& db, const search_query& query,
                    const seq_range& range) {
  auto found =
      gather(db, query, range, std::numeric_limits<std::size_t>::max());
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t n = 0; n < found.hits.size(); ++n)
    order.emplace_back(
        -query.match.score(protocol::fold_text(found.hits[n].text)), n);
  std::ranges::sort(order);
  search_page result;
  const auto end = std::min(query.skip + query.limit, order.size());
  for (auto n = query.skip; n < end; ++n)
    result.messages.push_back(std::move(found.hits[order[n].second]));
  if (end < order.size())
    result.next = {static_cast<protocol::event_seq>(range.high + 1), end};
  else if (found.reached > range.low)
    result.next = {static_cast<protocol::event_seq>(found.reached), 0};
  return result;
}

search_page look(statements& db, const search_query& query) {
  return db.trying("search of user " + protocol::to_string(query.user), [&] {
    transaction snapshot(db, transaction::kind::read);
    seq_range range;
    db.select<long long>(
        "SELECT last_seq FROM users WHERE id = :id",
        [&](long long seq) { range.high = seq; }, stored(query.user));
    if (query.below > 0
        && query.below <= static_cast<unsigned long long>(range.high))
      range.high = static_cast<long long>(query.below) - 1;
    if (query.above >= static_cast<unsigned long long>(range.high))
      return search_page{};
    range.low = static_cast<long long>(query.above) + 1;
    if (range.high < range.low || query.limit == 0)
      return search_page{};
    return query.sort == search_query::order::time ? by_time(db, query, range)
                                                   : by_rank(db, query, range);
  });
}

} // namespace

search_page database::search(const search_query& query) {
  return impl_->reading(query.user,
                        [&](statements& db) { return look(db, query); });
}

} // namespace convoy::actors::store
