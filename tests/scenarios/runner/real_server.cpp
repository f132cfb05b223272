// SPDX-License-Identifier: Apache-2.0
#include "real_server.hpp"

#include "certificate.hpp"
#include "failure.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace convoy::scenarios {

namespace {

using tcp = boost::asio::ip::tcp;

void write_file(const std::string& path, const std::string& text) {
  std::ofstream(path) << text;
}

std::string ngircd_configuration(std::uint16_t port) {
  // Started by root it has to become somebody else.
  std::string user =
      ::geteuid() == 0 ? "ServerUID = nobody\nServerGID = nogroup\n" : "";
  return "[Global]\n"
         "Name = ngircd.example\n"
         "Info = Convoy test\n"
         "Listen = 127.0.0.1\n"
         "Ports = "
         + std::to_string(port) + "\n" + user
         + "MotdPhrase = Hello\n"
           "[Limits]\n"
           "MaxConnectionsIP = 0\n"
           "[Options]\n"
           "DNS = no\n"
           "Ident = no\n"
           "PAM = no\n"
           "SyslogFacility = local1\n";
}

std::string inspircd_configuration(const std::string& directory,
                                   std::uint16_t tls, std::uint16_t plain) {
  auto bind = [](std::uint16_t port, const char* more) {
    return "<bind address=\"127.0.0.1\" port=\"" + std::to_string(port)
           + "\" type=\"clients\"" + more + ">\n";
  };
  return "<server name=\"inspircd.example\" description=\"Convoy test\" "
         "network=\"Example\">\n"
         "<admin name=\"a\" nick=\"a\" email=\"a@example.com\">\n"
         "<path datadir=\""
         + directory + "\" logdir=\"" + directory + "\" runtimedir=\""
         + directory
         + "\">\n"
           "<module name=\"ssl_gnutls\">\n"
           "<sslprofile name=\"test\" provider=\"gnutls\" certfile=\""
         + directory + "/ca.pem\" keyfile=\"" + directory + "/key.pem\">\n"
         + bind(tls, " sslprofile=\"test\"") + bind(plain, "")
         + "<connect allow=\"*\" timeout=\"60\" pingfreq=\"120\" "
           "resolvehostnames=\"no\">\n"
           "<class name=\"none\" commands=\"\">\n"
           "<dns server=\"127.0.0.1\" timeout=\"1\">\n"
           "<pid file=\""
         + directory + "/inspircd.pid\">\n";
}

} // namespace

std::uint16_t free_port(world& in) {
  tcp::acceptor probe(
      in.io(), tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0));
  return probe.local_endpoint().port();
}

real_server::real_server(world& in, kind what, const std::string& directory,
                         std::chrono::milliseconds limit)
    : port_(free_port(in)), plain_port_(port_) {
  std::filesystem::create_directories(directory);
  auto file = directory + "/server.conf";
  command start{{}, {{"PATH", "/usr/sbin:/usr/bin:/sbin:/bin"}}, directory, {}};
  std::string ready;
  if (what == kind::ngircd) {
    write_file(file, ngircd_configuration(port_));
    start.arguments = {"ngircd", "--nodaemon", "--config", file};
    ready = "Now listening on";
  } else {
    plain_port_ = free_port(in);
    auto identity = make_certificate("127.0.0.1");
    write_file(directory + "/ca.pem", identity.pem);
    write_file(directory + "/key.pem", identity.key);
    write_file(file, inspircd_configuration(directory, port_, plain_port_));
    start.arguments = {"inspircd", "--nofork", "--config", file};
    if (::geteuid() == 0)
      start.arguments.emplace_back("--runasroot");
    ready = "InspIRCd is now running";
  }
  process_ = std::make_unique<process>(in.io(), start);
  auto said = [&] {
    return process_->output() + process_->errors();
  };
  bool up = false;
  in.wait(limit, [&] {
    up = said().find(ready) != std::string::npos;
    return up || process_->exit_code();
  });
  if (!up || process_->exit_code())
    throw failure(start.arguments[0] + " did not come up:\n" + said());
}

std::uint16_t real_server::port() const noexcept {
  return port_;
}

std::uint16_t real_server::plain_port() const noexcept {
  return plain_port_;
}

} // namespace convoy::scenarios
