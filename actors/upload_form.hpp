// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace convoy::actors {

/// An uploaded file with what the form says of it (spec/rest-api.md §6, 29).
struct upload_form {
  std::string name;         ///< without folders, UTF-8
  std::string content_type; ///< safe in a header
  std::string content;
  std::string id; ///< as the client wishes it, or ""
  bool write_only = false;
};

/// Why a form is refused.
struct upload_problem {
  std::string message; ///< "" when it is good
  std::string path;    ///< JSON pointer
};

/// Reads a multipart/form-data body (RFC 7578) whose `file` may have
/// `max_size` bytes.
upload_problem read_upload(std::string_view body, const std::string& boundary,
                           std::size_t max_size, upload_form& out);

/// What is behind the last dot of a name in lower case, or "".
std::string extension_of(std::string_view name);

} // namespace convoy::actors
