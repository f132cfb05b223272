// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace convoy::net {

/// A new trace id (W3C Trace Context §3.2.2.3): 32 lower-case hex digits, of
/// which no two calls give the same.
std::string make_trace_id();

} // namespace convoy::net
