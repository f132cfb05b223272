// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/archive_messages.hpp"
#include "actors/node.hpp"

#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace convoy::actors {

/// Runs `read` with the database of `keeper`, the archive or one of its
/// readers, on its thread, and then `next` with what it returned, or `fail`
/// with a `caf::error`, on the actor's. `read` may not touch the actor: what it
/// needs goes with it by value.
template <class Self, class Read, class Next, class Fail>
void ask_store(Self* self, const caf::actor& keeper, Read read, Next next,
               Fail fail, std::chrono::milliseconds deadline = store_deadline) {
  using result_type = std::invoke_result_t<Read&, store::database&>;
  static_assert(!std::is_void_v<result_type>);
  // Written there before the answer is sent, read here after it has come.
  auto result = std::make_shared<std::optional<result_type>>();
  auto run = [result, read = std::move(read)](store::database& db) mutable {
    result->emplace(read(db));
  };
  self->request(keeper, deadline, store_job{std::move(run)})
      .then([result, next = std::move(next)](
                bool) mutable { next(std::move(**result)); },
            std::move(fail));
}

} // namespace convoy::actors
