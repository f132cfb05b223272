// SPDX-License-Identifier: Apache-2.0
#include "script.hpp"
#include "stage.hpp"

#include <doctest/doctest.h>

#include <fstream>

using namespace convoy::scenarios;

namespace {

struct files {
  temporary_directory directory;

  std::string write(const std::string& name, const std::string& text) const {
    auto path = directory.path() + '/' + name;
    std::ofstream(path) << text;
    return path;
  }
};

} // namespace

TEST_CASE_FIXTURE(files, "indented lines belong to the step above") {
  auto path = write("a.scenario", "# a comment\n"
                                  "rest GET /api\n"
                                  "  < 200 {...}\n"
                                  "\n"
                                  "unordered {\n"
                                  "  a < 1\n"
                                  "  b < 2\n"
                                  "}\n"
                                  "a closed   \n");
  auto steps = load_script(path);
  REQUIRE(steps.size() == 3);
  CHECK(steps[0].text == "rest GET /api");
  CHECK(steps[0].where.to_string() == path + ":2");
  REQUIRE(steps[0].children.size() == 1);
  CHECK(steps[0].children[0].text == "< 200 {...}");
  CHECK(steps[0].children[0].where.line == 3);
  CHECK(steps[1].children.size() == 2);
  CHECK(steps[2].text == "a closed");
}

TEST_CASE_FIXTURE(files, "a document is kept as it is") {
  auto steps = load_script(write("a.scenario", "file x <<END\n"
                                               "  # kept\n"
                                               "\n"
                                               "END\n"
                                               "a > <<b\n"));
  REQUIRE(steps.size() == 2);
  CHECK(steps[0].text == "file x ");
  CHECK(steps[0].document == "  # kept\n\n");
  CHECK(steps[1].text == "a > <<b");
}

TEST_CASE_FIXTURE(files, "an include has parameters and keeps its places") {
  write("login.part", "as {{name}}\nws {{name}}\n");
  auto path = write("a.scenario", "include login.part name=ann\n");
  auto steps = load_script(path);
  REQUIRE(steps.size() == 2);
  CHECK(steps[1].text == "ws ann");
  CHECK(steps[1].where.to_string()
        == directory.path() + "/login.part:2, included from " + path + ":1");
}

TEST_CASE_FIXTURE(files, "mistakes name their place") {
  CHECK_THROWS_WITH_AS(load_script(directory.path() + "/none"),
                       (directory.path() + "/none: cannot be read").c_str(),
                       script_error);
  auto open = write("a.scenario", "\nfile x <<END\n");
  CHECK_THROWS_WITH_AS(load_script(open),
                       (open + ":2: no line says END").c_str(), script_error);
  write("b.part", "as {{name}}\n");
  auto unset = write("b.scenario", "include b.part\n");
  CHECK_THROWS_AS(load_script(unset), script_error);
}

TEST_CASE("words keep what is quoted") {
  CHECK(words("a  'b c' --d=\"e f\"g ''")
        == std::vector<std::string>{"a", "b c", "--d=e fg", ""});
  CHECK(words("  ").empty());
}
