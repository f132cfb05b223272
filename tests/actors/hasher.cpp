// SPDX-License-Identifier: Apache-2.0
#include "actors/hasher.hpp"

#include "deterministic.hpp"

using namespace convoy::actors;

TEST_CASE("a hash fits its password and no other") {
  deterministic world;
  caf::scoped_actor self{world.system()};
  const auto verify = [&](const std::string& hash,
                          const std::string& password) {
    auto fits = false;
    self->send(world.home->hasher, verify_request{hash, password});
    world.run();
    self->receive([&](bool answer) { fits = answer; });
    return fits;
  };
  std::string hash;
  self->send(world.home->hasher, hash_request{"correct horse"});
  world.run();
  self->receive([&](const std::string& made) { hash = made; });
  CHECK(hash.starts_with("$argon2id$"));
  CHECK(verify(hash, "correct horse"));
  CHECK_FALSE(verify(hash, "Correct horse"));
  CHECK_FALSE(verify(hash, ""));
  CHECK_FALSE(verify("no hash", "correct horse"));
  CHECK_FALSE(verify(world.home->decoy_hash, "correct horse"));
}
