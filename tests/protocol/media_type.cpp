// SPDX-License-Identifier: Apache-2.0
#include "protocol/media_type.hpp"

#include <doctest/doctest.h>

using convoy::protocol::media_type_of;

TEST_CASE("a type follows from the ending, in any case") {
  CHECK(media_type_of("A.PNG") == "image/png");
  CHECK(media_type_of("notes.2021.txt") == "text/plain; charset=utf-8");
  CHECK(media_type_of("html") == "application/octet-stream");
  CHECK(media_type_of("") == "application/octet-stream");
}
