// SPDX-License-Identifier: Apache-2.0
#include "actors/profiles.hpp"

#include "actors/ask_store.hpp"
#include "actors/node.hpp"
#include "actors/strays.hpp"
#include "net/log.hpp"

namespace convoy::actors {

caf::behavior profiles_state::start(profiles_start how) {
  archive_ = std::move(how.archive);
  directory_ = std::move(how.directory);
  post_office_ = std::move(how.post_office);
  keep(how.profiles);
  survive_strays(self_);
  return {
      [this](const get_profiles&) { return all_profiles{all_}; },
      [this](const save_profile& what) {
        return store(put_profile{what.profile}, [what](profile_map& all) {
          all.insert_or_assign(what.profile.id, what.profile);
        });
      },
      [this](const remove_profile& what) {
        return store(delete_profile{what.id},
                     [what](profile_map& all) { all.erase(what.id); });
      },
      [this](const read_again&) { on_read_again(); },
  };
}

void profiles_state::keep(
    const std::vector<protocol::connection_profile>& known) {
  profile_map all;
  for (const auto& each : known)
    all.emplace(each.id, each);
  all_ = std::make_shared<const profile_map>(std::move(all));
}

void profiles_state::on_read_again() {
  ask_store(
      self_, archive_, [](store::database& db) { return db.profiles(); },
      [this](const std::vector<protocol::connection_profile>& known) {
        keep(known);
        self_->send(directory_, all_profiles{all_});
      },
      [this](const caf::error& why) {
        net::log::error("profiles-not-read",
                        {{"reason", self_->system().render(why)}});
      });
}

/// Changes the copy that all share when the archive has done `what`.
template <class Message, class Change>
caf::result<bool> profiles_state::store(Message what, Change change) {
  auto promise = self_->template make_response_promise<bool>();
  self_->request(archive_, store_deadline, std::move(what))
      .then(
          [this, promise, change](bool) mutable {
            auto all = *all_;
            change(all);
            all_ = std::make_shared<const profile_map>(std::move(all));
            self_->send(directory_, all_profiles{all_});
            if (post_office_)
              self_->send(post_office_, all_profiles{all_});
            promise.deliver(true);
          },
          [promise](caf::error& why) mutable {
            promise.deliver(std::move(why));
          });
  return promise;
}

caf::behavior profiles(caf::stateful_actor<profiles_state>* self,
                       profiles_start how) {
  return self->state.start(std::move(how));
}

} // namespace convoy::actors
