// SPDX-License-Identifier: Apache-2.0
#include "net/service_manager.hpp"

#include "tests/net/temporary_folder.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstring>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace convoy::net;
using namespace std::chrono_literals;

namespace {

/// Who has started the process, and hears what it says.
class fake_manager {
public:
  fake_manager() : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    const auto path = (folder_.path() / "notify").string();
    sockaddr_un where{};
    where.sun_family = AF_UNIX;
    REQUIRE(path.size() < sizeof(where.sun_path));
    std::memcpy(where.sun_path, path.data(), path.size());
    REQUIRE(::bind(socket_, reinterpret_cast<const sockaddr*>(&where),
                   sizeof(where))
            == 0);
    ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
  }
  ~fake_manager() {
    ::close(socket_);
    ::unsetenv("NOTIFY_SOCKET");
    ::unsetenv("WATCHDOG_USEC");
    ::unsetenv("WATCHDOG_PID");
  }

  /// What was said next; "" when nothing was.
  std::string heard() {
    std::array<char, 512> text{};
    const auto size = ::recv(socket_, text.data(), text.size(), MSG_DONTWAIT);
    return size < 0 ? "" : std::string(text.data(), static_cast<size_t>(size));
  }

private:
  temporary_folder folder_;
  int socket_;
};

} // namespace

TEST_CASE("where nobody has asked, nothing is said") {
  CHECK_FALSE(service_manager::is_there());
  service_manager::say_ready();
  CHECK(service_manager::watchdog_patience() == 0us);
}

TEST_CASE("the service manager hears how it is going") {
  fake_manager it;
  CHECK(service_manager::is_there());
  service_manager::say_ready();
  CHECK(it.heard() == "READY=1");
  service_manager::say_status("3 sessions");
  CHECK(it.heard() == "STATUS=3 sessions");
  service_manager::say_reloading(convoy::protocol::instant{1500us});
  CHECK(it.heard() == "RELOADING=1\nMONOTONIC_USEC=1500");
  service_manager::say_alive();
  CHECK(it.heard() == "WATCHDOG=1");
  service_manager::say_stopping();
  CHECK(it.heard() == "STOPPING=1");
  CHECK(it.heard() == "");
}

TEST_CASE("the watchdog's patience is that of this process") {
  fake_manager it;
  CHECK(service_manager::watchdog_patience() == 0us);
  ::setenv("WATCHDOG_USEC", "30000000", 1);
  CHECK(service_manager::watchdog_patience() == 30s);
  ::setenv("WATCHDOG_PID", std::to_string(::getpid()).c_str(), 1);
  CHECK(service_manager::watchdog_patience() == 30s);
  ::setenv("WATCHDOG_PID", "1", 1);
  CHECK(service_manager::watchdog_patience() == 0us);
}
