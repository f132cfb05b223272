// SPDX-License-Identifier: Apache-2.0
#include "actors/ask_store.hpp"
#include "actors/page_params.hpp"
#include "actors/rest_call.hpp"
#include "protocol/rest_json.hpp"

// Who mentioned the person (spec/rest-api.md §6, 22 and 23).
namespace convoy::actors {

namespace {

constexpr std::size_t default_limit = 40;

} // namespace

void rest_call_state::notifications() {
  page_params params{request_};
  const auto limit = params.limit(default_limit);
  const auto before = params.number("before_seq").value_or(0);
  if (!params.problems().empty())
    return refuse_all(params.problems());
  const auto user = session_->user;
  ask_store(
      self_, node_->reader(number(user)),
      [user, before, limit](store::database& db) {
        return db.notifications(user, before, limit);
      },
      [this](const store::history_page& page) {
        answer(200, protocol::encode_notifications(page.messages, page.before));
      },
      [this](const caf::error& why) { store_failed(why); });
}

void rest_call_state::read_notifications() {
  ask_user(mark_notifications_read{});
}

} // namespace convoy::actors
