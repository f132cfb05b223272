// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/time.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convoy::net {

/// A file that may be sent.
struct static_file {
  std::filesystem::path path;
  std::uint64_t size = 0;
  std::string etag;             ///< with its quotes
  protocol::timestamp modified; ///< in whole seconds
  std::string last_modified;    ///< the same as an HTTP date
  std::string content_type;
  std::string content_encoding; ///< "gzip", or "" for as it is
  bool has_encodings = false;   ///< another client may get it otherwise
  bool is_immutable = false;    ///< its name changes when its content does
};

/// The files below one folder, as the web sees them.
class static_files {
public:
  /// No files at all.
  static_files() = default;
  explicit static_files(const std::filesystem::path& root);

  /// The file of a path; `index.html` for `/`. Nothing for what is not a
  /// regular file, for hidden files and folders, and for what lies, links
  /// followed, outside the root. With `gzip` it is the file of this name and
  /// `.gz`, if there is one that is not older. What is in a folder `immutable`
  /// is so.
  std::optional<static_file> find(const std::vector<std::string>& segments,
                                  bool gzip = false) const;

private:
  std::optional<static_file> look_at(const std::filesystem::path& wanted) const;

  std::filesystem::path root_; ///< canonical, or empty
};

/// What is said of it besides type and length.
std::vector<std::pair<std::string, std::string>>
headers_of(const static_file& what, std::chrono::seconds max_age);

/// Whether a client that sent `Accept-Encoding: field` (RFC 9110 §12.5.3) takes
/// gzip, which it has to name.
bool accepts_gzip(std::string_view field);

/// Whether a client that sent `If-None-Match: field` has `etag` already.
bool matches_etag(std::string_view field, std::string_view etag);

} // namespace convoy::net
