// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/actor.hpp"
#include "actors/messages.hpp"

#include <memory>
#include <string>

namespace convoy::actors {

/// What the keeper of the site's settings begins with.
struct site_start {
  caf::actor archive;
  caf::actor directory;
  site_settings fallback; ///< where no admin has set anything
  std::string stored;     ///< `database::site`
  /// Tells the other nodes; null where there are none.
  caf::actor post_office{};
};

/// Keeps what admins have set of the site (spec/rest-api.md §6, 25 and 26): all
/// share one copy, and a change goes to everybody once it is stored. Only what
/// an admin has changed is stored, so that all else follows the options; and it
/// is changed where it is stored, so that of two changes at a time none is
/// lost.
class site_state {
public:
  static inline const char* name = "site";

  site_state(caf::stateful_actor<site_state>* self) : self_(self) {
    // nop
  }

  caf::behavior start(site_start how);

private:
  caf::result<site_is> on_change(const change_site& what);
  void on_read_again();
  void show(site_settings now);

  caf::stateful_actor<site_state>* self_;
  caf::actor archive_;
  caf::actor directory_;
  caf::actor post_office_;
  site_settings fallback_;
  std::shared_ptr<const site_settings> site_;
};

caf::behavior site(caf::stateful_actor<site_state>* self, site_start how);

} // namespace convoy::actors
