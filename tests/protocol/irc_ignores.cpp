// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_ignores.hpp"

#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;

TEST_CASE("masks are completed") {
  CHECK(complete_mask("bob") == "bob!*@*");
  CHECK(complete_mask("*@*.example") == "*!*@*.example");
  CHECK(complete_mask("bob!bobby") == "bob!bobby@*");
  CHECK(complete_mask("bob!*@h!x") == "bob!*@h!x");
  CHECK(complete_mask("u@h!x") == "*!u@h!x");
  for (auto bad : {"", "a b", "a,b", ":a", "a\tb", "a\x7F"})
    CHECK_FALSE(complete_mask(bad));
  CHECK(complete_mask(std::string(max_mask, 'x')));
  CHECK_FALSE(complete_mask(std::string(max_mask + 1, 'x')));
}

TEST_CASE("masks match by wildcards and the server's idea of letters") {
  const auto matches = [](std::string_view mask, std::string_view text) {
    return matches_mask(mask, text, casemapping::rfc1459);
  };
  CHECK(matches("bob!*@*", "BOB!b@host"));
  CHECK(matches("b?b!*@*.example", "bab!x@a.b.example"));
  CHECK(matches("[x]!*@*", "{X}!u@h"));
  CHECK(matches("*", ""));
  CHECK(matches("*a*b*", "xxaxxaxb"));
  CHECK(matches("", ""));
  CHECK_FALSE(matches("", "a"));
  CHECK_FALSE(matches("?", ""));
  CHECK_FALSE(matches("bob!*@*", "bobby!b@host"));
  CHECK_FALSE(matches("*a*b", "xaxbx"));
  CHECK_FALSE(matches_mask("[x]", "{x}", casemapping::ascii));
}

TEST_CASE("a hostile mask does not take for ever") {
  std::string mask;
  while (mask.size() + 2 <= max_mask)
    mask += "*a";
  CHECK_FALSE(
      matches_mask(mask + "b", std::string(4000, 'a'), casemapping::rfc1459));
}

TEST_CASE("/ignore keeps a list, also without a connection") {
  irc_script it;
  it.send("", "/ignore");
  CHECK(it.answers() == R"(1 ok {"ignores":[]})");
  it.send("", "/ignore bob");
  CHECK(it.answers() == R"(2 ok {"ignores":["bob!*@*"]})");
  CHECK(it.steps.memory == R"({"ignores":["bob!*@*"]})");
  it.forget();
  it.send("", "/ignore BOB!*@*");
  CHECK(it.answers() == R"(3 ok {"ignores":["bob!*@*"]})");
  CHECK_FALSE(it.steps.memory);
  it.send("", "/ignore a b");
  CHECK(it.answers() == "4 error Invalid mask. /message");
  it.send("", "/unignore ann");
  CHECK(it.answers() == "5 error Unknown mask. /message");
  it.send("", "/unignore");
  CHECK(it.answers() == "6 error Invalid mask. /message");
  it.send("", "/unignore Bob");
  CHECK(it.answers() == R"(7 ok {"ignores":[]})");
  CHECK(it.steps.memory == "{}");
}

TEST_CASE("the list has a bound") {
  irc_script it;
  for (std::size_t i = 0; i < max_ignores; ++i)
    it.send("", "/ignore n" + std::to_string(i));
  it.forget();
  it.send("", "/ignore more");
  CHECK(it.answers().ends_with("error Too many ignores."));
}

TEST_CASE("who is ignored is not heard, but still seen") {
  auto settings = irc_script::default_settings();
  settings.memory = R"({"ignores":["bob!*@*"]})";
  irc_script it(settings, {});
  it.welcome();
  it.joined("#a");
  it.server({":bob!b@h PRIVMSG #a :hello", ":bob!b@h NOTICE superman :psst",
             ":bob!b@h PRIVMSG superman :\x01VERSION\x01",
             ":bob!b@h INVITE superman #b", ":bob!b@h TAGMSG #a"});
  CHECK(it.events() == "");
  CHECK(it.lines() == "");
  CHECK(it.conversation_state("bob") == "none");
  it.server({":bob!b@h JOIN #a", ":bob!b@h PART #a :bye",
             ":ann!a@h PRIVMSG #a :hello", ":bob NOTICE superman :a server"});
  CHECK(it.events()
        == "join #a bob\n"
           "part #a bob: bye\n"
           "private #a <ann> hello\n"
           "notice - <irc-libera> a server");
}

TEST_CASE("one does not ignore oneself") {
  irc_script it;
  it.welcome();
  it.joined("#a");
  it.send("", "/ignore *!*@*");
  it.forget();
  it.server(":superman!sm@host.example PRIVMSG #a :from my bouncer");
  CHECK(it.events() == "private #a <superman> from my bouncer");
}
