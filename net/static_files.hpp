// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoy::net {

/// A file that may be sent.
struct static_file {
  std::filesystem::path path;
  std::uint64_t size = 0;
  std::string etag;          ///< with its quotes
  std::string last_modified; ///< as an HTTP date
  std::string content_type;
};

/// The files below one folder, as the web sees them.
class static_files {
public:
  /// No files at all.
  static_files() = default;
  explicit static_files(const std::filesystem::path& root);

  /// The file of a path; `index.html` for `/`. Nothing for what is not a
  /// regular file, for hidden files and folders, and for what lies, links
  /// followed, outside the root.
  std::optional<static_file>
  find(const std::vector<std::string>& segments) const;

private:
  std::filesystem::path root_; ///< canonical, or empty
};

/// Whether a client that sent `If-None-Match: field` has `etag` already.
bool matches_etag(std::string_view field, std::string_view etag);

} // namespace convoy::net
