// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_sasl.hpp"

#include "protocol/base64.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace convoy::protocol;

namespace {

sasl_identity ann(std::string wish) {
  sasl_identity result;
  result.wish = std::move(wish);
  result.user = "ann";
  result.password = "secret";
  result.nick = "Ann";
  result.nonce = "nonce";
  return result;
}

/// The lines of a step, or `! ` and why it has failed, with ` | ` in between.
std::string text(const sasl_step& step) {
  std::string result;
  for (const auto& each : step.lines)
    result += (result.empty() ? "" : " | ") + each;
  if (!step.failure.empty())
    result += (result.empty() ? "! " : " | ! ") + step.failure;
  return result;
}

/// What comes in as base64 of `message`.
std::string challenge(irc_sasl& it, std::string_view message) {
  return text(it.on_challenge(encode_base64(message)));
}

/// The same for an answer that is `AUTHENTICATE …`.
std::string decoded(const std::string& line) {
  return decode_base64(line.substr(std::string("AUTHENTICATE ").size()))
      .value_or("?");
}

} // namespace

TEST_CASE("what a URL asks for, and what it takes") {
  for (const auto* wish : {"", "none", "0", "scram", "plain2"})
    CHECK_FALSE(irc_sasl(ann(wish)).wanted());
  CHECK_FALSE(irc_sasl().wanted());
  for (const auto* wish :
       {"plain", "PLAIN", "Scram-SHA-256", "scram-sha-512"}) {
    CHECK(irc_sasl(ann(wish)).wanted());
    CHECK(irc_sasl(ann(wish)).has_credentials());
    auto nobody = ann(wish);
    nobody.password = "";
    CHECK_FALSE(irc_sasl(nobody).has_credentials());
    nobody = ann(wish);
    nobody.user = "";
    nobody.certificate = true;
    CHECK_FALSE(irc_sasl(nobody).has_credentials());
  }
  auto by_certificate = ann("external");
  CHECK_FALSE(irc_sasl(by_certificate).has_credentials());
  by_certificate.certificate = true;
  CHECK(irc_sasl(by_certificate).has_credentials());
}

TEST_CASE("the strongest mechanism that both sides have is chosen") {
  const auto chosen = [](const char* wish, const char* offered) {
    irc_sasl it(ann(wish));
    return text(it.begin(offered));
  };
  CHECK(chosen("plain", "PLAIN,EXTERNAL") == "AUTHENTICATE PLAIN");
  CHECK(chosen("plain", "PLAIN,SCRAM-SHA-256") == "AUTHENTICATE SCRAM-SHA-256");
  CHECK(chosen("plain", "PLAIN,scram-sha-256,SCRAM-SHA-512")
        == "AUTHENTICATE SCRAM-SHA-512");
  CHECK(chosen("scram-sha-256", "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512")
        == "AUTHENTICATE SCRAM-SHA-512");
  CHECK(chosen("scram-sha-512", "") == "AUTHENTICATE SCRAM-SHA-512");
  CHECK(chosen("external", "PLAIN,EXTERNAL") == "AUTHENTICATE EXTERNAL");
  CHECK(chosen("scram-sha-256", "PLAIN,EXTERNAL")
        == "! The server has only PLAIN,EXTERNAL, which is not what "
           "sasl=scram-sha-256 asks for.");
  CHECK(chosen("plain", "XPLAIN,PLAINX")
        == "! The server has only XPLAIN,PLAINX, which is not what sasl=plain "
           "asks for.");
}

TEST_CASE("PLAIN shows user and password once (RFC 4616)") {
  irc_sasl it(ann("plain"));
  it.begin("PLAIN");
  CHECK(it.is_open());
  const auto line = text(it.on_challenge("+"));
  CHECK(line == "AUTHENTICATE YW5uAGFubgBzZWNyZXQ=");
  CHECK(decoded(line) == std::string("ann\0ann\0secret", 14));
  CHECK(text(it.on_challenge("+"))
        == "AUTHENTICATE * | ! The server goes on with SASL when all is said.");
  CHECK_FALSE(it.is_open());

  auto identity = ann("plain");
  identity.act_as = "boss";
  irc_sasl other(identity);
  other.begin("PLAIN");
  CHECK(decoded(text(other.on_challenge("+")))
        == std::string("boss\0ann\0secret", 15));
}

TEST_CASE("EXTERNAL says who one is, and nothing else") {
  auto identity = ann("external");
  identity.certificate = true;
  irc_sasl it(identity);
  it.begin("");
  CHECK(decoded(text(it.on_challenge("+"))) == "ann");
  identity.user = "";
  irc_sasl nameless(identity);
  nameless.begin("");
  CHECK(decoded(text(nameless.on_challenge("+"))) == "Ann");
}

TEST_CASE("EXTERNAL is tried without a name where the name is refused") {
  auto identity = ann("external");
  identity.certificate = true;
  irc_sasl it(identity);
  it.begin("EXTERNAL");
  it.on_challenge("+");
  CHECK(text(it.on_refused("Refused")) == "AUTHENTICATE EXTERNAL");
  CHECK(text(it.on_challenge("+")) == "AUTHENTICATE +");
  CHECK(text(it.on_refused("Refused")) == "! Refused");
  // Anew, from the start.
  it.begin("EXTERNAL");
  CHECK(decoded(text(it.on_challenge("+"))) == "ann");
  // The mechanism itself is refused: a name has not been said.
  irc_sasl refused(identity);
  refused.begin("");
  CHECK(text(refused.on_refused("Refused")) == "! Refused");
  // Somebody else was asked for.
  identity.act_as = "boss";
  irc_sasl other(identity);
  other.begin("EXTERNAL");
  CHECK(decoded(text(other.on_challenge("+"))) == "boss");
  CHECK(text(other.on_refused("Refused")) == "! Refused");
}

TEST_CASE("a long message goes in pieces of 400 bytes") {
  const auto pieces = [](std::size_t size) {
    auto identity = ann("plain");
    // With `ann`, `ann` and two NULs in front.
    identity.password = std::string(size - 8, 'x');
    irc_sasl it(identity);
    it.begin("PLAIN");
    return it.on_challenge("+").lines;
  };
  auto lines = pieces(299);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].size() == 13 + 400);
  CHECK(lines[1] == "AUTHENTICATE +");
  lines = pieces(300);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].size() == 13 + 400);
  CHECK(lines[1] == "AUTHENTICATE +");
  lines = pieces(301);
  REQUIRE(lines.size() == 2);
  CHECK(lines[1].size() == 13 + 4);
  lines = pieces(297);
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].size() == 13 + 396);
}

TEST_CASE("SCRAM proves both sides") {
  irc_sasl it(ann("plain"));
  it.begin("SCRAM-SHA-512,PLAIN");
  CHECK(decoded(text(it.on_challenge("+"))) == "n,,n=ann,r=nonce1");
  CHECK(decoded(challenge(it, "r=nonce1server,s=QSXCR+Q6sek8bf92,i=4096"))
        == "c=biws,r=nonce1server,"
           "p=2Ss5gqjBtJ9eZKcAuIX5vArxeGTtVX7T+MUvgg4NnAOGRNdiep5QUGNSmUMTUODc5"
           "puO7j/rJlCaS/qQAmz75Q==");
  SUBCASE("and goes on when the server has") {
    CHECK(challenge(it, "v=0MV/navhHfrOwkU60ex1FyNy2hhOqObkkoTPsj+DWgvy9T2MgZ6X"
                        "l/+mUo8Er4i0yyRDyWYgiBriZxANhRzDlQ==")
          == "AUTHENTICATE +");
    CHECK(text(it.on_success()) == "");
    CHECK_FALSE(it.is_open());
  }
  SUBCASE("once") {
    challenge(it, "v=0MV/navhHfrOwkU60ex1FyNy2hhOqObkkoTPsj+DWgvy9T2MgZ6X"
                  "l/+mUo8Er4i0yyRDyWYgiBriZxANhRzDlQ==");
    CHECK(challenge(it, "v=more")
          == "AUTHENTICATE * | ! The server goes on with SASL when all is "
             "said.");
  }
  SUBCASE("a wrong signature ends it, and PLAIN is not tried") {
    CHECK(challenge(it, "v=AAAA")
          == "AUTHENTICATE * | ! The server does not know the password: it may "
             "be an impostor.");
    CHECK_FALSE(it.is_open());
    CHECK(text(it.on_refused("Aborted")) == "");
  }
  SUBCASE("success without a signature is none") {
    CHECK(text(it.on_success())
          == "AUTHENTICATE * | ! The server has not proven that it knows the "
             "password: it may be an impostor.");
    CHECK_FALSE(it.is_open());
  }
}

TEST_CASE("a message of the server comes in pieces too") {
  irc_sasl it(ann("scram-sha-256"));
  it.begin("SCRAM-SHA-256");
  it.on_challenge("+");
  const auto message = encode_base64("r=nonce1" + std::string(400, 's')
                                     + ",s=QSXCR+Q6sek8bf92,i=4096");
  REQUIRE(message.size() > 400);
  CHECK(text(it.on_challenge(message.substr(0, 400))) == "");
  CHECK(
      text(it.on_challenge(message.substr(400))).starts_with("AUTHENTICATE Y"));
}

TEST_CASE("what is no message ends it") {
  irc_sasl it(ann("scram-sha-256"));
  it.begin("SCRAM-SHA-256");
  it.on_challenge("+");
  SUBCASE("no base64") {
    CHECK(text(it.on_challenge("???"))
          == "AUTHENTICATE * | ! The server's SASL message is not base64.");
  }
  SUBCASE("without end") {
    const std::string piece(400, 'A');
    for (int i = 0; i < 20; ++i)
      CHECK(text(it.on_challenge(piece)) == "");
    CHECK(text(it.on_challenge(piece))
          == "AUTHENTICATE * | ! The server's SASL message is too long.");
  }
  CHECK_FALSE(it.is_open());
  CHECK(text(it.on_challenge("+")) == "");
}

TEST_CASE("what is refused is followed by what is left") {
  SUBCASE("one list, and SCRAM is not tried twice") {
    irc_sasl it(ann("plain"));
    it.begin("PLAIN,SCRAM-SHA-256,SCRAM-SHA-512");
    CHECK(text(it.on_refused("No SCRAM")) == "AUTHENTICATE PLAIN");
    CHECK(text(it.on_refused("Wrong password")) == "! Wrong password");
    CHECK_FALSE(it.is_open());
  }
  SUBCASE("no list: all are tried") {
    irc_sasl it(ann("plain"));
    it.begin("");
    CHECK(text(it.on_refused("x")) == "AUTHENTICATE SCRAM-SHA-256");
    CHECK(decoded(text(it.on_challenge("+"))) == "n,,n=ann,r=nonce2");
    CHECK(text(it.on_refused("x")) == "AUTHENTICATE PLAIN");
    CHECK(text(it.on_refused("x")) == "! x");
  }
  SUBCASE("908 tells the list, and the 904 behind it is old") {
    irc_sasl it(ann("plain"));
    it.begin("");
    CHECK(text(it.on_mechanisms("PLAIN,EXTERNAL")) == "AUTHENTICATE PLAIN");
    CHECK(text(it.on_refused("SASL authentication failed")) == "");
    CHECK(it.is_open());
    CHECK(text(it.on_refused("Wrong password")) == "! Wrong password");
  }
  SUBCASE("a 904 after an answer is not old") {
    irc_sasl it(ann("plain"));
    it.begin("");
    it.on_mechanisms("PLAIN");
    it.on_challenge("+");
    CHECK(text(it.on_refused("Wrong password")) == "! Wrong password");
  }
  SUBCASE("908 with nothing of use") {
    irc_sasl it(ann("scram-sha-256"));
    it.begin("");
    CHECK(text(it.on_mechanisms("PLAIN"))
          == "! The server has only PLAIN, which is not what "
             "sasl=scram-sha-256 asks for.");
    CHECK_FALSE(it.is_open());
  }
}
