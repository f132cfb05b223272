// SPDX-License-Identifier: Apache-2.0
#include "real_server.hpp"

#include "certificate.hpp"
#include "failure.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <filesystem>
#include <fstream>
#include <unistd.h>
#include <utility>

namespace convoy::scenarios {

namespace {

using tcp = boost::asio::ip::tcp;

/// The user and group that programs run as which refuse to be root.
constexpr uid_t nobody = 65534;

void write_file(const std::string& path, const std::string& text) {
  std::ofstream(path) << text;
}

bool is_root() {
  return ::geteuid() == 0;
}

/// Lets `nobody` read and write in `directory`, which is in one of ours.
void give_away(const std::string& directory) {
  namespace fs = std::filesystem;
  fs::permissions(fs::path(directory).parent_path(),
                  fs::perms::group_exec | fs::perms::others_exec,
                  fs::perm_options::add);
  for (const auto& each : fs::directory_iterator(directory))
    if (::chown(each.path().c_str(), nobody, nobody) != 0)
      throw failure("cannot give away " + each.path().string());
  if (::chown(directory.c_str(), nobody, nobody) != 0)
    throw failure("cannot give away " + directory);
}

} // namespace

std::uint16_t free_port(world& in) {
  tcp::acceptor probe(
      in.io(), tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0));
  return probe.local_endpoint().port();
}

real_server::real_server(world& in, kind what, const std::string& directory,
                         std::chrono::milliseconds limit)
    : world_(in),
      place_{directory, free_port(in), free_port(in), free_port(in)} {
  std::filesystem::create_directories(directory);
  const auto file = directory + "/server.conf";
  const auto identity = make_certificate("127.0.0.1");
  write_file(directory + "/ca.pem", identity.pem);
  write_file(directory + "/key.pem", identity.key);
  if (what == kind::ngircd) {
    place_.tls = place_.plain;
    write_file(file, ngircd_configuration(place_));
    server_ = start({"ngircd", "--nodaemon", "--config", file},
                    "Now listening on", limit);
  } else if (what == kind::inspircd) {
    write_file(file, inspircd_configuration(place_));
    std::vector<std::string> arguments{"inspircd", "--nofork", "--config",
                                       file};
    if (is_root())
      arguments.emplace_back("--runasroot");
    server_ = start(std::move(arguments), "InspIRCd is now running", limit);
  } else {
    start_hybrid(limit);
  }
}

// It speaks to a file only, and does not want to be root.
void real_server::start_hybrid(std::chrono::milliseconds limit) {
  const auto& directory = place_.directory;
  write_file(directory + "/server.conf", hybrid_configuration(place_));
  std::vector<std::string> arguments;
  if (is_root()) {
    give_away(directory);
    arguments = {"setpriv",        "--reuid=nobody", "--regid=nogroup",
                 "--clear-groups", "--pdeathsig",    "keep"};
  }
  std::string script = "mkfifo log; cat log & exec ircd-hybrid"
                       " -foreground -configfile "
                       + directory + "/server.conf";
  for (const std::string each :
       {"log", "pid", "kline", "dline", "xline", "resv"})
    script += " -" + each + "file " + directory + '/' + each;
  arguments.insert(arguments.end(), {"sh", "-c", script});
  server_ = start(std::move(arguments), "Server ready.", limit);
}

std::unique_ptr<process>
real_server::start(std::vector<std::string> arguments, const std::string& ready,
                   std::chrono::milliseconds limit) const {
  const auto name = arguments.front();
  auto result = std::make_unique<process>(
      world_.io(), command{std::move(arguments),
                           {{"PATH", "/usr/sbin:/usr/bin:/sbin:/bin"}},
                           place_.directory,
                           {}});
  auto said = [&] {
    return result->output() + result->errors();
  };
  bool up = false;
  world_.wait(limit, [&] {
    up = said().find(ready) != std::string::npos;
    return up || result->exit_code();
  });
  if (!up || result->exit_code())
    throw failure(name + " did not come up:\n" + said());
  return result;
}

void real_server::start_services(std::chrono::milliseconds limit) {
  const auto& directory = place_.directory;
  const auto file = directory + "/services.conf";
  write_file(file, services_configuration(place_));
  services_ = start({"atheme-services", "-n", "-c", file, "-l",
                     directory + "/services.log", "-p",
                     directory + "/services.pid", "-D", directory},
                    "finished synching with uplink", limit);
}

std::uint16_t real_server::port() const noexcept {
  return place_.tls;
}

std::uint16_t real_server::plain_port() const noexcept {
  return place_.plain;
}

} // namespace convoy::scenarios
