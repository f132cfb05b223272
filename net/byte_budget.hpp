// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace convoy::net {

/// Memory that many want some of at a time, with a bound, and one for each
/// person: whoever is slow does not hold what others need.
class byte_budget : public std::enable_shared_from_this<byte_budget> {
public:
  /// One person may have `most_each`, or a single share of any size.
  byte_budget(std::size_t most, std::size_t most_each)
      : left_(most), most_each_(most_each) {
    // nop
  }

  /// Bytes that are given back when the share goes.
  class share {
  public:
    share() = default;
    share(std::shared_ptr<byte_budget> owner, std::size_t bytes,
          std::string person)
        : owner_(std::move(owner)), bytes_(bytes), person_(std::move(person)) {
      // nop
    }
    share(share&& other) noexcept = default;
    share& operator=(share&& other) noexcept {
      share taken{std::move(other)};
      std::swap(owner_, taken.owner_);
      std::swap(bytes_, taken.bytes_);
      std::swap(person_, taken.person_);
      return *this;
    }
    ~share() {
      if (owner_)
        owner_->give_back(bytes_, person_);
    }

    explicit operator bool() const noexcept {
      return owner_ != nullptr;
    }

  private:
    std::shared_ptr<byte_budget> owner_;
    std::size_t bytes_ = 0;
    std::string person_;
  };

  /// So many bytes, or an empty share when fewer are left, for all or for that
  /// person.
  share take(std::size_t bytes, const std::string& person) {
    const std::scoped_lock lock{mutex_};
    const auto held = held_.find(person);
    if (bytes > left_
        || (held != held_.end() && held->second + bytes > most_each_))
      return {};
    left_ -= bytes;
    if (bytes > 0)
      held_[person] += bytes;
    return {shared_from_this(), bytes, person};
  }

private:
  void give_back(std::size_t bytes, const std::string& person) {
    const std::scoped_lock lock{mutex_};
    left_ += bytes;
    const auto held = held_.find(person);
    if (held != held_.end() && (held->second -= bytes) == 0)
      held_.erase(held);
  }

  std::mutex mutex_;
  std::size_t left_;
  std::size_t most_each_;
  std::map<std::string, std::size_t> held_; ///< by person; more than 0
};

} // namespace convoy::net
