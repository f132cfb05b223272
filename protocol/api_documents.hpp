// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

namespace convoy::protocol {

/// A file of `openapi/`, as it was when the program was built.
struct api_document {
  std::string_view name;
  std::string_view json;
};

/// All of them; `base.json` first.
std::vector<api_document> api_documents();

} // namespace convoy::protocol
