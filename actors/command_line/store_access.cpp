// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/store_access.hpp"

#include "actors/command_line/fleet_options.hpp"
#include "actors/secrets.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <stdexcept>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace convoy::actors::command_line {

namespace {

constexpr std::string_view in_memory = ":memory:";

[[noreturn]] void fail(const std::string& path) {
  throw std::runtime_error(path + ": "
                           + std::generic_category().message(errno));
}

/// The process that left its number in a lock file; "another process" when it
/// cannot be read.
std::string holder_of(int file) {
  std::array<char, 20> text{};
  const auto count = ::pread(file, text.data(), text.size(), 0);
  const std::string_view number{
      text.data(), count > 0 ? static_cast<std::size_t>(count) : 0};
  return number.empty() ? "another process" : "process " + std::string{number};
}

void leave_number(int file) {
  const auto number = std::to_string(::getpid());
  // Only for an error message: that it failed does not matter.
  if (::ftruncate(file, 0) == 0
      && ::pwrite(file, number.data(), number.size(), 0) < 0)
    return;
}

} // namespace

void make_folder_of(const std::string& file) {
  const auto folder = std::filesystem::path{file}.parent_path();
  if (folder.empty())
    return;
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    throw std::runtime_error(folder.string() + ": " + error.message());
}

void expect_store(const serve_options& options) {
  const auto path = store_path(options.store);
  if (!path.empty() && !std::filesystem::exists(path))
    throw std::runtime_error(path + ": there is no store");
}

store_lock::store_lock(const std::string& store_url) {
  const auto store = store_path(store_url);
  if (store.empty())
    return;
  const auto path = store + ".lock";
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file_ < 0)
    fail(path);
  if (::flock(file_, LOCK_EX | LOCK_NB) == 0) {
    leave_number(file_);
    return;
  }
  const int error = errno;
  const auto holder = holder_of(file_);
  ::close(file_);
  errno = error;
  if (error != EWOULDBLOCK)
    fail(path);
  throw std::runtime_error(store + ": " + holder
                           + " uses this store; stop it first");
}

store_lock::~store_lock() {
  if (file_ >= 0)
    ::close(file_);
}

std::string shown_store(const std::string& store_url) {
  if (!is_shared(store_url))
    return store_url;
  constexpr std::string_view slashes = "://";
  const auto begin = store_url.find(slashes) + slashes.size();
  // What is written wrongly may have them in the password.
  const auto at = store_url.rfind('@');
  auto rest = store_url.substr(at == std::string::npos ? begin : at + 1);
  rest.erase(std::min(rest.find_first_of("?&"), rest.size()));
  return store_url.substr(0, begin) + rest;
}

std::string store_path(const std::string& store_url) {
  if (is_shared(store_url))
    return {};
  auto path = store_url.substr(store_url.find(':') + 1);
  return path == in_memory ? std::string{} : path;
}

std::string default_key_file(const std::string& store_url) {
  if (is_shared(store_url))
    return "data/convoy.key";
  const std::filesystem::path path{store_path(store_url)};
  return (path.parent_path() / "convoy.key").string();
}

store::store_options prepare_store(const serve_options& options) {
  if (const auto path = store_path(options.store); !path.empty())
    make_folder_of(path);
  make_folder_of(options.key_file);
  store::store_options result{options.store, options.store_full_sync,
                              load_or_make_key(options.key_file)};
  result.replica_url = options.store_replica;
  return result;
}

} // namespace convoy::actors::command_line
