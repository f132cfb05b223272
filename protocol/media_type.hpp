// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace convoy::protocol {

/// The media type of a file name, by its ending.
std::string media_type_of(std::string_view name);

} // namespace convoy::protocol
