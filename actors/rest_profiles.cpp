// SPDX-License-Identifier: Apache-2.0
#include "actors/profile_wish.hpp"
#include "actors/rest_call.hpp"

// What admins say of IRC networks (spec/rest-api.md §6, 19 to 21).
namespace convoy::actors {

void rest_call_state::with_profiles(
    std::function<void(const profile_map&)> next) {
  self_->request(node_->profiles, store_deadline, get_profiles{})
      .then([next = std::move(next)](
                const all_profiles& found) { next(*found.profiles); },
            [this](const caf::error& why) { store_failed(why); });
}

void rest_call_state::connection_profiles() {
  with_rank([this](bool is_admin) {
    with_profiles([this, is_admin](const profile_map& known) {
      const auto& config = node_->config;
      answer(200,
             encode_profiles(listed_profiles(known, config), config, is_admin));
    });
  });
}

void rest_call_state::save_connection_profile() {
  as_admin("Only admins can save connection profiles.", [this] {
    with_profiles([this](const profile_map& known) {
      auto wish = body();
      const auto profile = read_profile(wish, known, node_->config);
      if (!profile)
        return refuse_all(wish.problems());
      self_->request(node_->profiles, store_deadline, save_profile{*profile})
          .then(
              [this, profile](bool) {
                answer(200, encode_profile(*profile, node_->config, true));
              },
              [this](const caf::error& why) { store_failed(why); });
    });
  });
}

void rest_call_state::remove_connection_profile() {
  as_admin("Only admins can delete connection profiles.", [this] {
    with_profiles([this](const profile_map& known) {
      const auto& id = segment("id");
      const auto fallback = listed_profiles({}, node_->config);
      if (fallback.contains(id))
        return refuse(400, "You cannot delete the default connection.");
      if (!known.contains(id))
        return refuse(404, "Connection profile not found.");
      self_->request(node_->profiles, store_deadline, remove_profile{id})
          .then([this](bool) { answer(200, R"({"message":"Deleted."})"); },
                [this](const caf::error& why) { store_failed(why); });
    });
  });
}

} // namespace convoy::actors
