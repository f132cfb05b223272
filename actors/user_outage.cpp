// SPDX-License-Identifier: Apache-2.0
#include "actors/user.hpp"

// What a user does while the store fails: what has happened on IRC waits, what
// would have to be remembered is refused, and the sessions know.
namespace convoy::actors {

namespace {

constexpr const char* outage = "The store does not answer.";

} // namespace

protocol::json_problem user_state::store_failed() {
  return {outage, {}, "store"};
}

bool user_state::store_fails() const {
  return append_fails_ || !store_.available;
}

void user_state::on_store(const store_is& now) {
  store_ = now;
  look_at_store();
}

void user_state::look_at_store() {
  if (store_fails() == outage_told_)
    return;
  outage_told_ = !outage_told_;
  if (outage_told_)
    drop_all_prepared(store_failed());
  for (const auto& each : sessions_)
    tell_store(each.session, each.format);
}

void user_state::tell_store(const caf::actor& session,
                            protocol::ts_format format) const {
  protocol::event what;
  what.kind = protocol::event_kind::store;
  what.time = node_->wall_clock();
  what.has_text = outage_told_;
  what.text = outage_told_ ? outage : "";
  auto frames = std::make_shared<std::vector<net::payload>>();
  frames->push_back(
      std::make_shared<const std::string>(encode_event(what, format)));
  self_->send(session, deliver{0, 0, std::move(frames)});
}

} // namespace convoy::actors
