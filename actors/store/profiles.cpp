// SPDX-License-Identifier: Apache-2.0
#include "actors/secrets.hpp"
#include "actors/store/database_impl.hpp"
#include "actors/store/text_list.hpp"

namespace convoy::actors::store {

namespace {

/// What stands for "no value" on the way in and out: no value is negative.
constexpr long long nothing = -1;

std::optional<std::size_t> count_of(long long value) {
  if (value == nothing)
    return std::nullopt;
  return static_cast<std::size_t>(value);
}

std::optional<std::chrono::milliseconds> duration_of(long long value) {
  if (value == nothing)
    return std::nullopt;
  return std::chrono::milliseconds{value};
}

} // namespace

std::vector<protocol::connection_profile> database::profiles() {
  auto& db = impl_->db;
  std::vector<protocol::connection_profile> result;
  db.trying("list connection profiles", [&] {
    db.select<std::string, std::string, long long, long long, std::string,
              long long, std::string, long long, long long>(
        "SELECT id, url, max_message_length, max_bulk_message_size,"
        " service_accounts, COALESCE(skip_queue, -1), webirc_password_sealed,"
        " COALESCE(flood_burst, -1), COALESCE(flood_interval, -1)"
        " FROM connection_profiles ORDER BY id",
        [&](const std::string& id, const std::string& url, long long length,
            long long size, const std::string& services, long long skip,
            const std::string& webirc, long long burst, long long interval) {
          protocol::connection_profile profile;
          profile.id = id;
          profile.url = url;
          profile.max_message_length = static_cast<std::size_t>(length);
          profile.max_bulk_message_size = static_cast<std::size_t>(size);
          profile.service_accounts = split_list(services);
          if (skip != nothing)
            profile.skip_queue = skip != 0;
          profile.webirc_password = webirc;
          profile.flood_burst = count_of(burst);
          profile.flood_interval = duration_of(interval);
          result.push_back(std::move(profile));
        });
  });
  for (auto& profile : result)
    try {
      profile.webirc_password = unseal(impl_->key, profile.webirc_password);
    } catch (const std::runtime_error& error) {
      db.fail("list connection profiles",
              "password of " + profile.id + ": " + error.what());
    }
  return result;
}

void database::put_profile(const protocol::connection_profile& profile) {
  auto& db = impl_->db;
  long long skip = nothing;
  if (profile.skip_queue)
    skip = *profile.skip_queue ? 1 : 0;
  const auto burst = profile.flood_burst
                         ? static_cast<long long>(*profile.flood_burst)
                         : nothing;
  const auto interval =
      profile.flood_interval
          ? static_cast<long long>(profile.flood_interval->count())
          : nothing;
  db.trying("put connection profile " + profile.id, [&] {
    db.execute(
        "INSERT INTO connection_profiles (id, url, max_message_length,"
        " max_bulk_message_size, service_accounts, skip_queue,"
        " webirc_password_sealed, flood_burst, flood_interval)"
        " VALUES (:id, :url, :length, :size, :services, NULLIF(:skip, -1),"
        " :webirc, NULLIF(CAST(:burst AS BIGINT), -1),"
        " NULLIF(CAST(:interval AS BIGINT), -1))"
        " ON CONFLICT (id) DO UPDATE SET url = excluded.url,"
        " max_message_length = excluded.max_message_length,"
        " max_bulk_message_size = excluded.max_bulk_message_size,"
        " service_accounts = excluded.service_accounts,"
        " skip_queue = excluded.skip_queue,"
        " webirc_password_sealed = excluded.webirc_password_sealed,"
        " flood_burst = excluded.flood_burst,"
        " flood_interval = excluded.flood_interval",
        profile.id, profile.url,
        static_cast<long long>(profile.max_message_length),
        static_cast<long long>(profile.max_bulk_message_size),
        join_list(profile.service_accounts), skip,
        seal(impl_->key, profile.webirc_password), burst, interval);
  });
}

void database::delete_profile(const std::string& id) {
  auto& db = impl_->db;
  db.trying("delete connection profile " + id, [&] {
    db.execute("DELETE FROM connection_profiles WHERE id = :id", id);
  });
}

} // namespace convoy::actors::store
