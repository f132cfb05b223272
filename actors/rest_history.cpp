// SPDX-License-Identifier: Apache-2.0
#include "actors/rest_call.hpp"
#include "protocol/json.hpp"
#include "protocol/rest_json.hpp"
#include "protocol/text.hpp"

#include <charconv>

// History, read from the store (spec/rest-api.md §6, 14 and 17).
namespace convoy::actors {

namespace {

constexpr std::size_t default_limit = 60;
constexpr std::size_t max_limit = 200;

/// The bounds of a page, and what is wrong with them.
struct page_bounds {
  store::history_query query;
  std::vector<protocol::json_problem> problems;
};

void take_time(const protocol::http_request& request, std::string_view key,
               std::optional<protocol::timestamp>& to, page_bounds& page) {
  const auto text = request.param(key);
  if (!text || text->empty())
    return;
  if (!protocol::parse_time(*text, to.emplace()))
    page.problems.push_back({"Expected a time such as 2026-11-22T07:01:18Z.",
                             "/" + std::string{key}});
}

void take_limit(const protocol::http_request& request, page_bounds& page) {
  auto& limit = page.query.limit;
  limit = page.query.after && page.query.before ? max_limit : default_limit;
  const auto text = request.param("limit");
  if (!text || text->empty())
    return;
  const auto* end = text->data() + text->size();
  const auto [rest, wrong] = std::from_chars(text->data(), end, limit);
  if (wrong != std::errc{} || rest != end || limit == 0)
    page.problems.push_back({"Expected a number from 1 to 200.", "/limit"});
  limit = std::min(limit, max_limit);
}

page_bounds read_bounds(const protocol::http_request& request) {
  page_bounds result;
  take_time(request, "after", result.query.after, result);
  take_time(request, "before", result.query.before, result);
  take_time(request, "around", result.query.around, result);
  take_limit(request, result);
  const auto& query = result.query;
  if (query.after && query.before && *query.before <= *query.after)
    result.problems.push_back({"Must be before \"/after\".", "/before"});
  return result;
}

} // namespace

void rest_call_state::connection_messages() {
  messages(segment("connection_id"), "");
}

void rest_call_state::conversation_messages() {
  messages(segment("connection_id"), segment("conversation_id"));
}

void rest_call_state::messages(std::string connection_id,
                               std::string conversation_id) {
  auto page = read_bounds(request_);
  if (!page.problems.empty())
    return refuse_all(page.problems);
  auto query = page.query;
  query.user = session_->user;
  query.connection_id = protocol::to_lower(connection_id);
  query.conversation_id = protocol::to_lower(conversation_id);
  const auto fail = [this](const caf::error& why) {
    store_failed(why);
  };
  const auto read = [this, query, fail] {
    self_
        ->request(node_->reader(number(query.user)), store_deadline,
                  read_history{query})
        .then(
            [this](const found_history& found) {
              const auto& messages = found.page.messages;
              std::optional<protocol::timestamp> before;
              std::optional<protocol::timestamp> after;
              if (found.page.more_before && !messages.empty())
                before = messages.front().time;
              if (found.page.more_after && !messages.empty())
                after = messages.back().time;
              answer(200, encode_history(messages, before, after));
            },
            fail);
  };
  self_
      ->request(user_, store_deadline,
                has_conversation{query.connection_id, query.conversation_id})
      .then(
          [this, read](const rest_result& known) {
            if (known.problem)
              refuse(known.problem->status, known.problem->message);
            else
              read();
          },
          fail);
}

} // namespace convoy::actors
