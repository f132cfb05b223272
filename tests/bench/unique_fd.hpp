// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace convoy::bench {

/// Owns a file descriptor.
class unique_fd {
public:
  unique_fd() = default;
  explicit unique_fd(int fd) : fd_(fd) {}
  unique_fd(unique_fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  unique_fd& operator=(unique_fd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~unique_fd() {
    if (fd_ >= 0)
      ::close(fd_);
  }
  [[nodiscard]] int value() const {
    return fd_;
  }

private:
  int fd_ = -1;
};

/// Throws what `errno` says about the system call `name` when `result` is
/// negative; hands it through otherwise.
inline int checked(int result, const char* name) {
  if (result < 0)
    throw std::system_error(errno, std::generic_category(), name);
  return result;
}

} // namespace convoy::bench
