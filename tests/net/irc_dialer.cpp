// SPDX-License-Identifier: Apache-2.0
#include "net/irc_dialer.hpp"

#include "net/client_certificate.hpp"
#include "tests/net/fake_irc.hpp"
#include "tests/net/temporary_folder.hpp"

#include <doctest/doctest.h>

using namespace convoy::net;
using namespace std::chrono_literals;
using end = convoy::protocol::irc_end;

namespace {

/// By TLS.
irc_endpoint localhost(std::uint16_t port) {
  irc_endpoint result;
  result.host = "localhost";
  result.port = port;
  return result;
}

} // namespace

TEST_CASE("a plain connect tells where it went") {
  dialer_fixture f;
  irc_peer peer;
  f.connect(peer.port());
  peer.accept();
  auto info = f.user->connected.take();
  CHECK(info.address == "127.0.0.1");
  CHECK(info.port == peer.port());
  CHECK(info.local_address == "127.0.0.1");
  CHECK_FALSE(info.tls);
}

TEST_CASE("a name is looked up, and its addresses tried in turn") {
  dialer_fixture f;
  irc_peer peer;
  f.connect(peer.port(), false, true, "localhost");
  peer.accept();
  CHECK(f.user->connected.take().address == "127.0.0.1");
}

TEST_CASE("a name that is none, and a port where nobody listens, are said so") {
  dialer_fixture f;
  f.connect(6667, false, true, "no-such-host.invalid");
  CHECK(f.user->closed.take()
        == "Could not resolve host no-such-host.invalid.");
  CHECK(f.user->end == end::dns);
  f.connect(6667, false, true, "");
  CHECK(f.user->closed.take() == "Could not resolve host .");
  std::uint16_t port = 0;
  {
    irc_peer gone;
    port = gone.port();
  }
  f.connect(port);
  CHECK(f.user->closed.take() == "Connection refused.");
  CHECK(f.user->end == end::lost);
  CHECK(f.user->connected.empty());
}

TEST_CASE(
    "a private address is refused after the look-up, when it is dialled") {
  dialer_fixture f{{}};
  irc_peer peer;
  f.connect(peer.port());
  CHECK(f.user->closed.take() == "Private address refused: 127.0.0.1.");
  f.connect(peer.port(), false, true, "localhost");
  CHECK(f.user->closed.take().starts_with("Private address refused: "));
  f.connect(80, false, true, "169.254.169.254");
  CHECK(f.user->closed.take() == "Private address refused: 169.254.169.254.");
}

TEST_CASE("too many look-ups are refused") {
  auto settings = dialer_fixture::make_settings();
  settings.max_lookups = 0;
  dialer_fixture f{settings};
  f.connect(6667, false, true, "localhost");
  CHECK(f.user->closed.take() == "Too many names are being looked up.");
  CHECK(f.user->end == end::lost);
}

TEST_CASE("TLS is verified against the trusted authorities and the name") {
  self_signed identity{"localhost"};
  temporary_folder folder;
  folder.write("ca.pem", identity.certificate());
  auto settings = dialer_fixture::make_settings();
  settings.ca_file = (folder.path() / "ca.pem").string();
  dialer_fixture f{settings};
  tls_peer peer{identity};
  f.connect(peer.port(), true, true, "localhost");
  CHECK_FALSE(peer.shake_hands());
  CHECK(f.user->connected.take().tls);
  f.link->write({"NICK a"}, 1);
  CHECK(peer.receive_tls(8) == "NICK a\r\n");
  CHECK(f.user->written.take() == 1);
  peer.send_tls("PING :x\r\nPING :y\r\n");
  auto lines = f.user->lines.take();
  REQUIRE(lines.size() == 2);
  CHECK(lines[1].param(0) == "y");
  f.link->resume();
  peer.send_tls("PING :z\r\n");
  CHECK(f.user->lines.take().at(0).param(0) == "z");

  // The same certificate for another name.
  tls_peer second{identity};
  f.connect(second.port(), true, true, "127.0.0.1");
  second.shake_hands();
  CHECK(f.user->closed.take().starts_with("Certificate verify failed: "));
}

TEST_CASE("a certificate that nobody vouches for is refused") {
  dialer_fixture f;
  self_signed identity{"localhost"};
  tls_peer peer{identity};
  f.connect(peer.port(), true, true, "localhost");
  CHECK(peer.shake_hands());
  CHECK(f.user->closed.take()
        == "Certificate verify failed: self-signed certificate. Its SHA-256 is "
               + identity.sha256() + ".");
  CHECK(f.user->end == end::tls);
  CHECK(f.user->connected.empty());
}

TEST_CASE("a pinned certificate is accepted, whoever signed it for whom") {
  dialer_fixture f;
  self_signed identity{"other.example.org"};
  for (const auto verify : {true, false}) {
    tls_peer peer{identity};
    auto where = localhost(peer.port());
    where.tls_verify = verify;
    where.pinned = identity.sha256();
    f.connect(where);
    CHECK_FALSE(peer.shake_hands());
    CHECK(f.user->connected.take().tls);
  }
}

TEST_CASE("with a pin no other certificate is accepted, and both are told") {
  self_signed identity{"localhost"};
  temporary_folder folder;
  folder.write("ca.pem", identity.certificate());
  auto settings = dialer_fixture::make_settings();
  settings.ca_file = (folder.path() / "ca.pem").string();
  dialer_fixture f{settings};
  for (const auto verify : {true, false}) {
    // It would pass without the pin.
    tls_peer peer{identity};
    auto where = localhost(peer.port());
    where.tls_verify = verify;
    where.pinned = std::string(64, 'a');
    f.connect(where);
    CHECK(peer.shake_hands());
    CHECK(f.user->closed.take()
          == "The server's certificate is not the pinned one: expected SHA-256 "
                 + std::string(64, 'a') + ", seen " + identity.sha256() + ".");
    CHECK(f.user->end == end::tls);
  }
  CHECK(f.user->connected.empty());
}

TEST_CASE("a server that asks is shown our certificate") {
  dialer_fixture f;
  self_signed identity{"localhost"};
  tls_peer peer{identity};
  std::string seen;
  peer.context.set_verify_mode(boost::asio::ssl::verify_peer);
  peer.context.set_verify_callback(
      [&seen](bool, boost::asio::ssl::verify_context& context) {
        seen = sha256_of(
            *X509_STORE_CTX_get_current_cert(context.native_handle()));
        return true;
      });
  const auto mine = f.dialer.make_certificate("ann");
  auto where = localhost(peer.port());
  where.tls_verify = false;
  where.certificate = mine.pem;
  f.connect(where);
  CHECK_FALSE(peer.shake_hands());
  CHECK(f.user->connected.take().tls);
  CHECK(seen == mine.sha256);
}

TEST_CASE("a certificate that is none does not keep anybody from connecting") {
  dialer_fixture f;
  tls_peer peer{self_signed{"localhost"}};
  auto where = localhost(peer.port());
  where.tls_verify = false;
  where.certificate = "nothing";
  f.connect(where);
  CHECK_FALSE(peer.shake_hands());
  CHECK(f.user->connected.take().tls);
}

TEST_CASE("verification can be switched off for an endpoint") {
  dialer_fixture f;
  tls_peer peer{self_signed{"other.example.org"}};
  f.connect(peer.port(), true, false, "localhost");
  CHECK_FALSE(peer.shake_hands());
  CHECK(f.user->connected.take().tls);
}

TEST_CASE("a server that speaks no TLS is said so") {
  dialer_fixture f;
  irc_peer peer;
  f.connect(peer.port(), true);
  peer.accept();
  peer.send(":server NOTICE * :hello and welcome\r\n");
  CHECK(f.user->closed.take().starts_with("TLS failed: "));
  CHECK(f.user->end == end::tls);
}

TEST_CASE("a server that closes during the handshake is said so") {
  dialer_fixture f;
  irc_peer peer;
  f.connect(peer.port(), true);
  peer.accept();
  peer.receive(10);
  peer.socket.shutdown(boost::asio::ip::tcp::socket::shutdown_send);
  CHECK(f.user->closed.take() == "Connection closed during the TLS handshake.");
  CHECK(f.user->end == end::tls);
}

TEST_CASE("a handshake that does not end has a deadline") {
  auto settings = dialer_fixture::make_settings();
  settings.connect_timeout = 50ms;
  dialer_fixture f{settings};
  irc_peer peer;
  f.connect(peer.port(), true);
  CHECK(f.user->closed.take() == "Connect timed out.");
}

TEST_CASE("close ends a connect that is under way, once") {
  dialer_fixture f;
  irc_peer peer;
  f.connect(peer.port(), true);
  peer.accept();
  f.link->close();
  f.link->close();
  CHECK(f.user->closed.take().empty());
  f.link->write({"late"}, 1);
  f.link->resume();
  // The peer sees the end, so all that was posted before has run.
  peer.receive(1 << 20);
  CHECK(f.user->connected.empty());
  CHECK(f.user->closed.empty());
}

TEST_CASE("authorities that cannot be read are said so") {
  runtime loop{1};
  irc_dialer_settings settings;
  settings.ca_file = "no/such/file.pem";
  irc_dialer dialer{loop, settings};
  CHECK(dialer.start().starts_with(
      "Cannot load certificate authorities from no/such/file.pem: "));
}

TEST_CASE("authorities are read again for the connections from then on") {
  self_signed identity{"localhost"};
  temporary_folder folder;
  dialer_fixture f;
  {
    tls_peer peer{identity};
    f.connect(peer.port(), true, true, "localhost");
    CHECK(peer.shake_hands());
    CHECK(f.user->closed.take() != "");
  }
  folder.write("ca.pem", identity.certificate());
  const auto file = (folder.path() / "ca.pem").string();
  CHECK(f.dialer.trust(file) == "");
  CHECK(f.dialer.trust("no/such/file.pem") != "");
  tls_peer peer{identity};
  f.connect(peer.port(), true, true, "localhost");
  CHECK_FALSE(peer.shake_hands());
  CHECK(f.user->connected.take().tls);
}
