// SPDX-License-Identifier: Apache-2.0
#include "protocol/base64.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace convoy::protocol;

TEST_CASE("base64 goes both ways (RFC 4648 §10)") {
  const std::pair<std::string, std::string> vectors[]{
      {"", ""},
      {"f", "Zg=="},
      {"fo", "Zm8="},
      {"foo", "Zm9v"},
      {"foob", "Zm9vYg=="},
      {"fooba", "Zm9vYmE="},
      {"foobar", "Zm9vYmFy"},
      {std::string("\0\xFF\xFE", 3), "AP/+"}};
  for (const auto& [plain, encoded] : vectors) {
    CHECK(encode_base64(plain) == encoded);
    CHECK(decode_base64(encoded) == plain);
  }
  const std::string long_text(1000, 'x');
  CHECK(encode_base64(long_text).find('\n') == std::string::npos);
  CHECK(decode_base64(encode_base64(long_text)) == long_text);
}

TEST_CASE("what is not base64 is not decoded") {
  for (const auto* text :
       {"Z", "Zg", "Zg=", "Zg===", "====", "=", "Z=g=", "Zm9v\n", " Zm9v",
        "Zm 9", "Zm9-", "Zm9_", "Zm9\x80"})
    CHECK_MESSAGE(!decode_base64(text), text);
}
