// SPDX-License-Identifier: Apache-2.0
#include "net/connection_registry.hpp"

#include <utility>

namespace convoy::net {

connection_registry::slot&
connection_registry::slot::operator=(slot&& other) noexcept {
  release();
  owner_ = std::move(other.owner_);
  id_ = other.id_;
  return *this;
}

void connection_registry::slot::hold(std::weak_ptr<closable> who) {
  if (!owner_)
    return;
  std::lock_guard guard{owner_->mutex_};
  owner_->connected_[id_] = std::move(who);
}

void connection_registry::slot::release() {
  if (auto owner = std::exchange(owner_, nullptr)) {
    std::lock_guard guard{owner->mutex_};
    owner->connected_.erase(id_);
  }
}

connection_registry::slot connection_registry::enter() {
  std::lock_guard guard{mutex_};
  if (connected_.size() >= bound_)
    return {};
  connected_.emplace(++last_id_, std::weak_ptr<closable>{});
  return {shared_from_this(), last_id_};
}

std::size_t connection_registry::size() const {
  std::lock_guard guard{mutex_};
  return connected_.size();
}

std::vector<std::shared_ptr<closable>> connection_registry::all() const {
  std::vector<std::shared_ptr<closable>> result;
  std::lock_guard guard{mutex_};
  for (const auto& [id, who] : connected_)
    if (auto one = who.lock())
      result.push_back(std::move(one));
  return result;
}

void connection_registry::shut_all() {
  for (const auto& one : all())
    one->shut();
}

void connection_registry::leave_all() {
  for (const auto& one : all())
    one->leave();
}

} // namespace convoy::net
