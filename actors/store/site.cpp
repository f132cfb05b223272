// SPDX-License-Identifier: Apache-2.0
#include "actors/store/database_impl.hpp"

#include <sys/statvfs.h>

namespace convoy::actors::store {

std::string database::site() {
  auto& db = impl_->db;
  std::string result;
  db.trying("read the site's settings", [&] {
    db.select<std::string>("SELECT json FROM site_settings",
                           [&](const std::string& json) { result = json; });
  });
  return result;
}

void database::put_site(const std::string& json) {
  auto& db = impl_->db;
  db.trying("put the site's settings", [&] {
    db.execute("INSERT INTO site_settings (id, json) VALUES (1, :json)"
               " ON CONFLICT (id) DO UPDATE SET json = excluded.json",
               json);
  });
}

std::optional<disk_usage> database::disk() {
  const auto& place = impl_->db.place();
  struct statvfs found {};
  if (!place.is_file() || statvfs(place.path.c_str(), &found) != 0)
    return std::nullopt;
  return disk_usage{found.f_frsize, found.f_bavail, found.f_blocks,
                    found.f_favail, found.f_files};
}

} // namespace convoy::actors::store
