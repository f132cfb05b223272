// SPDX-License-Identifier: Apache-2.0
#include "net/health_check.hpp"

#include "net/internal_client.hpp"

namespace convoy::net {

std::string check_health(const std::string& host, std::uint16_t port,
                         std::chrono::milliseconds deadline) {
  const auto answer = ask_internal({host, port, "GET", "/healthz"}, deadline);
  if (answer.status == 200)
    return {};
  return "Convoy at " + host + ":" + std::to_string(port) + " "
         + (answer.status != 0 ? "answers " + std::to_string(answer.status)
                                     + ": " + answer.body
                               : answer.problem);
}

} // namespace convoy::net
