// SPDX-License-Identifier: Apache-2.0
#include "actors/store/database_impl.hpp"

namespace convoy::actors::store {

std::vector<sts_policy> database::sts_policies() {
  auto& db = impl_->db;
  return db.trying("read STS policies", [&] {
    std::vector<sts_policy> result;
    db.select<std::string, long long, long long>(
        "SELECT host, port, expires FROM sts_policies ORDER BY host",
        [&](const std::string& host, long long port, long long expires) {
          result.push_back(
              {host, static_cast<std::uint16_t>(port), time_of(expires)});
        });
    return result;
  });
}

void database::put_sts_policy(const sts_policy& policy) {
  auto& db = impl_->db;
  db.trying("store STS policy", [&] {
    db.execute("INSERT INTO sts_policies (host, port, expires)"
               " VALUES (:host, :port, :expires) ON CONFLICT (host) DO UPDATE"
               " SET port = excluded.port, expires = excluded.expires",
               policy.host, static_cast<long long>(policy.port),
               stored(policy.expires));
  });
}

void database::delete_sts_policy(const std::string& host) {
  auto& db = impl_->db;
  db.trying("delete STS policy", [&] {
    db.execute("DELETE FROM sts_policies WHERE host = :host", host);
  });
}

} // namespace convoy::actors::store
