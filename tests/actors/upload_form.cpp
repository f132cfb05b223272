// SPDX-License-Identifier: Apache-2.0
#include "actors/upload_form.hpp"

#include <doctest/doctest.h>

using namespace convoy::actors;

namespace {

std::string part(const std::string& disposition, const std::string& content,
                 const std::string& more = "") {
  return "--b\r\nContent-Disposition: form-data; " + disposition + "\r\n" + more
         + "\r\n" + content + "\r\n";
}

const std::string end = "--b--\r\n";

struct reading {
  explicit reading(const std::string& body, std::size_t most = 100)
      : problem(read_upload(body, "b", most, form)) {
    // nop
  }

  upload_form form;
  upload_problem problem;
};

std::string name_of(const std::string& filename) {
  return reading{part("name=\"file\"; filename=\"" + filename + "\"", "x")
                 + end}
      .form.name;
}

std::string type_of(const std::string& type, const std::string& content = "x") {
  return reading{part("name=\"file\"; filename=\"a\"", content,
                      "Content-Type: " + type + "\r\n")
                 + end}
      .form.content_type;
}

} // namespace

TEST_CASE("a form is read, whatever is around its parts") {
  const std::string bytes("\r\n--\0\xff--b\r\n-b", 13);
  const reading it{"preamble\r\n" + part("name=\"id\"", "an id")
                   + part("name=\"file\"; filename=\"a.png\"", bytes,
                          "Content-Type: image/png\r\n")
                   + part("name=\"other\"", "skipped")
                   + part("name=\"write_only\"", "1") + end + "epilogue"};
  CHECK(it.problem.message == "");
  CHECK(it.form.name == "a.png");
  CHECK(it.form.content_type == "image/png");
  CHECK(it.form.content == bytes);
  CHECK(it.form.id == "an id");
  CHECK(it.form.write_only);
}

TEST_CASE("an empty file is one, and nothing else is said of it") {
  const reading it{part("name=file; filename=a", "") + end};
  CHECK(it.problem.message == "");
  CHECK(it.form.content == "");
  CHECK(it.form.id == "");
  CHECK_FALSE(it.form.write_only);
  CHECK_FALSE(reading{part("name=file; filename=a", "x")
                      + part("name=\"write_only\"", "0") + end}
                  .form.write_only);
}

TEST_CASE("what is wrong is said at its place") {
  const auto file = part("name=\"file\"; filename=\"a\"", "12345");
  const auto wrong = [](const std::string& body, std::size_t most = 100) {
    const reading it{body, most};
    return it.problem.path + ' ' + it.problem.message;
  };
  CHECK(wrong(file + end, 5) == " ");
  CHECK(wrong(file + end, 4) == "/file Maximum message size exceeded");
  CHECK(wrong(part("name=\"x\"", "1") + end) == "/file No upload.");
  CHECK(wrong(end) == "/file No upload.");
  CHECK(wrong(part("name=\"file\"", "1") + end) == "/file Unknown filename.");
  CHECK(wrong(part("name=\"file\"; filename=\"\"", "1") + end)
        == "/file Unknown filename.");
  CHECK(wrong(part("name=\"id\"", std::string(1025, 'x')) + file + end)
        == "/id String is too long.");
  CHECK(wrong(file) == "/file Malformed form: a part has no end.");
  CHECK(wrong(file + "--b")
        == "/file Malformed form: a boundary is not alone on its line.");
  CHECK(wrong("").starts_with("/file Malformed form: "));
  CHECK(wrong("--b\r\nno header\r\n\r\nx\r\n" + end) == "/file No upload.");
  upload_form form;
  CHECK(read_upload(file + end, "", 100, form).message == "No upload.");
}

TEST_CASE("no more parts are read than a form may have") {
  std::string body;
  for (int n = 0; n < 16; ++n)
    body += part("name=\"x\"", "1");
  CHECK(reading{body + part("name=file; filename=a", "x") + end}.problem.message
        == "No upload.");
}

TEST_CASE("a name has no folders and nothing that does not show") {
  CHECK(name_of("../../etc/passwd") == "passwd");
  CHECK(name_of("C:\\\\x\\\\a.txt") == "a.txt");
  CHECK(name_of("h\xc3\xa9.txt") == "h\xc3\xa9.txt");
  CHECK(name_of("a\x01\x7f.txt") == "a__.txt");
  CHECK(name_of(std::string(300, 'x')).size() == 255);
  CHECK(extension_of("a.tar.GZ") == "gz");
  CHECK(extension_of(".profile") == "");
  CHECK(extension_of("README") == "");
  CHECK(extension_of("a.") == "");
}

TEST_CASE("a type is one, or unknown") {
  CHECK(type_of("Image/PNG; x=y") == "image/png");
  CHECK(type_of("text/plain") == "text/plain; charset=utf-8");
  CHECK(type_of("text/plain", "\xff") == "text/plain");
  CHECK(type_of("application/vnd.a+b") == "application/vnd.a+b");
  for (const auto* bad :
       {"", "text", "/x", "x/", "a/b/c", "a b/c", "t\xc3\xa9/x"})
    CHECK(type_of(bad) == "application/octet-stream");
  CHECK(type_of("a/" + std::string(200, 'x')) == "application/octet-stream");
}
