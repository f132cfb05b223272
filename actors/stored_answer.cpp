// SPDX-License-Identifier: Apache-2.0
#include "actors/stored_answer.hpp"

#include "protocol/frame.hpp"

#include <memory>
#include <string>
#include <utility>

namespace convoy::actors {

bool is_forgotten(const store::nonce_record& stored, const node& home) {
  return stored.begun < home.wall_clock() - home.config.nonce_lifetime;
}

answer stored_answer(const ask& what, const store::nonce_record& stored,
                     const node& home) {
  const auto now = home.wall_clock();
  auto frame = stored.error.empty()
                   ? encode_sent(what.request, stored.result, now)
                   : encode_error(what.request, stored.error, stored.path, now);
  return {what.ticket, std::make_shared<const std::string>(std::move(frame))};
}

protocol::json_problem nobody_knows() {
  return {"Nobody knows whether this was sent: no answer came.", "/nonce",
          std::string(protocol::unknown_outcome)};
}

} // namespace convoy::actors
