// SPDX-License-Identifier: Apache-2.0
#include "actors/account_watch.hpp"

#include "actors/ask_store.hpp"
#include "actors/strays.hpp"
#include "net/log.hpp"

#include <caf/send.hpp>

#include <algorithm>
#include <iterator>
#include <string>

namespace convoy::actors {

namespace {

/// Those of `a` who are not in `b`; both ascend.
std::vector<protocol::user_id>
difference(const std::vector<protocol::user_id>& a,
           const std::vector<protocol::user_id>& b) {
  std::vector<protocol::user_id> result;
  std::ranges::set_difference(a, b, std::back_inserter(result));
  return result;
}

std::string roles_of(const store::standing& all, protocol::user_id id) {
  const auto found = all.roles.find(id);
  return found == all.roles.end() ? std::string{} : found->second;
}

} // namespace

caf::behavior account_watch_state::start(account_watch_start how) {
  how_ = std::move(how);
  survive_strays(self_);
  self_->delayed_send(self_, how_.pause, tick{});
  return {
      [this](const tick&) { look(); },
  };
}

void account_watch_state::look() {
  const auto again = [this] {
    self_->delayed_send(self_, how_.pause, tick{});
  };
  ask_store(
      self_, how_.reader,
      [](store::database& db) { return db.user_standing(); },
      [this, again](store::standing now) {
        compare(std::move(now));
        again();
      },
      // The store's own watch says what is wrong with it.
      [again](const caf::error&) { again(); });
}

void account_watch_state::compare(store::standing now) {
  auto& before = how_.now;
  for (const auto id : difference(before.admitted, now.admitted)) {
    net::log::info("user-shut-out", {{"user", to_string(id)}});
    // It would answer once they have left, which nobody waits for.
    caf::anon_send(how_.directory,
                   expel_user{id, "Your account is not open any more."});
  }
  for (const auto id : difference(now.admitted, before.admitted)) {
    // Somebody new was never shut out.
    if (id > before.highest)
      continue;
    net::log::info("user-let-in", {{"user", to_string(id)}});
    self_->send(how_.directory, readmit_user{id});
  }
  for (const auto id : now.admitted)
    if (roles_of(before, id) != roles_of(now, id)) {
      net::log::info("user-roles-changed", {{"user", to_string(id)}});
      self_->send(how_.directory, account_changed{id});
    }
  before = std::move(now);
}

caf::behavior account_watch(caf::stateful_actor<account_watch_state>* self,
                            account_watch_start how) {
  return self->state.start(std::move(how));
}

} // namespace convoy::actors
