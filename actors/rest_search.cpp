// SPDX-License-Identifier: Apache-2.0
#include "actors/ask_store.hpp"
#include "actors/page_params.hpp"
#include "actors/rest_call.hpp"
#include "protocol/rest_json.hpp"
#include "protocol/search_wish.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <iterator>

// Search in all that was said (spec/rest-api.md §6, 24).
namespace convoy::actors {

namespace {

constexpr std::size_t default_limit = 60;
/// Steps after which an answer goes out with what there is: who wants more asks
/// with its cursor.
constexpr std::size_t max_steps = 50;

using order = store::search_query::order;

/// `BELOW.SKIP`: where the next step begins.
std::string encode_cursor(
    const std::optional<std::pair<protocol::event_seq, std::size_t>>& next) {
  if (!next)
    return {};
  return std::to_string(next->first) + "." + std::to_string(next->second);
}

void take_cursor(page_params& params, store::search_query& query) {
  const auto given = params.text("cursor");
  if (given.empty())
    return;
  std::string_view rest = given;
  const auto below = protocol::whole_number(protocol::next_part(rest, '.'));
  const auto skip = protocol::whole_number(rest);
  if (!below || *below == 0 || !skip)
    return params.refuse("cursor", "Expected the cursor of an answer.");
  query.below = query.below == 0 ? *below : std::min(query.below, *below);
  query.skip = *skip;
}

/// Before the cursor, which goes on within these.
void take_numbers(page_params& params, store::search_query& query) {
  const auto after = params.number("after_seq");
  const auto before = params.number("before_seq");
  if (after && before && *before <= *after)
    params.refuse("before_seq", "Must be before \"/after_seq\".");
  query.above = after.value_or(0);
  // 0 is "all" to the store; nothing has a number below 1 either.
  if (before)
    query.below = std::max(*before, protocol::event_seq{1});
}

void take_sort(page_params& params, store::search_query& query) {
  const auto given = params.text("sort");
  if (given == "rank")
    query.sort = order::rank;
  else if (!given.empty() && given != "time")
    params.refuse("sort", "Expected time or rank.");
}

store::search_query read_query(page_params& params) {
  auto wish = protocol::parse_search(params.text("match"));
  store::search_query query;
  query.match = std::move(wish.pattern);
  if (query.match.is_too_long())
    params.refuse("match", too_many_terms);
  query.connection_id = protocol::to_lower(params.text("connection_id"));
  query.from = wish.from.empty() ? protocol::to_lower(params.text("from"))
                                 : std::move(wish.from);
  query.conversation_id = std::move(wish.conversation_id);
  if (const auto id = params.text("conversation_id");
      !query.conversation_id && !id.empty())
    query.conversation_id = protocol::to_lower(id);
  query.after = params.time("after");
  query.before = params.time("before");
  if (query.after && query.before && *query.before <= *query.after)
    params.refuse("before", "Must be before \"/after\".");
  query.limit = params.limit(default_limit);
  take_numbers(params, query);
  take_cursor(params, query);
  take_sort(params, query);
  return query;
}

bool asks_for_nothing(const page_params& params,
                      const store::search_query& query) {
  return query.match.empty() && query.connection_id.empty()
         && !query.conversation_id && query.from.empty() && !query.after
         && !query.before && params.text("after_seq").empty()
         && params.text("before_seq").empty();
}

} // namespace

struct rest_call_state::search {
  store::search_query query;
  std::size_t wanted = 0;
  std::size_t steps = 0;
  std::vector<protocol::event> found;
};

void rest_call_state::search_messages() {
  page_params params{request_};
  auto what = std::make_shared<search>();
  what->query = read_query(params);
  if (!params.problems().empty())
    return refuse_all(params.problems());
  if (asks_for_nothing(params, what->query))
    return answer(200, protocol::encode_search({}, {}, {}));
  what->query.user = session_->user;
  what->wanted = what->query.limit;
  if (what->query.connection_id.empty())
    return search_on(what);
  self_
      ->request(user_, store_deadline,
                has_conversation{what->query.connection_id, ""})
      .then(
          [this, what](const rest_result& known) {
            if (known.problem)
              refuse(known.problem->status, known.problem->message);
            else
              search_on(what);
          },
          [this](const caf::error& why) { store_failed(why); });
}

/// One step, and then another one, until there is enough.
void rest_call_state::search_on(std::shared_ptr<search> what) {
  ask_store(
      self_, node_->reader(number(what->query.user)),
      [query = what->query](store::database& db) { return db.search(query); },
      [this, what](store::search_page page) {
        auto& found = what->found;
        auto& query = what->query;
        std::move(page.messages.begin(), page.messages.end(),
                  std::back_inserter(found));
        // What is best is told among what one step looks at.
        const auto is_enough = query.sort == order::rank
                                   ? !found.empty()
                                   : found.size() == what->wanted;
        if (page.next && !is_enough && ++what->steps < max_steps) {
          std::tie(query.below, query.skip) = *page.next;
          query.limit = what->wanted - found.size();
          return search_on(what);
        }
        if (query.sort == order::time)
          std::ranges::reverse(found);
        answer(200, protocol::encode_search(found, query.match,
                                            encode_cursor(page.next)));
      },
      [this](const caf::error& why) { store_failed(why); });
}

} // namespace convoy::actors
