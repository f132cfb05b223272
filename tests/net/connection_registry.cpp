// SPDX-License-Identifier: Apache-2.0
#include "net/connection_registry.hpp"

#include <doctest/doctest.h>

using namespace convoy::net;

namespace {

struct fake_connection : closable {
  void shut() override {
    ++shuts;
  }
  int shuts = 0;
};

} // namespace

TEST_CASE("a place is given back when its slot goes") {
  auto registry = std::make_shared<connection_registry>(2);
  auto first = registry->enter();
  {
    auto second = registry->enter();
    CHECK(second);
    CHECK_FALSE(registry->enter());
    CHECK(registry->size() == 2);
  }
  CHECK(registry->size() == 1);
  auto moved = std::move(first);
  CHECK(registry->size() == 1);
  moved.release();
  moved.release();
  CHECK(registry->size() == 0);
}

TEST_CASE("those who hold a place and live are shut") {
  auto registry = std::make_shared<connection_registry>(3);
  auto alive = std::make_shared<fake_connection>();
  auto gone = std::make_shared<fake_connection>();
  auto one = registry->enter();
  one.hold(alive);
  auto two = registry->enter();
  two.hold(gone);
  auto three = registry->enter();
  gone.reset();
  registry->shut_all();
  CHECK(alive->shuts == 1);
}
