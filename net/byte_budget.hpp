// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <utility>

namespace convoy::net {

/// Memory that many want some of at a time, with a bound.
class byte_budget : public std::enable_shared_from_this<byte_budget> {
public:
  explicit byte_budget(std::size_t most) : left_(most) {
    // nop
  }

  /// Bytes that are given back when the share goes.
  class share {
  public:
    share() = default;
    share(std::shared_ptr<byte_budget> owner, std::size_t bytes)
        : owner_(std::move(owner)), bytes_(bytes) {
      // nop
    }
    share(share&& other) noexcept = default;
    share& operator=(share&& other) noexcept {
      share taken{std::move(other)};
      std::swap(owner_, taken.owner_);
      std::swap(bytes_, taken.bytes_);
      return *this;
    }
    ~share() {
      if (owner_)
        owner_->give_back(bytes_);
    }

    explicit operator bool() const noexcept {
      return owner_ != nullptr;
    }

  private:
    std::shared_ptr<byte_budget> owner_;
    std::size_t bytes_ = 0;
  };

  /// So many bytes, or an empty share when fewer are left.
  share take(std::size_t bytes) {
    const std::scoped_lock lock{mutex_};
    if (bytes > left_)
      return {};
    left_ -= bytes;
    return {shared_from_this(), bytes};
  }

private:
  void give_back(std::size_t bytes) {
    const std::scoped_lock lock{mutex_};
    left_ += bytes;
  }

  std::mutex mutex_;
  std::size_t left_;
};

} // namespace convoy::net
