// SPDX-License-Identifier: Apache-2.0
#include "actors/store/replica.hpp"

namespace convoy::actors::store {

namespace {

/// How many questions a copy that has failed is not asked: to find out that it
/// is gone may take as long as to wait for it.
constexpr int rest_after_failure = 200;

std::optional<long long> last_seq(statements& db, protocol::user_id user) {
  std::optional<long long> result;
  db.select<long long>(
      "SELECT last_seq FROM users WHERE id = :id",
      [&](long long seq) { result = seq; }, stored(user));
  return result;
}

} // namespace

replica::replica(store_options how) : how_(std::move(how)) {
  // What cannot be an address is said at once.
  parse_location(how_.url);
}

statements* replica::caught_up(statements& primary, protocol::user_id user) {
  if (rest_ > 0) {
    --rest_;
    return nullptr;
  }
  const auto newest = primary.trying("look for the last event",
                                     [&] { return last_seq(primary, user); });
  try {
    if (!db_)
      db_.emplace(how_);
    const auto known = db_->trying("look for the last event",
                                   [&] { return last_seq(*db_, user); });
    return known && newest && *known >= *newest ? &*db_ : nullptr;
  } catch (const store_error&) {
    failed();
    return nullptr;
  }
}

void replica::failed() noexcept {
  rest_ = rest_after_failure;
}

} // namespace convoy::actors::store
