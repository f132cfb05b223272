// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace convoy::scenarios {

/// What stands between the parts of a form.
inline const std::string form_boundary = "convoy-scenario-boundary";

/// A multipart/form-data body of lines such as `NAME: VALUE`, or `NAME=FILENAME
/// TYPE: CONTENT` for a file; values may have escapes.
/// @throws script_error when a line is neither.
std::string make_form(const std::vector<std::string>& lines);

} // namespace convoy::scenarios
