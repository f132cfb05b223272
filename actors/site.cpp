// SPDX-License-Identifier: Apache-2.0
#include "actors/site.hpp"

#include "actors/ask_store.hpp"
#include "actors/site_wish.hpp"
#include "actors/strays.hpp"

namespace convoy::actors {

caf::behavior site_state::start(site_start how) {
  archive_ = std::move(how.archive);
  directory_ = std::move(how.directory);
  auto now = std::move(how.fallback);
  changed_ = apply_stored(how.stored, now);
  site_ = std::make_shared<const site_settings>(std::move(now));
  survive_strays(self_);
  return {
      [this](const get_site&) { return site_is{site_}; },
      [this](const change_site& what) { return on_change(what); },
  };
}

caf::result<bool> site_state::on_change(const change_site& what) {
  auto promise = self_->make_response_promise<bool>();
  auto changed = changed_;
  changed.merge(differences(*site_, what.site));
  ask_store(
      self_, archive_,
      [json = encode_stored(what.site, changed)](store::database& db) {
        db.put_site(json);
        return true;
      },
      [this, promise, changed, now = what.site](bool) mutable {
        changed_ = std::move(changed);
        site_ = std::make_shared<const site_settings>(std::move(now));
        self_->send(directory_, site_is{site_});
        promise.deliver(true);
      },
      [promise](caf::error& why) mutable { promise.deliver(std::move(why)); });
  return promise;
}

caf::behavior site(caf::stateful_actor<site_state>* self, site_start how) {
  return self->state.start(std::move(how));
}

} // namespace convoy::actors
