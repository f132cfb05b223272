// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_batches.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace convoy::protocol {

namespace {

/// What keeping a line costs beside its text.
constexpr std::size_t line_cost = 128;

std::size_t cost_of(const irc_message& line) {
  return line.last().size() + line_cost;
}

} // namespace

bool is_playback(std::string_view type) noexcept {
  constexpr std::string_view types[]{"chathistory", "draft/chathistory",
                                     "znc.in/playback"};
  return std::find(std::begin(types), std::end(types), type) != std::end(types);
}

bool is_history_list(std::string_view type) noexcept {
  return type == "chathistory-targets" || type == "draft/chathistory-targets";
}

const irc_batch* irc_batches::open(const irc_message& line) {
  const auto reference = line.param(0);
  if (reference.size() < 2 || reference.front() != '+' || line.param(1).empty()
      || open_.size() >= max_open || open_.contains(reference.substr(1)))
    return nullptr;
  irc_batch result;
  result.reference = reference.substr(1);
  result.type = line.param(1);
  result.params.assign(std::next(line.params.begin(), 2), line.params.end());
  result.playback = is_playback(result.type);
  result.collects = result.type == "draft/multiline";
  result.label = line.tag("label").value_or("");
  if (const auto* parent = find(line); parent != nullptr) {
    if (parent->depth >= max_depth)
      return nullptr;
    result.parent = parent->reference;
    result.depth = parent->depth + 1;
    result.playback = result.playback || parent->playback;
    if (result.label.empty())
      result.label = parent->label;
  }
  result.opening = line;
  auto key = result.reference;
  return &open_.emplace(std::move(key), std::move(result)).first->second;
}

std::optional<irc_batch> irc_batches::close(const irc_message& line) {
  const auto reference = line.param(0);
  if (!reference.starts_with('-'))
    return std::nullopt;
  const auto it = open_.find(reference.substr(1));
  if (it == open_.end())
    return std::nullopt;
  auto result = std::move(it->second);
  open_.erase(it);
  bytes_ -= result.bytes;
  return result;
}

const irc_batch* irc_batches::find(const irc_message& line) const {
  const auto reference = line.tag("batch");
  if (!reference)
    return nullptr;
  const auto it = open_.find(*reference);
  return it == open_.end() ? nullptr : &it->second;
}

bool irc_batches::keep(const irc_batch& batch, const irc_message& line) {
  const auto it = open_.find(batch.reference);
  const auto cost = cost_of(line);
  if (it == open_.end() || it->second.kept.size() >= max_kept
      || it->second.bytes + cost > max_batch_bytes || bytes_ + cost > max_bytes)
    return false;
  it->second.kept.push_back(line);
  it->second.bytes += cost;
  bytes_ += cost;
  return true;
}

std::optional<irc_message> irc_batches::take(const irc_batch& batch) {
  const auto it = open_.find(batch.reference);
  if (it == open_.end())
    return std::nullopt;
  auto result = join_lines(it->second);
  bytes_ -= std::exchange(it->second.bytes, 0);
  it->second.kept.clear();
  it->second.collects = false;
  return result;
}

void irc_batches::clear() noexcept {
  open_.clear();
  bytes_ = 0;
}

std::optional<irc_message> join_lines(const irc_batch& batch) {
  if (batch.kept.empty())
    return std::nullopt;
  auto result = batch.kept.front();
  result.tags = batch.opening.tags;
  if (!batch.opening.source.empty())
    result.source = batch.opening.source;
  auto& text = result.params.back();
  for (auto each = std::next(batch.kept.begin()); each != batch.kept.end();
       ++each) {
    if (!each->tag("draft/multiline-concat"))
      text += '\n';
    text += each->last();
  }
  return result;
}

} // namespace convoy::protocol
