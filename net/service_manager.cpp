// SPDX-License-Identifier: Apache-2.0
#include "net/service_manager.hpp"

#include <cstdint>
#include <cstdlib>
#include <systemd/sd-daemon.h>

namespace convoy::net::service_manager {

namespace {

/// Nobody may be there, and then there is nothing to do about it.
void say(const std::string& text) {
  sd_notify(0, text.c_str());
}

} // namespace

bool is_there() {
  return std::getenv("NOTIFY_SOCKET") != nullptr;
}

void say_ready() {
  say("READY=1");
}

void say_reloading(protocol::instant now) {
  const auto since_boot = std::chrono::duration_cast<std::chrono::microseconds>(
      now.time_since_epoch());
  say("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(since_boot.count()));
}

void say_stopping() {
  say("STOPPING=1");
}

void say_status(const std::string& text) {
  say("STATUS=" + text);
}

void say_alive() {
  say("WATCHDOG=1");
}

std::chrono::microseconds watchdog_patience() {
  std::uint64_t patience = 0;
  if (sd_watchdog_enabled(0, &patience) <= 0)
    return {};
  return std::chrono::microseconds{patience};
}

} // namespace convoy::net::service_manager
