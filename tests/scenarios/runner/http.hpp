// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "world.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace convoy::scenarios {

using http_headers = std::vector<std::pair<std::string, std::string>>;

struct http_call {
  std::uint16_t port = 0; ///< on 127.0.0.1
  std::string method;
  std::string target;
  http_headers headers;
  std::string body;
};

struct http_answer {
  unsigned status = 0;
  http_headers headers;
  std::string body;
};

/// Makes one request on a connection of its own.
/// @throws std::runtime_error when no whole answer came within `limit`.
http_answer call(world& in, const http_call& what,
                 std::chrono::milliseconds limit);

} // namespace convoy::scenarios
