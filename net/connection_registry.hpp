// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace convoy::net {

/// Something that can be shut from any thread.
class closable {
public:
  virtual ~closable() = default;
  virtual void shut() = 0;
  /// The node stops: what has no end by itself begins to close.
  virtual void leave() {
    // nop
  }
};

/// Who is connected, with a bound.
class connection_registry
    : public std::enable_shared_from_this<connection_registry> {
public:
  explicit connection_registry(std::size_t bound) : bound_(bound) {
    // nop
  }

  /// A place among the connected; it is given back when the slot goes.
  class slot {
  public:
    slot() = default;
    slot(std::shared_ptr<connection_registry> owner, std::uint64_t id)
        : owner_(std::move(owner)), id_(id) {
      // nop
    }
    slot(slot&& other) noexcept = default;
    slot& operator=(slot&& other) noexcept;
    ~slot() {
      release();
    }

    /// Says who has the place.
    void hold(std::weak_ptr<closable> who);
    void release();
    explicit operator bool() const noexcept {
      return owner_ != nullptr;
    }

  private:
    std::shared_ptr<connection_registry> owner_;
    std::uint64_t id_ = 0;
  };

  /// A place, or an empty slot when all are taken.
  slot enter();
  std::size_t size() const;
  void shut_all();
  void leave_all();

private:
  std::vector<std::shared_ptr<closable>> all() const;

  std::size_t bound_;
  mutable std::mutex mutex_;
  std::uint64_t last_id_ = 0;
  std::unordered_map<std::uint64_t, std::weak_ptr<closable>> connected_;
};

} // namespace convoy::net
