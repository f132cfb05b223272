// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace convoy::actors::command_line {

/// A file that comes into being all at once: what is written lies under another
/// name in the same folder until it is kept, and is gone when it is not. Only
/// its owner may read it.
class new_file {
public:
  /// Throws when there is such a file and it may not be replaced.
  new_file(std::string name, bool replace);
  ~new_file();
  new_file(const new_file&) = delete;
  new_file& operator=(const new_file&) = delete;

  /// Where it lies meanwhile; nothing is there before something makes it.
  const std::string& path() const noexcept {
    return path_;
  }

  /// Makes it, with this content. Throws with the path and the reason.
  void write(std::string_view content) const;
  /// Gives it its name, synced. Never replaces a file that has come meanwhile
  /// and may not be replaced. Throws with the path and the reason.
  void keep();

private:
  std::string name_;
  std::string path_;
  bool replace_ = false;
};

} // namespace convoy::actors::command_line
