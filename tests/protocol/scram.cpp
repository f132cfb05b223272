// SPDX-License-Identifier: Apache-2.0
#include "protocol/scram.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace convoy::protocol;

namespace {

constexpr const char* nonce = "rOprNGfwEbeRWgbNEkqO";
constexpr const char* challenge =
    "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
    "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";

scram_client client(scram_hash hash = scram_hash::sha256) {
  return {hash, {"user", "pencil", ""}, nonce};
}

std::string problem_with(const std::string& server_first) {
  auto it = client();
  it.first();
  const auto step = it.prove(server_first);
  CHECK(step.message.empty());
  return step.problem;
}

} // namespace

TEST_CASE("SCRAM-SHA-256 as in RFC 7677 §3") {
  auto it = client();
  auto step = it.first();
  CHECK(step.message == "n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
  step = it.prove(challenge);
  CHECK(step.problem == "");
  CHECK(step.message
        == "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
           "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
  CHECK(it.verify("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=") == "");
}

// Reckoned with another implementation of RFC 5802.
TEST_CASE("SCRAM-SHA-512") {
  auto it = client(scram_hash::sha512);
  it.first();
  const auto step =
      it.prove("r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
               "s=Yin2FuHTt/M0kJWb0t9OI32n2VmOGi3m+JfjOvuDF88=,i=4096");
  CHECK(step.message
        == "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
           "p=/3obeUE1tHCJjbQttd+ChF5ox2IU1rNjj2wVDnbQ5LdNT126oy4QgLz2tHw/"
           "Uj7Gwb6PRuHOS3HC+45exxT58A==");
  CHECK(it.verify("v=5AwW78p+EVPirB3A5lrHcvrN8pVKRlR3opLuRoxXrN9ubKokkPzVPzWNNN"
                  "uBbrtZrv5mpfKZ7+QCDSZWeZQEqw==")
        == "");
}

TEST_CASE("names are escaped, passwords prepared, and one may act as another") {
  scram_client it(scram_hash::sha256,
                  {"an=n,", "\xC2\xADIX\xC2\xA0pass", "boss"}, "abc");
  CHECK(it.first().message == "n,a=boss,n=an=3Dn=2C,r=abc");
  CHECK(it.prove("r=abcdef,s=QSXCR+Q6sek8bf92,i=4096").message
        == "c=bixhPWJvc3Ms,r=abcdef,"
           "p=pFull4Av6d2IFOu2vvtEJVUJ3QE1LsDPcZStsOYELes=");
  CHECK(it.verify("v=VFtqYiN0jCT9r9xtsbC1dz2OTBr++U79cjb1GfzueZo=,ext=1")
        == "");
}

TEST_CASE("an identity that has no form is told") {
  for (const auto& who :
       {scram_identity{"a\x01", "b", ""}, scram_identity{"a", "b\x01", ""},
        scram_identity{"a", "b", "c\x01"}}) {
    scram_client it(scram_hash::sha256, who, "abc");
    const auto step = it.first();
    CHECK(step.message == "");
    CHECK(step.problem
          == "The user name or the password has characters that SCRAM does not "
             "allow.");
  }
}

TEST_CASE("a challenge that is none is refused") {
  const std::string malformed = "The server's SCRAM message is malformed.";
  for (const auto* text :
       {"", "r=", "m=ext,r=rOprNGfwEbeRWgbNEkqOx,s=QSXC,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOx,i=4096,s=QSXC",
        "r=rOprNGfwEbeRWgbNEkqOx,s=,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOx,s=Q,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOx,s=QSXC,i=", "r=rOprNGfwEbeRWgbNEkqOx,s=QSXC",
        "r=rOprNGfwEbeRWgbNEkqOx,s=QSXC,i=4096x",
        "r=rOprNGfwEbeRWgbNEkqOx,s=QSXC,i=-1"})
    CHECK_MESSAGE(problem_with(text) == malformed, text);
  CHECK(problem_with(std::string(max_scram_message + 1, 'r'))
        == "The server's SCRAM message is too long.");
}

TEST_CASE("a nonce that does not go on from ours is refused") {
  for (const auto* text :
       {"r=rOprNGfwEbeRWgbNEkqO,s=QSXC,i=4096", "r=x,s=QSXC,i=4096",
        "r=ROprNGfwEbeRWgbNEkqOx,s=QSXC,i=4096"})
    CHECK(problem_with(text) == "The server's SCRAM nonce is not ours.");
}

TEST_CASE("rounds that protect nothing or would hold us up are refused") {
  const auto with = [](const std::string& rounds) {
    return problem_with("r=rOprNGfwEbeRWgbNEkqOx,s=QSXC,i=" + rounds);
  };
  const std::string few = "The server wants too few rounds of SCRAM: not "
                          "between 4096 and "
                          + std::to_string(max_scram_rounds) + ".";
  const std::string many = "The server wants too many rounds of SCRAM: not "
                           "between 4096 and "
                           + std::to_string(max_scram_rounds) + ".";
  CHECK(with("0") == few);
  CHECK(with("4095") == few);
  CHECK(with(std::to_string(max_scram_rounds + 1)) == many);
  CHECK(with("4294967296") == many);
  CHECK(with("99999999999999999999999") == many);
}

TEST_CASE("a server that does not know the password is found out") {
  auto it = client();
  it.first();
  const std::string good = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";
  const std::string impostor =
      "The server does not know the password: it may be an impostor.";
  CHECK(it.verify(good) == impostor);
  it.prove(challenge);
  CHECK(it.verify("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G8=")
        == impostor);
  CHECK(it.verify("v=6rri") == impostor);
  CHECK(it.verify("v=") == impostor);
  CHECK(it.verify("e=invalid-proof")
        == "The server refuses the SCRAM exchange.");
  CHECK(it.verify("") == "The server's SCRAM message is malformed.");
  CHECK(it.verify("x=1") == "The server's SCRAM message is malformed.");
  CHECK(it.verify("v=#") == "The server's SCRAM message is malformed.");
  CHECK(it.verify(good) == "");
}
