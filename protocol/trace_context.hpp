// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace convoy::protocol {

/// The trace id of a `traceparent` header, 32 lower-case hex digits that are
/// not all zero (W3C Trace Context §3.2); "" when the header is not valid. Of a
/// version that is not known what may follow is passed over, as §3.2.4 asks.
std::string_view trace_id_of(std::string_view traceparent) noexcept;

} // namespace convoy::protocol
