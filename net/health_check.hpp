// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace convoy::net {

/// Asks `GET /healthz` of the server at `host` and `port` and waits for the
/// answer, at most for `deadline`. Returns "" when the answer is 200, else a
/// sentence that says what came instead.
std::string check_health(const std::string& host, std::uint16_t port,
                         std::chrono::milliseconds deadline);

} // namespace convoy::net
