// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/time.hpp"

#include <chrono>
#include <string>

// What the process tells whoever has started it (systemd's service manager, by
// the socket that NOTIFY_SOCKET names); nothing where nobody wants to know.
namespace convoy::net::service_manager {

/// Whether somebody wants to know.
bool is_there();

void say_ready();
/// It reads its settings anew; `say_ready` follows.
void say_reloading(protocol::instant now);
void say_stopping();
/// One line for people.
void say_status(const std::string& text);
/// It is well: to be said again and again, where there is a watchdog.
void say_alive();

/// How long `say_alive` may be missing before the process is killed; 0: for
/// ever.
std::chrono::microseconds watchdog_patience();

} // namespace convoy::net::service_manager
