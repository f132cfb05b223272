// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_waiters.hpp"
#include "tests/protocol/irc_script.hpp"

#include <doctest/doctest.h>

using namespace convoy::protocol;
using namespace std::chrono_literals;

TEST_CASE("an answer settles only the oldest command that awaits it") {
  irc_script it;
  it.welcome();
  it.send("#a", "/names");
  it.send("#b", "/names");
  it.send("#a", "/names");
  it.server({":srv 353 superman = #b :bob", ":srv 366 superman #b :End"});
  CHECK(
      it.answers()
      == R"(2 ok {"conversation_id":"#b","participants":[{"nick":"bob","mode":""}]})");
  it.server({":srv 353 superman = #a :ann", ":srv 366 superman #a :End"});
  CHECK(
      it.answers()
      == R"(1 ok {"conversation_id":"#a","participants":[{"nick":"ann","mode":""}]})");
  it.server(":srv 366 superman #a :End");
  CHECK(it.answers() == R"(3 ok {"conversation_id":"#a"})");
  it.server(":srv 366 superman #a :End");
  CHECK(it.answers() == "");
  CHECK(it.events() == "notice - <irc-libera> #a End");
}

TEST_CASE("commands of several kinds do not take each other's answers") {
  irc_script it;
  it.welcome();
  it.send("", "/join #a");
  it.send("#a", "/names");
  it.forget();
  it.server({":superman!sm@host JOIN #a", ":srv 353 superman = #a :superman",
             ":srv 366 superman #a :End"});
  CHECK(it.answers().starts_with("1 ok"));
  it.server({":srv 353 superman = #a :superman", ":srv 366 superman #a :End"});
  CHECK(it.answers().starts_with("2 ok"));
}

TEST_CASE("an answer that never comes") {
  irc_script it;
  it.welcome();
  it.send("#a", "/topic");
  it.pass(1s);
  it.send("#a", "/whois x");
  it.forget();
  CHECK(it.session.deadline() == it.now.steady + 59s);
  it.pass(59s);
  CHECK(it.answers() == "1 unknown Promise timeout");
  it.pass(1s);
  CHECK(it.answers() == "2 unknown Promise timeout");
  CHECK(it.events() == "");
}

TEST_CASE("refusals that name the command or nothing") {
  irc_script it;
  it.welcome();
  it.send("", "/away");
  it.send("", "/nick clark");
  it.send("#a", "/names");
  it.forget();
  it.server(":srv 421 superman NICK :Unknown command");
  CHECK(it.answers() == "2 error Unknown command");
  it.server(":srv 461 superman NAMES :Not enough parameters");
  CHECK(it.answers() == "3 error Not enough parameters");
  it.server(":srv 451 * :You have not registered");
  CHECK(it.answers() == "1 error You have not registered");
  CHECK(it.events() == "");
  it.server(":srv 421 superman NICK :Unknown command");
  CHECK(it.events() == "error - <irc.example> Unknown command: NICK");
}

TEST_CASE("open commands are bounded") {
  irc_script it;
  it.welcome();
  for (std::size_t i = 0; i < irc_waiters::limit; ++i)
    it.send("#a", "/names");
  CHECK(it.answers() == "");
  it.forget();
  it.send("#a", "/names");
  CHECK(it.answers()
        == std::to_string(irc_waiters::limit + 1)
               + " error Too many open commands.");
  CHECK(it.lines() == "");
  it.server(":srv 366 superman #a :End");
  it.forget();
  it.send("#a", "/names");
  CHECK(it.lines() == "NAMES #a");
}

// -- labeled-response ---------------------------------------------------------

namespace {

irc_script labelled() {
  irc_script it;
  it.welcome_with("batch labeled-response");
  it.joined("#a");
  return it;
}

} // namespace

TEST_CASE("an answer goes to the command that it is labelled for") {
  auto it = labelled();
  it.send("#a", "/topic");
  it.send("#a", "/topic");
  CHECK(it.lines() == "@label=1 TOPIC #a\n@label=2 TOPIC #a");
  it.server("@label=2 :irc.example 332 superman #a :two");
  CHECK(it.answers() == "2 ok {\"conversation_id\":\"#a\",\"topic\":\"two\"}");
  it.server("@label=2 :irc.example 332 superman #a :again");
  it.server("@label=9 :irc.example 332 superman #a :nobody's");
  it.server(":irc.example 332 superman #a :not asked for");
  CHECK(it.answers() == "");
  it.server("@label=1 :irc.example 331 superman #a :No topic");
  CHECK(it.answers() == "1 ok {\"conversation_id\":\"#a\",\"topic\":\"\"}");
}

TEST_CASE("an answer in a batch goes by the label of the batch") {
  auto it = labelled();
  it.send("", "/whois bob");
  it.send("", "/whois bob");
  it.server({"@label=2 :irc.example BATCH +x labeled-response",
             "@batch=x :irc.example 311 superman bob b host * :Bob",
             ":irc.example 311 superman bob other host * :Nobody's",
             "@batch=x :irc.example 318 superman bob :End",
             ":irc.example BATCH -x"});
  CHECK(it.answers().starts_with(
      "2 ok {\"nick\":\"bob\",\"user\":\"b\",\"host\":\"host\""));
  CHECK(it.answers() == "");
}

TEST_CASE("an error that is labelled rejects whatever it is labelled for") {
  auto it = labelled();
  it.send("#a", "/names");
  it.server("@label=1 :irc.example 599 superman #b :Strange");
  CHECK(it.answers() == "1 error Strange");
}

TEST_CASE("an answer that ends without its last line") {
  struct {
    const char* command;
    std::vector<const char*> lines;
    const char* answer;
  } const rows[]{
      {"/topic x",
       {"@label=1 ACK"},
       "1 ok {\"conversation_id\":\"#a\",\"topic\":\"\"}"},
      {"/topic",
       {"@label=1 ACK"},
       "1 ok {\"conversation_id\":\"#a\",\"topic\":\"\"}"},
      {"/names",
       {"@label=1 BATCH +x labeled-response",
        "@batch=x 353 superman = #a :@bob", "BATCH -x"},
       "1 ok {\"conversation_id\":\"#a\",\"participants\":[{\"nick\":\"bob\","
       "\"mode\":\"o\"}]}"},
      {"/part #a", {"@label=1 ACK"}, "1 ok"},
      {"/away", {"@label=1 ACK"}, "1 ok"},
      {"/join #b",
       {"@label=1 :superman!sm@host.example JOIN #b"},
       "1 ok {\"conversation_id\":\"#b\",\"topic\":\"\",\"topic_by\":\"\","
       "\"users\":{},\"participants\":[]}"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.command);
    auto it = labelled();
    it.send("#a", row.command);
    CHECK(it.answers() == "");
    for (const auto* line : row.lines)
      it.server(line);
    CHECK(it.answers() == row.answer);
  }
}

TEST_CASE("a server further away answers a /whois without its label") {
  auto it = labelled();
  it.send("", "/whois bob");
  it.server("@label=1 ACK");
  CHECK(it.answers() == "");
  it.server({":far.example 311 superman bob b host * :Bob",
             ":far.example 318 superman bob :End"});
  CHECK(it.answers().starts_with("1 ok {\"nick\":\"bob\""));
}

TEST_CASE("a person answers a /ctcp without its label") {
  auto it = labelled();
  it.send("", "/ctcp bob VERSION");
  it.server("@label=1 ACK");
  CHECK(it.answers() == "");
  it.server(":bob!b@h NOTICE superman :\x01VERSION mirc\x01");
  CHECK(
      it.answers()
      == "1 ok {\"nick\":\"bob\",\"command\":\"VERSION\",\"reply\":\"mirc\"}");
}

TEST_CASE("history answers no command") {
  irc_script it;
  it.welcome();
  it.joined("#a");
  it.send("#b", "/join #b");
  it.forget();
  it.server({"BATCH +x chathistory #b",
             "@batch=x :superman!sm@host.example JOIN #b",
             "@batch=x :irc.example 366 superman #b :End", "BATCH -x"});
  CHECK(it.answers() == "");
}
