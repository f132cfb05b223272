// SPDX-License-Identifier: Apache-2.0
#include "protocol/channel_list.hpp"

#include "protocol/json.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace convoy::protocol {

namespace {

/// `/pattern/flags` taken apart.
struct list_filter {
  std::string pattern; ///< lower case; "" for all
  bool names = true;
  bool topics = true;
};

list_filter parse_filter(std::string_view text) {
  list_filter result;
  const auto start = text.find('/');
  if (start == std::string_view::npos)
    return result;
  const auto end = text.find('/', start + 1);
  if (end == std::string_view::npos)
    return result;
  result.pattern = to_lower(text.substr(start + 1, end - start - 1));
  const auto rest = text.substr(end + 1);
  const auto flags = rest.substr(0, rest.find(' '));
  const bool n = flags.find('n') != std::string_view::npos;
  const bool t = flags.find('t') != std::string_view::npos;
  if (n != t) {
    result.names = n;
    result.topics = t;
  }
  return result;
}

/// A topic without the `[+nt] ` that some servers put before it.
std::string_view without_modes(std::string_view topic) {
  const auto end = topic.find(']');
  if (!topic.starts_with("[+") || end == std::string_view::npos)
    return topic;
  topic.remove_prefix(end + 1);
  return trim(topic);
}

bool holds(std::string_view text, std::string_view lower_pattern) {
  return to_lower(text).find(lower_pattern) != std::string::npos;
}

} // namespace

void channel_list::begin(user_id user) {
  channels_.clear();
  bytes_ = 0;
  listing_.insert(user);
}

void channel_list::add(user_id user, const irc_listed& channel) {
  auto id = to_lower(channel.name);
  const auto topic = without_modes(channel.topic);
  auto at = channels_.find(id);
  const auto old_bytes =
      at == channels_.end() ? 0 : at->second.topic.size() + at->first.size();
  const auto bytes = bytes_ - old_bytes + id.size() + topic.size();
  if (channel.name.empty() || bytes > max_bytes
      || (at == channels_.end() && channels_.size() >= max_channels))
    return;
  bytes_ = bytes;
  if (at == channels_.end())
    at = channels_.emplace(std::move(id), entry{}).first;
  auto& kept = at->second;
  kept.name = channel.name;
  kept.users = channel.users;
  kept.topic = topic;
  if (channel.member)
    kept.members.insert(user);
  else
    kept.open = true;
}

void channel_list::end(user_id user) {
  listing_.erase(user);
}

std::size_t channel_list::size() const noexcept {
  return channels_.size();
}

std::string channel_list::answer(user_id user, std::string_view filter) const {
  using row = std::pair<const std::string, entry>;
  const auto wanted = parse_filter(filter);
  std::vector<const row*> found;
  std::vector<const row*> by_topic;
  std::uint64_t visible = 0;
  for (const auto& each : channels_) {
    const auto& [id, channel] = each;
    if (!channel.open && !channel.members.contains(user))
      continue;
    ++visible;
    if (wanted.pattern.empty()
        || (wanted.names && id.find(wanted.pattern) != std::string::npos))
      found.push_back(&each);
    else if (wanted.topics && by_topic.size() < max_shown
             && holds(channel.topic, wanted.pattern))
      by_topic.push_back(&each);
  }
  // Both are in the order of names.
  if (!wanted.pattern.empty()) {
    found.insert(found.end(), by_topic.begin(), by_topic.end());
  } else {
    const auto shown = std::min(found.size(), max_shown);
    std::partial_sort(found.begin(),
                      found.begin() + static_cast<std::ptrdiff_t>(shown),
                      found.end(), [](const row* a, const row* b) {
                        return a->second.users != b->second.users
                                   ? a->second.users > b->second.users
                                   : a->first < b->first;
                      });
  }
  if (found.size() > max_shown)
    found.resize(max_shown);
  json_writer out;
  out.begin_object().key("conversations").begin_array();
  for (const auto* each : found)
    out.begin_object()
        .field("name", each->second.name)
        .field("conversation_id", each->first)
        .field("n_users", each->second.users)
        .field("topic", each->second.topic)
        .end_object();
  out.end_array()
      .field("n_conversations", visible)
      .field("done", listing_.empty())
      .end_object();
  return out.take();
}

} // namespace convoy::protocol
