// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/store_access.hpp"

#include "actors/secrets.hpp"

#include <filesystem>
#include <stdexcept>

namespace convoy::actors::command_line {

namespace {

constexpr std::string_view in_memory = ":memory:";

void make_folder_of(const std::filesystem::path& file) {
  const auto folder = file.parent_path();
  if (folder.empty())
    return;
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    throw std::runtime_error(folder.string() + ": " + error.message());
}

} // namespace

std::string store_path(const std::string& store_url) {
  auto path = store_url.substr(store_url.find(':') + 1);
  return path == in_memory ? std::string{} : path;
}

std::string default_key_file(const std::string& store_url) {
  const std::filesystem::path path{store_path(store_url)};
  return (path.parent_path() / "convoy.key").string();
}

store::store_options prepare_store(const serve_options& options) {
  if (const auto path = store_path(options.store); !path.empty())
    make_folder_of(path);
  make_folder_of(options.key_file);
  return {options.store, options.store_full_sync,
          load_or_make_key(options.key_file)};
}

} // namespace convoy::actors::command_line
