// SPDX-License-Identifier: Apache-2.0
#include "actors/ask_store.hpp"
#include "actors/link_base.hpp"
#include "actors/rest_call.hpp"
#include "actors/site_wish.hpp"
#include "protocol/json.hpp"

#include <cstdlib>

// What admins set of the site (spec/rest-api.md §6, 25 to 27).
namespace convoy::actors {

void rest_call_state::with_site(
    std::function<void(const site_settings&)> next) {
  self_->request(node_->site, store_deadline, get_site{})
      .then([next = std::move(next)](const site_is& now) { next(*now.site); },
            [this](const caf::error& why) { store_failed(why); });
}

void rest_call_state::read_settings() {
  as_admin("Only admins can see the settings.", [this] {
    with_site([this](const site_settings& site) { show_settings(site); });
  });
}

void rest_call_state::show_settings(const site_settings& site) {
  ask_store(
      self_, node_->reader(number(session_->user)),
      [](store::database& db) { return db.disk(); },
      [this, site](const std::optional<store::disk_usage>& disk) {
        answer(200,
               encode_site(site, link_base(node_->config, request_), disk));
      },
      [this](const caf::error& why) { store_failed(why); });
}

void rest_call_state::change_settings() {
  as_admin("Only admins can change the settings.", [this] {
    with_site([this](const site_settings& site) {
      protocol::json_object wish{request_.body.empty() ? "{}" : request_.body};
      const auto changed = read_site(wish, site);
      if (!changed)
        return refuse_all(wish.problems());
      self_->request(node_->site, store_deadline, change_site{site, *changed})
          .then([this](const site_is& now) { show_settings(*now.site); },
                [this](const caf::error& why) { store_failed(why); });
    });
  });
}

/// We ask nobody, so there is nothing newer.
void rest_call_state::check_for_updates() {
  const auto running = std::strtod(CONVOY_VERSION, nullptr);
  protocol::json_writer out;
  out.begin_object()
      .field("available", running)
      .field("running", running)
      .end_object();
  answer(200, out.take());
}

} // namespace convoy::actors
