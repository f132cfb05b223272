// SPDX-License-Identifier: Apache-2.0
#include "actors/secrets.hpp"
#include "actors/store/connections.hpp"
#include "actors/store/database_impl.hpp"
#include "actors/store/migrations.hpp"

#include <utility>

namespace convoy::actors::store {

database::impl::impl(const store_options& options)
    : db(options), key(options.key) {
  if (key.size() != 32)
    db.fail("open", "the key has " + std::to_string(key.size())
                        + " bytes instead of 32");
  if (!options.replica_url.empty()) {
    auto how = options;
    how.url = std::exchange(how.replica_url, {});
    how.is_copy = true;
    copy.emplace(std::move(how));
  }
}

void database::impl::check_key() {
  transaction change(db, transaction::kind::schema);
  std::optional<std::string> proof;
  db.select<std::string>("SELECT sealed FROM key_proof",
                         [&](const std::string& sealed) { proof = sealed; });
  if (!proof) {
    db.execute("INSERT INTO key_proof (sealed) VALUES (:sealed)",
               seal(key, "convoy"));
    change.commit();
    return;
  }
  try {
    unseal(key, *proof);
  } catch (const std::runtime_error& error) {
    db.fail("open", std::string("its secrets are ") + error.what());
  }
}

database::database(const store_options& options)
    : impl_(std::make_unique<impl>(options)) {
  // nop
}

database::~database() = default;

void database::migrate(const schema_told& tell) {
  impl_->db.trying("migrate", [&] {
    run_migrations(impl_->db, tell);
    impl_->check_key();
    seal_commands(impl_->db, impl_->key);
  });
}

registry& database::fleet() noexcept {
  return impl_->fleet;
}

void database::write_as(node_epoch home) noexcept {
  impl_->home = home;
}

void database::ping() {
  impl_->db.trying("ping", [this] { schema_version(impl_->db); });
}

void database::ping_writer(bool thorough) {
  auto& db = impl_->db;
  db.trying("write", [&] {
    transaction change(db, transaction::kind::write);
    if (thorough) {
      // What does not change a page is not written.
      db.execute("INSERT INTO schema_steps (version) VALUES (-1)");
      db.execute("DELETE FROM schema_steps WHERE version = -1");
    }
    change.commit();
  });
}

} // namespace convoy::actors::store
