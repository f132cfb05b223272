// SPDX-License-Identifier: Apache-2.0
#include "net/po_files.hpp"

#include "tests/net/temporary_folder.hpp"

#include <doctest/doctest.h>

using namespace convoy;
using namespace convoy::net;

namespace {

const std::string header = "msgid \"\"\nmsgstr \"\"\n"
                           "\"Language-Team: Norsk\\n\"\n"
                           "\"Content-Type: text/plain; charset=UTF-8\\n\"\n\n";

} // namespace

TEST_CASE("dictionaries are read by the names of their files") {
  temporary_folder folder;
  folder.write("no.po",
               header
                   + "msgid \"Log in\"\nmsgstr \"Logg på\"\n\n"
                     "msgid \"a\\n\"\n\"b\"\nmsgstr \"c\\\"\"\n\n"
                     "msgid \"not done\"\nmsgstr \"\"\n\n"
                     "#, fuzzy\nmsgid \"guessed\"\nmsgstr \"gjettet\"\n\n"
                     "#~ msgid \"gone\"\n#~ msgstr \"borte\"\n");
  folder.write("README.txt", "no dictionary");
  protocol::dictionaries to;
  CHECK(read_po_files(folder.path(), to) == "");
  CHECK(to.encode("no")
        == R"({"available_languages":{"en":{"language_team":"English"},)"
           R"("no":{"content_type":"text/plain; charset=UTF-8",)"
           R"("language_team":"Norsk"}},)"
           R"("dictionary":{"Log in":"Logg på","a\nb":"c\""},)"
           R"("content_type":"text/plain; charset=UTF-8",)"
           R"("language_team":"Norsk"})");
}

TEST_CASE("a file in another charset becomes UTF-8") {
  temporary_folder folder;
  auto latin = header + "msgid \"on\"\nmsgstr \"p\xE5\"\n";
  latin.replace(latin.find("UTF-8"), 5, "ISO-8859-1");
  folder.write("no.po", latin);
  protocol::dictionaries to;
  CHECK(read_po_files(folder.path(), to) == "");
  CHECK(to.encode("no").find("{\"on\":\"på\"}") != std::string::npos);
}

TEST_CASE("what cannot be read is named with its line") {
  temporary_folder folder;
  protocol::dictionaries to;
  const auto none = read_po_files(folder.path() / "none", to);
  CHECK(none.find("none: No such file or directory") != std::string::npos);
  folder.write("it.po", header + "msgid \"a\"\nmsgstr unquoted\n");
  const auto wrong = read_po_files(folder.path(), to);
  CAPTURE(wrong);
  CHECK(wrong.find("it.po:7:") != std::string::npos);
  folder.write("it.po", header + "msgid \"a\"\nmsgstr \"b\"\n");
  CHECK(read_po_files(folder.path(), to) == "");
}
