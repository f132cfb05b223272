// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_message.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;
using namespace std::string_literals;

namespace {

using strings = std::vector<std::string>;
using pairs = std::vector<std::pair<std::string, std::string>>;

irc_message parsed(std::string_view line) {
  auto message = parse_irc_line(line);
  REQUIRE(message);
  return std::move(*message);
}

/// `PRIVMSG #c :aaa…` of `size` bytes.
std::string line_of(std::size_t size) {
  std::string line = "PRIVMSG #c :";
  line.resize(size, 'a');
  return line;
}

} // namespace

TEST_CASE("a line is taken apart") {
  auto line = parsed("@time=2026-11-22T07:01:18Z;msgid=x :bob!b@h privmsg #c "
                     ":hello  there ");
  CHECK(line.tags == pairs{{"msgid", "x"}, {"time", "2026-11-22T07:01:18Z"}});
  CHECK(line.source == "bob!b@h");
  CHECK(line.command == "PRIVMSG");
  CHECK(line.params == strings{"#c", "hello  there "});
}

TEST_CASE("runs of spaces count as one") {
  auto line = parsed("@a=b   :src   005   me   x  ");
  CHECK(line.tag("a") == "b");
  CHECK(line.source == "src");
  CHECK(line.command == "005");
  CHECK(line.params == strings{"me", "x"});
  CHECK(parsed("  PING  :a b").params == strings{"a b"});
}

TEST_CASE("there may be more than fifteen parameters") {
  auto line = parsed("X 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 :17 18");
  CHECK(line.params.size() == 17);
  CHECK(line.last() == "17 18");
}

TEST_CASE("what is no line is nothing") {
  for (const auto& line : {""s,           " "s,          ":"s,
                           ":src"s,       ":src "s,      "@a=b"s,
                           "@a=b "s,      "@a :src "s,   "PING\0x"s,
                           "PING :a\rb"s, "PING :a\nb"s, "@a\n=b PING"s,
                           ":a\rb PING"s, "1 x"s,        "12 x"s,
                           "1234 x"s,     "00a x"s,      "PRIV-MSG x"s,
                           "#c x"s,       ": :"s,        "caf\xC3\xA9 x"s}) {
    CAPTURE(line);
    CHECK_FALSE(parse_irc_line(line));
  }
}

TEST_CASE("an empty source or no tag is tolerated") {
  CHECK(parsed(": PING x").source == "");
  CHECK(parsed("@ PING x").tags == pairs{});
  CHECK(parsed("@;=v;; PING x").tags == pairs{});
}

TEST_CASE("tags are unescaped one character after the other") {
  auto line = parsed(R"(@a=\:\s\\\r\n;b=x\;c=\\s;d=\b;e=1=2;+x/y;f= PING)");
  CHECK(line.tag("a") == "; \\\r\n");
  CHECK(line.tag("b") == "x");
  CHECK(line.tag("c") == "\\s");
  CHECK(line.tag("d") == "b");
  CHECK(line.tag("e") == "1=2");
  CHECK(line.tag("+x/y") == "");
  CHECK(line.tag("f") == "");
  CHECK_FALSE(line.tag("g"));
}

TEST_CASE("the last of equal tags wins") {
  CHECK(parsed("@b=1;a=1;b=2;a;b=3 PING").tags == pairs{{"a", ""}, {"b", "3"}});
}

TEST_CASE("a line that is not UTF-8 is Windows-1252, all of it") {
  auto line = parsed("@t=\xE9 :b\xF6"
                     "b PRIVMSG #\xE5 :\x80 caf\xC3\xA9 \x81");
  CHECK(line.tag("t") == "é");
  CHECK(line.source == "böb");
  CHECK(line.params == strings{"#å", "€ cafÃ© \xEF\xBF\xBD"});
  CHECK(parsed("PRIVMSG #å :café").params == strings{"#å", "café"});
}

TEST_CASE("control characters but NUL, CR and LF are kept") {
  CHECK(parsed("PRIVMSG #c :\x01"
               "ACTION \x02hi\t\x01")
            .last()
        == "\x01"
           "ACTION \x02hi\t\x01");
}

TEST_CASE("lines and tags are read up to their limits") {
  CHECK(parsed(line_of(max_irc_body)).last().size() == max_irc_body - 12);
  CHECK_FALSE(parse_irc_line(line_of(max_irc_body + 1)));
  // `@`, the key and the space are part of the limit.
  auto tags = "@a="s + std::string(max_irc_tags - 4, 'v') + ' ';
  REQUIRE(tags.size() == max_irc_tags);
  CHECK(parsed(tags + line_of(max_irc_body)).tag("a")->size()
        == max_irc_tags - 4);
  CHECK_FALSE(parse_irc_line("@b" + tags.substr(1) + "PING"));
  CHECK_FALSE(parse_irc_line(tags + line_of(max_irc_body + 1)));
  CHECK_FALSE(parse_irc_line(tags.substr(0, max_irc_tags - 1)));
}

TEST_CASE("limits are about bytes as they came") {
  // Each byte becomes two, which must not count.
  auto line = line_of(max_irc_body);
  line.replace(12, line.npos, std::string(max_irc_body - 12, '\xE9'));
  CHECK(parsed(line).last().size() == 2 * (max_irc_body - 12));
}

TEST_CASE("parameters are asked for by place") {
  auto line = parsed("X a b :c d");
  CHECK(line.param(0) == "a");
  CHECK(line.param(2) == "c d");
  CHECK(line.param(3) == "");
  CHECK(line.last() == "c d");
  CHECK(line.joined(1) == "b c d");
  CHECK(line.joined(0) == "a b c d");
  CHECK(line.joined(3) == "");
  CHECK(parsed("X").last() == "");
}

TEST_CASE("a source is a person or a server") {
  auto person = split_source("bob!~b@host.example");
  CHECK(person.nick == "bob");
  CHECK(person.user == "~b");
  CHECK(person.host == "host.example");
  CHECK(person.is_person);
  auto server = split_source("irc.example.net");
  CHECK(server.nick == "irc.example.net");
  CHECK_FALSE(server.is_person);
  auto odd = split_source("a@b!c@d");
  CHECK(odd.nick == "a");
  CHECK(odd.user == "");
  CHECK(odd.host == "b!c@d");
  CHECK_FALSE(odd.is_person);
  CHECK(split_source("").nick == "");
  CHECK(split_source("!@").is_person);
}

TEST_CASE("a colon is written where it is needed") {
  auto format = [](strings params) {
    return format_irc_line({{}, "", "PRIVMSG", std::move(params)});
  };
  CHECK(format({}) == "PRIVMSG");
  CHECK(format({"#c", "hi"}) == "PRIVMSG #c hi");
  CHECK(format({"#c", "hi there"}) == "PRIVMSG #c :hi there");
  CHECK(format({"#c", ":)"}) == "PRIVMSG #c ::)");
  CHECK(format({"#c", ""}) == "PRIVMSG #c :");
  CHECK(format({"#c", " "}) == "PRIVMSG #c : ");
  CHECK(format({"a:b", "c"}) == "PRIVMSG a:b c");
}

TEST_CASE("nothing is injected into a line") {
  const irc_message good{{{"k", "v"}}, "src", "PRIVMSG", {"#c", "x"}};
  REQUIRE(format_irc_line(good) == "@k=v :src PRIVMSG #c x");
  for (const auto& bad : {"a\rb"s, "a\nb"s, "a\0b"s}) {
    for (std::size_t i = 0; i < 2; ++i) {
      auto message = good;
      message.params[i] = bad;
      CHECK_FALSE(format_irc_line(message));
    }
    auto message = good;
    message.source = bad;
    CHECK_FALSE(format_irc_line(message));
    message = good;
    message.command = bad;
    CHECK_FALSE(format_irc_line(message));
    message = good;
    message.tags[0].first = bad;
    CHECK_FALSE(format_irc_line(message));
  }
  for (const auto& bad : {""s, ":a"s, "a b"s}) {
    auto message = good;
    message.params[0] = bad;
    CHECK_FALSE(format_irc_line(message));
  }
  auto message = good;
  message.source = "a b";
  CHECK_FALSE(format_irc_line(message));
  for (const auto& bad : {""s, "A B"s, "12"s, "1234"s, ":A"s}) {
    message = good;
    message.command = bad;
    CHECK_FALSE(format_irc_line(message));
  }
  for (const auto& bad : {""s, "a b"s, "a;b"s, "a=b"s}) {
    message = good;
    message.tags[0].first = bad;
    CHECK_FALSE(format_irc_line(message));
  }
  message = good;
  message.tags[0].second = "a\0b"s;
  CHECK_FALSE(format_irc_line(message));
  message.tags[0].second = "; \\\r\n";
  CHECK(format_irc_line(message) == R"(@k=\:\s\\\r\n :src PRIVMSG #c x)");
}

TEST_CASE("no line is longer than a server takes") {
  auto text = [](std::size_t size) {
    return irc_message{{}, "", "PRIVMSG", {"#c", std::string(size, 'a')}};
  };
  auto longest = format_irc_line(text(max_irc_line - 2 - 11));
  REQUIRE(longest);
  CHECK(longest->size() == 510);
  CHECK_FALSE(format_irc_line(text(max_irc_line - 2 - 10)));
  // Tags have a limit of their own.
  auto tagged = text(max_irc_line - 2 - 11);
  tagged.tags = {{"k", std::string(max_irc_client_tags - 4, 'v')}};
  REQUIRE(format_irc_line(tagged));
  CHECK(format_irc_line(tagged)->size() == max_irc_client_tags + 510);
  tagged.tags[0].second += 'v';
  CHECK_FALSE(format_irc_line(tagged));
}

TEST_CASE("what was formatted is parsed to the same") {
  const irc_message message{{{"+a", "x;y \\"}, {"b", ""}},
                            "bob!b@h",
                            "PRIVMSG",
                            {"#c", ": odd  text "}};
  auto line = format_irc_line(message);
  REQUIRE(line);
  auto again = parsed(*line);
  CHECK(again.tags == message.tags);
  CHECK(again.source == message.source);
  CHECK(again.command == message.command);
  CHECK(again.params == message.params);
}
