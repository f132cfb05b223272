// SPDX-License-Identifier: Apache-2.0
#include "protocol/dictionaries.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

namespace {

dictionaries some() {
  dictionaries result;
  result.add({"no", {{"language_team", "Norsk"}}, {{"Log in", "Logg på"}}});
  result.add({"pt-BR", {}, {{"Log in", "Entrar"}}});
  result.add({"pt", {}, {}});
  return result;
}

} // namespace

TEST_CASE("a wish comes to what is there") {
  const auto languages = some();
  CHECK(languages.match("no") == "no");
  CHECK(languages.match("NO") == "no");
  CHECK(languages.match("no-NO") == "no");
  CHECK(languages.match("pt_br") == "pt-BR");
  CHECK(languages.match("pt-PT") == "pt");
  CHECK(languages.match("en-GB") == "en");
  CHECK_FALSE(languages.match("de"));
  CHECK_FALSE(languages.match(""));
  CHECK_FALSE(languages.match("n"));
}

TEST_CASE("of what a browser accepts the most wanted is taken") {
  const auto languages = some();
  CHECK(languages.match_accepted("de, no;q=0.7, pt;q=0.8") == "pt");
  CHECK(languages.match_accepted("no, pt") == "no");
  CHECK(languages.match_accepted("de-AT,en;q=0.5") == "en");
  CHECK(languages.match_accepted("no;q=0, pt;q=0.001") == "pt");
  CHECK(languages.match_accepted("no;q=x, pt; q=0.1") == "pt");
  CHECK_FALSE(languages.match_accepted("de;q=1.0, *"));
  CHECK_FALSE(languages.match_accepted(""));
}

TEST_CASE("the front end gets a dictionary and the languages there are") {
  const auto languages = some();
  const std::string all =
      R"("available_languages":{"en":{"language_team":"English"},)"
      R"("no":{"language_team":"Norsk"},"pt":{"language_team":"pt"},)"
      R"("pt-BR":{"language_team":"pt-BR"}})";
  CHECK(
      languages.encode("no-NO")
      == "{" + all
             + R"(,"dictionary":{"Log in":"Logg på"},"language_team":"Norsk"})");
  for (const auto* wish : {"en", "de", ""})
    CHECK(languages.encode(wish)
          == "{" + all + R"(,"dictionary":{},"language_team":"English"})");
}

TEST_CASE("English can be replaced") {
  dictionaries languages;
  languages.add({"en", {{"language_team", "Us"}}, {{"Log in", "Sign in"}}});
  CHECK(languages.encode("xx")
        == R"({"available_languages":{"en":{"language_team":"Us"}},)"
           R"("dictionary":{"Log in":"Sign in"},"language_team":"Us"})");
}
