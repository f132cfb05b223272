// SPDX-License-Identifier: Apache-2.0
#include "actors/hasher.hpp"

#include "actors/strays.hpp"

#include <caf/sec.hpp>

#include <exception>

namespace convoy::actors {

caf::behavior hasher(caf::stateful_actor<hasher_state>* self,
                     password_cost cost) {
  survive_strays(self);
  return {
      [=](const hash_request& what) -> caf::result<std::string> {
        try {
          return hash_password(what.password, cost);
        } catch (const std::exception& why) {
          return caf::make_error(caf::sec::runtime_error, why.what());
        }
      },
      [](const verify_request& what) {
        return verify_password(what.hash, what.password);
      },
  };
}

} // namespace convoy::actors
