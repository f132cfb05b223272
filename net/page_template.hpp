// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

namespace convoy::net {

/// An HTML file in which `{{NAME}}` stands for a value (Mustache). It is read
/// again when it has changed. May be used from any thread.
class page_template {
public:
  explicit page_template(std::filesystem::path file);
  ~page_template();
  page_template(const page_template&) = delete;
  page_template& operator=(const page_template&) = delete;

  /// "" when the file can be used, else a sentence that names it and what is
  /// wrong.
  std::string problem();
  /// The page with the values, HTML-escaped, in it; a name that has none is
  /// empty. "" when the file cannot be used, which the log says.
  std::string render(const std::map<std::string, std::string>& values);

private:
  struct state;
  std::unique_ptr<state> state_;
};

} // namespace convoy::net
