// SPDX-License-Identifier: Apache-2.0
#include "net/outbox.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace convoy::net {

namespace {

constexpr char text_frame = '\x81'; // FIN and opcode 1

std::size_t size_of_header(std::size_t payload_size) noexcept {
  return payload_size < 126 ? 2u : payload_size <= 0xffff ? 4u : 10u;
}

std::size_t write_header(std::size_t size, char* out) noexcept {
  auto length = size_of_header(size);
  out[0] = text_frame;
  out[1] = static_cast<char>(length == 2 ? size : length == 4 ? 126u : 127u);
  for (auto i = length; i > 2; --i, size >>= 8)
    out[i - 1] = static_cast<char>(size & 0xff);
  return length;
}

} // namespace

std::string websocket_header(std::size_t size) {
  char out[10];
  return {out, write_header(size, out)};
}

std::size_t outbox::item::header_size() const noexcept {
  return framed ? size_of_header(text->size()) : 0;
}

bool outbox::push_frame(payload text) {
  if (sealed_)
    return true;
  item frame{std::move(text), true};
  if (size_ + frame.size() > limits_.bytes
      || items_.size() - first_ >= limits_.frames)
    return false;
  append(std::move(frame));
  return true;
}

void outbox::push_bytes(std::string_view bytes) {
  if (!sealed_ && !bytes.empty())
    append({std::make_shared<const std::string>(bytes), false});
}

void outbox::append(item what) {
  // Room that was consumed at the front is used again before more is taken.
  if (first_ > 0 && items_.size() == items_.capacity()) {
    items_.erase(items_.begin(),
                 items_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
  }
  size_ += what.size();
  items_.push_back(std::move(what));
}

void outbox::drop_waiting() {
  auto keep = first_ + (offset_ > 0 ? 1u : 0u);
  while (items_.size() > keep) {
    size_ -= items_.back().size();
    items_.pop_back();
  }
}

std::size_t outbox::gather(std::span<char> out) const {
  std::size_t filled = 0;
  auto skip = offset_;
  auto put = [&](std::string_view part) {
    auto skipped = std::min(skip, part.size());
    skip -= skipped;
    part.remove_prefix(skipped);
    auto count = std::min(part.size(), out.size() - filled);
    std::memcpy(out.data() + filled, part.data(), count);
    filled += count;
  };
  for (auto i = first_; i < items_.size() && filled < out.size(); ++i) {
    const auto& each = items_[i];
    if (each.framed) {
      char header[10];
      put({header, write_header(each.text->size(), header)});
    }
    put(*each.text);
  }
  return filled;
}

std::size_t outbox::consume(std::size_t count) {
  std::size_t framed = 0;
  size_ -= count;
  removed_ += count;
  while (count > 0) {
    auto& each = items_[first_];
    auto part = std::min(count, each.size() - offset_);
    framed += each.framed ? part : 0;
    offset_ += part;
    count -= part;
    if (offset_ == each.size()) {
      each.text.reset();
      offset_ = 0;
      ++first_;
    }
  }
  if (empty()) {
    // An idle socket keeps a small vector at most.
    first_ = 0;
    if (items_.capacity() > 16)
      items_ = {};
    else
      items_.clear();
  }
  return framed;
}

} // namespace convoy::net
