// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/command_line/options.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace convoy::actors::command_line {

/// Whether a store of that URL is a server's, which many nodes may use.
bool is_shared(std::string_view store_url);

/// The name of this machine, as `--node-id` may have it; "" when it has none.
std::string host_name();

/// What of a fleet's options does not go together; each says which option.
std::vector<std::string> contradictions(const serve_options& options);

} // namespace convoy::actors::command_line
