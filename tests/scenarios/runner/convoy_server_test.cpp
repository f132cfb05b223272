// SPDX-License-Identifier: Apache-2.0
#include "convoy_server.hpp"

#include <doctest/doctest.h>

using namespace convoy::scenarios;

TEST_CASE("ports are read from both log formats") {
  std::string logfmt = "ts=1 level=info event=started port=1\n"
                       "ts=1 level=info event=listening listener=public "
                       "host=127.0.0.1 port=41234\n";
  CHECK(listening_port(logfmt, "public") == 41234);
  CHECK_FALSE(listening_port(logfmt, "internal"));
  CHECK(listening_port(R"({"event":"listening","listener":"internal",)"
                       R"("host":"127.0.0.1","port":9})",
                       "internal")
        == 9);
}
