// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/new_file.hpp"

#include "actors/secrets.hpp"

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <stdexcept>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace convoy::actors::command_line {

namespace {

[[noreturn]] void fail(const std::string& path, int error) {
  throw std::runtime_error(path + ": "
                           + std::generic_category().message(error));
}

[[noreturn]] void fail_as_taken(const std::string& path) {
  throw std::runtime_error(path + ": it is there already; --force replaces it");
}

bool write_all(int file, std::string_view content) {
  while (!content.empty()) {
    const auto count = ::write(file, content.data(), content.size());
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0)
      return false;
    content.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

void sync(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0)
    fail(path, errno);
  const int error = ::fsync(file) == 0 ? 0 : errno;
  ::close(file);
  if (error != 0)
    fail(path, error);
}

} // namespace

new_file::new_file(std::string name, bool replace)
    : name_(std::move(name)),
      path_(name_ + "." + random_stream_id()),
      replace_(replace) {
  if (!replace_ && std::filesystem::exists(name_))
    fail_as_taken(name_);
}

new_file::~new_file() {
  ::unlink(path_.c_str());
}

void new_file::write(std::string_view content) const {
  const int file =
      ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
             S_IRUSR | S_IWUSR);
  if (file < 0)
    fail(name_, errno);
  const bool done = write_all(file, content);
  const int error = errno;
  ::close(file);
  if (!done)
    fail(name_, error);
}

void new_file::keep() {
  sync(path_);
  // Unlike a renaming, a link never replaces a file.
  const auto done = replace_ ? ::rename(path_.c_str(), name_.c_str())
                             : ::link(path_.c_str(), name_.c_str());
  if (done != 0 && errno == EEXIST)
    fail_as_taken(name_);
  if (done != 0)
    fail(name_, errno);
  // A name is on the disk when its folder is.
  const auto folder = std::filesystem::path{name_}.parent_path().string();
  sync(folder.empty() ? "." : folder);
}

} // namespace convoy::actors::command_line
