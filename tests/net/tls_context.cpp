// SPDX-License-Identifier: Apache-2.0
#include "net/tls_context.hpp"

#include "tests/net/temporary_folder.hpp"
#include "tests/net/tls_fixture.hpp"

#include <doctest/doctest.h>
#include <openssl/ssl.h>

using namespace convoy::net;

TEST_CASE("a session asks for the name and TLS 1.2 or newer") {
  tls_context context;
  peer_check strict;
  auto session = context.make_session(0, "irc.example.org", strict);
  REQUIRE(session);
  CHECK(
      std::string(SSL_get_servername(session.get(), TLSEXT_NAMETYPE_host_name))
      == "irc.example.org");
  CHECK(SSL_get_verify_mode(session.get()) == SSL_VERIFY_PEER);
  CHECK(SSL_get_min_proto_version(session.get()) == TLS1_2_VERSION);
  peer_check anybody{false, "", ""};
  auto lax = context.make_session(0, "192.0.2.1", anybody);
  REQUIRE(lax);
  CHECK(SSL_get_servername(lax.get(), TLSEXT_NAMETYPE_host_name) == nullptr);
  CHECK(SSL_get_verify_mode(lax.get()) == SSL_VERIFY_NONE);
  peer_check pinned{false, "abc", ""};
  auto one = context.make_session(0, "192.0.2.1", pinned);
  REQUIRE(one);
  CHECK(SSL_get_verify_mode(one.get()) == SSL_VERIFY_PEER);
}

TEST_CASE("authorities come from a file") {
  temporary_folder folder;
  folder.write("good.pem", self_signed{"a"}.certificate());
  folder.write("bad.pem", "nothing");
  tls_context context;
  CHECK(context.load("").empty());
  CHECK(context.load((folder.path() / "good.pem").string()).empty());
  auto bad = (folder.path() / "bad.pem").string();
  CHECK(context.load(bad).starts_with(
      "Cannot load certificate authorities from " + bad + ": "));
}
