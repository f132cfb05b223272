// SPDX-License-Identifier: Apache-2.0
#include "actors/page_params.hpp"
#include "actors/rest_call.hpp"
#include "protocol/rest_json.hpp"
#include "protocol/text.hpp"

// History, read from the store (spec/rest-api.md §6, 14 and 17).
namespace convoy::actors {

namespace {

constexpr std::size_t default_limit = 60;
constexpr std::size_t limit_of_both = 200;
constexpr std::chrono::years longest_span{1};

store::history_query read_query(page_params& params) {
  store::history_query query;
  query.after = params.time("after");
  query.before = params.time("before");
  query.around = params.time("around");
  query.after_seq = params.number("after_seq");
  query.before_seq = params.number("before_seq");
  const auto has_both =
      (query.after && query.before) || (query.after_seq && query.before_seq);
  query.limit = params.limit(has_both ? limit_of_both : default_limit);
  query.match = protocol::text_pattern{params.text("match")};
  if (query.match.is_too_long())
    params.refuse("match", too_many_terms);
  if (query.after && query.before) {
    if (*query.before <= *query.after)
      params.refuse("before", "Must be before \"/after\".");
    else if (*query.before - *query.after > longest_span)
      params.refuse("before", "Must be less than \"/after\" - 12 months.");
  }
  if (query.after_seq && query.before_seq
      && *query.before_seq <= *query.after_seq)
    params.refuse("before_seq", "Must be before \"/after_seq\".");
  return query;
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
  page_params params{request_};
  auto query = read_query(params);
  if (!params.problems().empty())
    return refuse_all(params.problems());
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
              const auto& page = found.page;
              answer(200, protocol::encode_history(page.messages, page.before,
                                                   page.after));
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
