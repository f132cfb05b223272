// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_service_secrets.hpp"

#include "tests/protocol/irc_script.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace convoy::protocol {

namespace {

using words_of = std::vector<std::string_view>;

constexpr const char* service =
    ":NickServ!s@services.example NOTICE superman :";

instant at(std::chrono::seconds time) {
  return instant{} + time;
}

} // namespace

TEST_CASE("services are known by their name or by where they are") {
  for (const auto* name : {"NickServ", "chanserv", "Q", "X", "AuthServ",
                           "X@channels.example", "bob@services.example"}) {
    CAPTURE(name);
    CHECK(is_known_service(name));
  }
  for (const auto* name : {"bob", "", "nick", "#nickserv", "nickserv_"}) {
    CAPTURE(name);
    CHECK_FALSE(is_known_service(name));
  }
}

TEST_CASE("what is behind the command is not shown") {
  struct {
    const char* line;
    const char* shown;
    words_of secrets;
  } const rows[]{
      {"IDENTIFY pw", "IDENTIFY ***", {"pw"}},
      {"identify ann  pw ", "identify ***", {"ann", "pw"}},
      {"id pw", "id ***", {"pw"}},
      {"REGISTER pw ann@example.com",
       "REGISTER ***",
       {"pw", "ann@example.com"}},
      {"REGISTER #convoy", "REGISTER #convoy", {}},
      {"REGISTER #convoy pw Our place",
       "REGISTER #convoy ***",
       {"pw", "Our", "place"}},
      {"GHOST ann_", "GHOST ann_", {}},
      {"GHOST ann_ pw", "GHOST ann_ ***", {"pw"}},
      {"recover ann_ pw", "recover ann_ ***", {"pw"}},
      {"RELEASE ann pw", "RELEASE ann ***", {"pw"}},
      {"REGAIN ann pw", "REGAIN ann ***", {"pw"}},
      {"LOGIN ann pw", "LOGIN ***", {"ann", "pw"}},
      {"AUTH ann pw", "AUTH ***", {"ann", "pw"}},
      {"SET PASSWORD pw", "SET PASSWORD ***", {"pw"}},
      {"set passwd pw", "set passwd ***", {"pw"}},
      {"SET EMAIL ann@example.com", "SET EMAIL ann@example.com", {}},
      {"SASET bob PASSWORD pw", "SASET bob PASSWORD ***", {"pw"}},
      {"SASET bob HIDE ON", "SASET bob HIDE ON", {}},
      {"SETPASS ann key pw", "SETPASS ann ***", {"key", "pw"}},
      {"PASSWD pw", "PASSWD ***", {"pw"}},
      {"NEWPASS old new new", "NEWPASS ***", {"old", "new", "new"}},
      {"RESETPASS ann", "RESETPASS ***", {"ann"}},
      {"CONFIRM code", "CONFIRM ***", {"code"}},
      {"VERIFY REGISTER ann key", "VERIFY ***", {"REGISTER", "ann", "key"}},
      {"DROP ann pw", "DROP ann ***", {"pw"}},
      {"GROUP ann pw", "GROUP ann ***", {"pw"}},
      {"CHALLENGEAUTH ann digest", "CHALLENGEAUTH ***", {"ann", "digest"}},
      {"CERT ADD 5a6b", "CERT ADD 5a6b", {}},
      {"HELP IDENTIFY", "HELP IDENTIFY", {}},
      {"IDENTIFY", "IDENTIFY", {}},
      {"", "", {}},
      {"  ", "  ", {}},
      // A slip of the hand, or the password alone.
      {"IDENTFY pw", "***", {"IDENTFY", "pw"}},
      {"hunter2", "***", {"hunter2"}},
  };
  for (const auto& row : rows) {
    CAPTURE(row.line);
    for (const auto* name : {"NickServ", "nickserv@services.example"}) {
      const auto shown = show_to_service(name, row.line);
      CHECK(shown.text == row.shown);
      CHECK(shown.secrets == row.secrets);
    }
  }
}

TEST_CASE("other services are for talk, too") {
  CHECK(show_to_service("MemoServ", "SEND bob hello").text == "SEND bob hello");
  CHECK(show_to_service("Q", "CHANLEV #convoy").text == "CHANLEV #convoy");
  CHECK(show_to_service("X@channels.example", "LOGIN ann pw").text
        == "LOGIN ***");
  CHECK(show_to_service("AuthServ@services.example", "AUTHS ann pw").text
        == "***");
}

TEST_CASE("a secret may be on the line behind its command") {
  irc_service_secrets secrets;
  CHECK(secrets.tell("Q", "AUTH\nann pw\n\nmore", {}, at({}))
        == "AUTH\n***\n\n***");
  // As it comes back line by line.
  CHECK(secrets.tell("Q", "AUTH", {}, at({})) == "AUTH");
  CHECK(secrets.tell("Q", "ann pw", {}, at({})) == "*** ***");
  CHECK(secrets.tell("Q", "", {}, at({})) == "");
}

TEST_CASE("what a service was told is not shown when it repeats it") {
  irc_service_secrets secrets;
  CHECK(secrets.hide("hunter2", at({})) == "hunter2");
  secrets.tell("NickServ", "IDENTIFY Ann hunter2", {"ann"}, at({}));
  CHECK(secrets.hide("Ann: \x02hunter2\x02, \x03"
                     "04hunter2; hunter2",
                     at({}))
        == "Ann: \x02***\x02, \x03"
           "04***; ***");
  CHECK(secrets.hide("HUNTER2 hunter", at({})) == "HUNTER2 hunter");
  secrets.tell("NickServ", "IDENTIFY in", {}, at({}));
  CHECK(secrets.hide("Login in, or (in)", at({})) == "Login ***, or (***)");
  secrets.clear();
  CHECK(secrets.hide("hunter2", at({})) == "hunter2");
}

TEST_CASE("secrets are remembered for a while only, and not all of them") {
  irc_service_secrets secrets;
  const auto end = at(irc_service_secrets::lifetime);
  secrets.tell("NickServ", "IDENTIFY hunter2", {}, at({}));
  CHECK(secrets.hide("hunter2", end - std::chrono::seconds{1}) == "***");
  CHECK(secrets.hide("hunter2", end) == "hunter2");
  secrets.tell("NickServ", "IDENTIFY hunter2", {}, end);
  for (std::size_t i = 1; i < irc_service_secrets::limit; ++i)
    secrets.tell("NickServ", "IDENTIFY word-" + std::to_string(i) + ".", {},
                 end);
  CHECK(secrets.hide("hunter2", end) == "***");
  secrets.tell("NickServ", "IDENTIFY another", {}, end);
  CHECK(secrets.hide("hunter2 another", end) == "hunter2 ***");
}

TEST_CASE("a session shows nothing that a service was told") {
  irc_script it;
  it.welcome();
  it.send("", "/msg NickServ identify\nhunter2");
  CHECK(it.lines() == "PRIVMSG NickServ :identify\nPRIVMSG NickServ :hunter2");
  CHECK(it.events()
        == "~ private - <superman> identify\n~ private - <superman> ***");
  it.server(std::string(service) + "Password hunter2 is wrong, superman.");
  CHECK(it.events() == "notice - <NickServ> Password *** is wrong, superman.");
  it.server(":irc.example NOTICE superman :hunter2 was refused");
  CHECK(it.events() == "notice - <irc-libera> *** was refused");
  // Who says so by chance is not changed.
  it.server(":bob!b@host.example PRIVMSG superman :hunter2");
  CHECK(it.events() == "private bob <bob> hunter2");
  it.pass(irc_service_secrets::lifetime);
  it.server(std::string(service) + "hunter2");
  CHECK(it.events() == "notice - <NickServ> hunter2");
}

TEST_CASE("lines that are written as they are keep secrets, too") {
  const char* const lines[]{
      "/quote PRIVMSG NickServ :IDENTIFY hunter2",
      "/raw @label=1 privmsg bob,nickserv :IDENTIFY hunter2",
      "/quote NS IDENTIFY hunter2",
      "/raw NICKSERV :IDENTIFY hunter2",
      "/quote AUTHSERV AUTH superman hunter2",
      "/quote IDENTIFY hunter2",
  };
  for (const auto* each : lines) {
    CAPTURE(each);
    irc_script it;
    it.welcome();
    it.send("", each);
    CHECK(it.lines().find("hunter2") != std::string::npos);
    CHECK(it.events() == "");
    it.server(std::string(service) + "hunter2?");
    CHECK(it.events() == "notice - <NickServ> ***?");
  }
}

TEST_CASE("our own words come back without their secrets") {
  irc_script it;
  it.welcome_with("echo-message batch draft/chathistory server-time");
  const std::string me = "superman!sm@host.example PRIVMSG NickServ :";
  it.server({":" + me + "identify hunter2", "BATCH +1 chathistory NickServ",
             "@batch=1;time=2026-11-22T06:00:00.000Z :" + me + "ghost bob pw",
             // Under another nick then.
             "@batch=1;time=2026-11-22T06:00:01.000Z :sm!sm@host.example "
             "PRIVMSG NickServ :identify other",
             "BATCH -1"});
  CHECK(it.events()
        == "private - <superman> identify ***\n"
           "private - <superman> ghost bob *** {\"late\":true}\n"
           "private - <sm> identify *** {\"late\":true}");
}

TEST_CASE("a person whose nick is that of a service elsewhere is heard") {
  auto settings = irc_script::default_settings();
  settings.nick = "X";
  irc_script it(settings);
  it.connect();
  it.server(":irc.example 001 X :Welcome");
  it.forget();
  it.server(":bob!b@host.example PRIVMSG X :login hunter2");
  CHECK(it.events() == "private bob <bob> login hunter2");
}

} // namespace convoy::protocol
