// SPDX-License-Identifier: Apache-2.0
#include "actors/strays.hpp"

#include "actors/actor.hpp"
#include "net/log.hpp"

#include <caf/message_view.hpp>
#include <caf/scheduled_actor.hpp>
#include <caf/sec.hpp>

namespace convoy::actors {

void survive_strays(caf::scheduled_actor* self) {
  self->set_default_handler(
      [](caf::scheduled_actor* me,
         caf::message_view& what) -> caf::result<caf::message> {
        net::log::error("stray-message",
                        {{"actor", me->name()},
                         {"id", std::to_string(me->id())},
                         {"elements", std::to_string(what.content().size())}});
        return caf::sec::unexpected_message;
      });
  self->set_error_handler([](caf::scheduled_actor* me, caf::error& why) {
    // Somebody who is about to end had no use for what we told them.
    if (why == caf::sec::unexpected_message)
      return;
    net::log::error("stray-error", {{"actor", me->name()},
                                    {"reason", me->system().render(why)}});
  });
}

} // namespace convoy::actors
