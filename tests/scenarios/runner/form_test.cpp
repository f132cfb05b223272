// SPDX-License-Identifier: Apache-2.0
#include "form.hpp"
#include "variables.hpp"

#include <doctest/doctest.h>

using namespace convoy::scenarios;

TEST_CASE("a form has a part for each line") {
  CHECK(make_form({"id: a: b", "file=a.txt text/plain: x\\n", "file=b: y"})
        == "--convoy-scenario-boundary\r\n"
           "Content-Disposition: form-data; name=\"id\"\r\n\r\na: b\r\n"
           "--convoy-scenario-boundary\r\n"
           "Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\""
           "\r\nContent-Type: text/plain\r\n\r\nx\n\r\n"
           "--convoy-scenario-boundary\r\n"
           "Content-Disposition: form-data; name=\"file\"; filename=\"b\"\r\n"
           "\r\ny\r\n"
           "--convoy-scenario-boundary--\r\n");
  CHECK_THROWS_AS(make_form({"no colon"}), script_error);
}
