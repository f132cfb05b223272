// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <stdexcept>
#include <string>

namespace convoy::tests {

/// A directory of one test's own, removed at its end.
class scratch {
public:
  scratch() {
    auto pattern =
        (std::filesystem::temp_directory_path() / "convoy-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr)
      throw std::runtime_error("no scratch directory");
    directory_ = pattern;
  }
  ~scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
  }
  scratch(const scratch&) = delete;
  scratch& operator=(const scratch&) = delete;

  std::string path(const std::string& name) const {
    return (directory_ / name).string();
  }

  void write(const std::string& name, const std::string& content,
             std::filesystem::perms mode) const {
    std::ofstream(path(name), std::ios::binary) << content;
    std::filesystem::permissions(path(name), mode);
  }

  std::string read(const std::string& name) const {
    std::ifstream file(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  std::filesystem::perms mode(const std::string& name) const {
    return std::filesystem::status(path(name)).permissions();
  }

private:
  std::filesystem::path directory_;
};

/// The text of the exception that `body` throws; "" when it throws none.
inline std::string error_of(const std::function<void()>& body) {
  try {
    body();
  } catch (const std::exception& error) {
    return error.what();
  }
  return {};
}

} // namespace convoy::tests
