// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

namespace convoy::protocol {

/// A file of `openapi/` or `asyncapi/`, as it was when the program was built.
struct api_document {
  std::string_view name;
  std::string_view json;
};

/// All of `openapi/`, and all of `asyncapi/`; `base.json` first.
std::vector<api_document> api_documents();
std::vector<api_document> event_documents();

} // namespace convoy::protocol
