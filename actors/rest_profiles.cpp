// SPDX-License-Identifier: Apache-2.0
#include "actors/profile_wish.hpp"
#include "actors/rest_call.hpp"
#include "actors/site_wish.hpp"

// What admins say of IRC networks (spec/rest-api.md §6, 19 to 21).
namespace convoy::actors {

void rest_call_state::with_profiles(
    std::function<void(const profile_map&, const site_settings&)> next) {
  with_site([this, next = std::move(next)](const site_settings& site) {
    self_->request(node_->profiles, store_deadline, get_profiles{})
        .then([next, site](
                  const all_profiles& found) { next(*found.profiles, site); },
              [this](const caf::error& why) { store_failed(why); });
  });
}

void rest_call_state::connection_profiles() {
  with_rank([this](bool is_admin) {
    with_profiles(
        [this, is_admin](const profile_map& known, const site_settings& site) {
          answer(200,
                 encode_profiles(listed_profiles(known, site), site, is_admin));
        });
  });
}

void rest_call_state::save_connection_profile() {
  as_admin("Only admins can save connection profiles.", [this] {
    with_profiles([this](const profile_map& known, const site_settings& site) {
      auto wish = body();
      auto now = site;
      const auto profile = read_profile(wish, known, now);
      if (!profile)
        return refuse_all(wish.problems());
      const auto done = [this, profile](const site_is& after) {
        answer(200, encode_profile(*profile, *after.site, true));
      };
      const auto fail = [this](const caf::error& why) {
        store_failed(why);
      };
      self_->request(node_->profiles, store_deadline, save_profile{*profile})
          .then(
              [this, site, now, done, fail](bool) {
                if (now == site)
                  return done({std::make_shared<const site_settings>(now)});
                self_
                    ->request(node_->site, store_deadline,
                              change_site{site, now})
                    .then(done, fail);
              },
              fail);
    });
  });
}

void rest_call_state::remove_connection_profile() {
  as_admin("Only admins can delete connection profiles.", [this] {
    with_profiles([this](const profile_map& known, const site_settings& site) {
      const auto& id = segment("id");
      const auto fallback = listed_profiles({}, site);
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
