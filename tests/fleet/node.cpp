// SPDX-License-Identifier: Apache-2.0
#include "tests/fleet/node.hpp"

#include "tests/fleet/server_program.hpp"
#include "tests/scenarios/runner/http.hpp"

#include <cstdlib>
#include <ctime>
#include <exception>
#include <fstream>
#include <stdexcept>

namespace convoy::fleet {

namespace {

constexpr std::chrono::milliseconds moment{1000};

/// As Debian has it.
constexpr const char* faketime = "/usr/$LIB/faketime/libfaketimeMT.so.1";

std::map<std::string, std::string> environment(const std::string& home,
                                               const std::string& clock) {
  const auto* search = std::getenv("PATH");
  std::map<std::string, std::string> result{{"PATH", search ? search : ""},
                                            {"HOME", home}};
  if (!clock.empty()) {
    // Only what people call the time; a second goes by before it is noticed.
    result["LD_PRELOAD"] = faketime;
    result["FAKETIME_TIMESTAMP_FILE"] = clock;
    result["FAKETIME_CACHE_DURATION"] = "1";
    result["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
    result["DONT_FAKE_MONOTONIC"] = "1";
    result["NO_FAKE_STAT"] = "1";
  }
  return result;
}

/// Since 1970, of the date in a header of HTTP.
std::time_t seconds_of(const std::string& date) {
  std::tm parts{};
  if (!::strptime(date.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts))
    throw std::runtime_error("not a date: " + date);
  return ::timegm(&parts);
}

} // namespace

bool is_answered(scenarios::world& in, std::uint16_t port,
                 const std::string& path, unsigned status) {
  try {
    return call(in, {port, "GET", path, {}, {}}, moment).status == status;
  } catch (const std::exception&) {
    return false;
  }
}

node::node(scenarios::world& in, const settings& how)
    : world_(in),
      how_(how),
      public_port_(quiet_port(in)),
      internal_port_(quiet_port(in)),
      people_(in.io(), quiet_port(in), public_port_),
      health_(in.io(), quiet_port(in), internal_port_),
      to_postgres_(in.io(), quiet_port(in), how.postgres),
      to_bus_(in.io(), quiet_port(in), how.bus),
      server_(in) {
  if (has_clock())
    shift_clock(std::chrono::seconds(0));
}

void node::start() {
  const auto local = [](std::uint16_t port) {
    return "127.0.0.1:" + std::to_string(port);
  };
  scenarios::convoy_server::settings what{
      how_.program,
      folder_.path(),
      environment(folder_.path(), how_.clock),
      {"--listen=" + local(public_port_),
       "--internal-listen=" + local(internal_port_),
       "--store=postgresql://convoy@" + local(to_postgres_.port()) + "/convoy",
       "--bus=nats://" + local(to_bus_.port()), "--node-id=" + how_.name,
       "--irc-local-address=" + how_.irc_address}};
  what.options.insert(what.options.end(), how_.options.begin(),
                      how_.options.end());
  server_.launch(what);
}

bool node::is_ready() {
  return running() && is_answered(world_, internal_port_, "/readyz", 200);
}

void node::shift_clock(std::chrono::seconds by) const {
  std::ofstream file(how_.clock);
  file << (by.count() < 0 ? "" : "+") << by.count() << '\n';
}

std::optional<std::chrono::seconds> node::clock_shift() {
  try {
    const auto answer =
        call(world_, {internal_port_, "GET", "/healthz", {}, {}}, moment);
    for (const auto& [name, value] : answer.headers)
      if (name == "Date")
        return std::chrono::seconds(seconds_of(value) - std::time(nullptr));
  } catch (const std::exception&) {
    // It is busy.
  }
  return std::nullopt;
}

void node::set_all(tcp_gate::passage way) {
  for (auto* each : {&people_, &health_, &to_postgres_, &to_bus_})
    each->set(way);
}

} // namespace convoy::fleet
