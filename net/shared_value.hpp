// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <mutex>
#include <utility>

namespace convoy::net {

/// A value that many read and that is replaced as a whole. Who has read it
/// keeps what they have.
template <class T>
class shared_value {
public:
  explicit shared_value(T value = {})
      : value_(std::make_shared<const T>(std::move(value))) {
    // nop
  }
  std::shared_ptr<const T> get() const {
    const std::scoped_lock guard{mutex_};
    return value_;
  }
  void set(T value) {
    auto fresh = std::make_shared<const T>(std::move(value));
    const std::scoped_lock guard{mutex_};
    value_.swap(fresh);
  }

private:
  mutable std::mutex mutex_;
  std::shared_ptr<const T> value_;
};

} // namespace convoy::net
