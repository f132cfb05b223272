// SPDX-License-Identifier: Apache-2.0
#include "actors/site.hpp"

#include "actors/ask_store.hpp"
#include "actors/site_wish.hpp"
#include "actors/strays.hpp"
#include "net/log.hpp"

namespace convoy::actors {

caf::behavior site_state::start(site_start how) {
  archive_ = std::move(how.archive);
  directory_ = std::move(how.directory);
  post_office_ = std::move(how.post_office);
  fallback_ = std::move(how.fallback);
  auto now = fallback_;
  apply_stored(how.stored, now);
  site_ = std::make_shared<const site_settings>(std::move(now));
  survive_strays(self_);
  return {
      [this](const get_site&) { return site_is{site_}; },
      [this](const change_site& what) { return on_change(what); },
      [this](const read_again&) { on_read_again(); },
  };
}

caf::result<site_is> site_state::on_change(const change_site& what) {
  auto promise = self_->make_response_promise<site_is>();
  ask_store(
      self_, archive_,
      [what, now = fallback_](store::database& db) mutable {
        auto changed = apply_stored(db.site(), now);
        changed.merge(apply_change(what.known, what.wanted, now));
        db.put_site(encode_stored(now, changed));
        return now;
      },
      [this, promise](site_settings now) mutable {
        show(std::move(now));
        if (post_office_)
          self_->send(post_office_, site_is{site_});
        promise.deliver(site_is{site_});
      },
      [promise](caf::error& why) mutable { promise.deliver(std::move(why)); });
  return promise;
}

void site_state::on_read_again() {
  ask_store(
      self_, archive_, [](store::database& db) { return db.site(); },
      [this](const std::string& stored) {
        auto now = fallback_;
        apply_stored(stored, now);
        show(std::move(now));
      },
      [this](const caf::error& why) {
        net::log::error("site-not-read",
                        {{"reason", self_->system().render(why)}});
      });
}

void site_state::show(site_settings now) {
  site_ = std::make_shared<const site_settings>(std::move(now));
  self_->send(directory_, site_is{site_});
}

caf::behavior site(caf::stateful_actor<site_state>* self, site_start how) {
  return self->state.start(std::move(how));
}

} // namespace convoy::actors
