// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/time.hpp"

#include <string>

namespace convoy::net {

/// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 7231 §7.1.1.1).
std::string http_date(protocol::timestamp time);

} // namespace convoy::net
