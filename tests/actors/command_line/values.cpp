// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/values.hpp"

#include <doctest/doctest.h>

using namespace convoy::actors;
using namespace convoy::actors::command_line;

TEST_CASE("an address is a host and a port") {
  address to;
  CHECK(read_address("0.0.0.0:3000", to).empty());
  CHECK(to.host == "0.0.0.0");
  CHECK(to.port == 3000);
  CHECK(read_address("[::1]:0", to).empty());
  CHECK(to.host == "::1");
  CHECK(to.port == 0);
  CHECK(read_address("chat.example.org:65535", to).empty());
  CHECK(to.host == "chat.example.org");
  CHECK(to.port == 65535);
}

TEST_CASE("an IP address is no name") {
  std::string to = "before";
  for (const auto* good : {"192.0.2.1", "::1", "2001:db8::7", ""}) {
    CHECK(read_ip_address(good, to).empty());
    CHECK(to == good);
  }
  to = "before";
  for (const auto* bad :
       {"localhost", "192.0.2", "192.0.2.256", "[::1]", "::g", "192.0.2.1:80"})
    CHECK(read_ip_address(bad, to)
          == "\"" + std::string{bad} + "\" is not an IP address");
  CHECK(to == "before");
}

TEST_CASE("what is no address says which part is wrong") {
  address to{"before", 1};
  CHECK(read_address("localhost", to) == "\"localhost\" is not HOST:PORT");
  CHECK(read_address("h:65536", to)
        == "\"65536\" is not a port, a number of 0 to 65535");
  CHECK(read_address("h:", to) == "\"\" is not a port, a number of 0 to 65535");
  CHECK(read_address("h:-1", to)
        == "\"-1\" is not a port, a number of 0 to 65535");
  CHECK(read_address("h:80x", to)
        == "\"80x\" is not a port, a number of 0 to 65535");
  CHECK(read_address("::1:80", to)
        == "\"::1:80\" needs brackets: [ADDRESS]:PORT");
  CHECK(read_address("a b:80", to) == "\"a b\" is not a host");
  CHECK(read_address("http://h:80", to).find("needs brackets")
        != std::string::npos);
  CHECK(read_address(":80", to).find("has no host") != std::string::npos);
  CHECK(to.host == "before");
  CHECK(to.port == 1);
}

TEST_CASE("a store is a file or on a server") {
  std::string to;
  CHECK(read_store("sqlite:data/x.sqlite", to).empty());
  CHECK(to == "sqlite:data/x.sqlite");
  CHECK(read_store("sqlite::memory:", to).empty());
  const std::string known =
      "sqlite:PATH and postgresql://USER:PASSWORD@HOST:PORT/DATABASE are known";
  CHECK(read_store("mysql://h/db", to)
        == "unknown kind of store \"mysql\": " + known);
  CHECK(read_store("x.sqlite", to) == "\"x.sqlite\" is not a store: " + known);
  CHECK(read_store("sqlite:", to) == "sqlite: needs a path");
  CHECK(to == "sqlite::memory:");
  for (const auto* url :
       {"postgresql://u:p@h:5432/db?sslmode=require", "postgres://h/db"}) {
    CHECK(read_store(url, to).empty());
    CHECK(to == url);
  }
  for (const auto* url : {"postgresql:secret", "postgresql://u:sec ret@h/db"}) {
    const auto problem = read_store(url, to);
    CHECK(problem.starts_with("postgresql: must be followed by //"));
    CHECK(problem.find("sec") == std::string::npos);
  }
}

TEST_CASE("a duration is seconds or a number with its unit") {
  const auto seconds = [](std::string_view text) {
    settings::seconds to{-1};
    CHECK(read_duration(text, 0, to).empty());
    return to.count();
  };
  CHECK(seconds("0") == 0);
  CHECK(seconds("1.5") == 1.5);
  CHECK(seconds("90s") == 90);
  CHECK(seconds("5m") == 300);
  CHECK(seconds("2h") == 7200);
  CHECK(seconds("7d") == 604800);
  CHECK(seconds("0.5m") == 30);
}

TEST_CASE("what is no duration is refused") {
  settings::seconds to{1};
  for (const auto* wrong : {"", "s", "m5", "5 m", "5w", "five", "nan", "inf",
                            "1e999", "5mm", "0x10"})
    CHECK_MESSAGE(read_duration(wrong, 0, to).find("is not a duration")
                      != std::string::npos,
                  wrong);
  CHECK(read_duration("-1", 0, to) == "\"-1\" is too short: at least 0s");
  CHECK(read_duration("0", 0.5, to) == "\"0\" is too short: at least 0.5s");
  CHECK(read_duration("3651d", 0, to)
        == "\"3651d\" is too long: at most 3650d");
  CHECK(to.count() == 1);
  std::chrono::seconds whole{};
  CHECK(read_duration("1.6", whole).empty());
  CHECK(whole.count() == 2);
  CHECK(read_duration("0", whole) == "\"0\" is too short: at least 1s");
}

TEST_CASE("truth has four words for each side") {
  bool to = false;
  for (const auto* yes : {"true", "yes", "on", "1"}) {
    to = false;
    CHECK(read_bool(yes, to).empty());
    CHECK(to);
  }
  for (const auto* no : {"false", "no", "off", "0"}) {
    to = true;
    CHECK(read_bool(no, to).empty());
    CHECK_FALSE(to);
  }
  CHECK(read_bool("", to)
        == "\"\" is none of true, false, yes, no, on, off, 1, 0");
  CHECK_FALSE(read_bool("TRUE", to).empty());
}

TEST_CASE("a count is whole and bounded") {
  unsigned to = 7;
  CHECK(read_count("8", 8, to).empty());
  CHECK(to == 8);
  for (const auto* wrong : {"9", "-1", "1.5", "", " 1"})
    CHECK_MESSAGE(read_count(wrong, 8, to).find("is not a number of 0 to 8")
                      != std::string::npos,
                  wrong);
  CHECK(to == 8);
}

TEST_CASE("URLs of the web lose their slash at the end") {
  std::string to;
  CHECK(read_web_url("https://chat.example.org/base/", to).empty());
  CHECK(to == "https://chat.example.org/base");
  for (const auto* wrong :
       {"chat.example.org", "ftp://x", "https://", "http:///x", "http://a b"})
    CHECK_FALSE_MESSAGE(read_web_url(wrong, to).empty(), wrong);
  CHECK(read_web_url("", to).empty());
  CHECK(to.empty());
}

TEST_CASE("an origin has no path") {
  std::string to;
  CHECK(read_origin("http://localhost:8080", to).empty());
  for (const auto* wrong :
       {"", "*", "https://a/", "https://a/b", "https://u@a", "a.example"})
    CHECK_FALSE_MESSAGE(read_origin(wrong, to).empty(), wrong);
}

TEST_CASE("what a header says is printable") {
  std::string to;
  CHECK(read_header_value("default-src 'self'; img-src *", to).empty());
  CHECK(to == "default-src 'self'; img-src *");
  CHECK(read_header_value("", to).empty());
  CHECK(to == "");
  for (const auto* wrong : {"a\nb", "a\r", "\x7f", "h\xc3\xa9"})
    CHECK_FALSE_MESSAGE(read_header_value(wrong, to).empty(), wrong);
}

TEST_CASE("a proxy is an address, a block or a word") {
  std::string to;
  for (const auto* good : {"loopback", "private", "link-local", "10.0.0.0/8",
                           "::1", "fc00::/128", "192.0.2.1", "0.0.0.0/0"})
    CHECK_MESSAGE(read_proxy(good, to).empty(), good);
  for (const auto* wrong : {"", "proxy", "10.0.0.0/33", "::/129", "10.0.0/8",
                            "10.0.0.0/", "loopback/8"})
    CHECK_FALSE_MESSAGE(read_proxy(wrong, to).empty(), wrong);
}

TEST_CASE("a connection's problem does not show its URL") {
  std::string to = "before";
  const auto problem = read_connection("irc://joe:secret@/", to);
  CHECK_FALSE(problem.empty());
  CHECK(problem.find("secret") == std::string::npos);
  CHECK(to == "before");
  CHECK(read_connection("", to).empty());
  CHECK(to.empty());
}

TEST_CASE("what is shown is short and printable") {
  CHECK(in_quotes("a\n\x1b[b") == "\"a??[b\"");
  CHECK(in_quotes("\xff") == "\"ÿ\"");
  const auto cut = in_quotes(std::string(200, 'x'));
  CHECK(cut == "\"" + std::string(80, 'x') + "…\"");
}
