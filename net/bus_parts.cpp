// SPDX-License-Identifier: Apache-2.0
#include "net/bus_parts.hpp"

#include "protocol/text.hpp"

#include <algorithm>
#include <limits>

namespace convoy::net {

std::string to_string(const bus_part& part) {
  return part.sender + ' ' + std::to_string(part.message) + ' '
         + std::to_string(part.index) + ' ' + std::to_string(part.count);
}

std::optional<bus_part> parse_bus_part(std::string_view text) {
  bus_part result;
  result.sender = protocol::next_part(text, ' ');
  const auto message = protocol::whole_number(protocol::next_part(text, ' '));
  const auto index = protocol::whole_number(protocol::next_part(text, ' '));
  const auto count = protocol::whole_number(text);
  if (result.sender.empty() || !message || !index || !count || *index >= *count
      || *count > std::numeric_limits<std::uint32_t>::max())
    return std::nullopt;
  result.message = *message;
  result.index = static_cast<std::uint32_t>(*index);
  result.count = static_cast<std::uint32_t>(*count);
  return result;
}

std::optional<std::string> bus_parts::add(const bus_part& part,
                                          std::string_view body,
                                          protocol::instant now) {
  expire(now);
  const key which{part.sender, part.message};
  auto i = open_.find(which);
  if (i == open_.end()) {
    // Its beginning was lost, or has been given up.
    if (part.index != 0)
      return std::nullopt;
    if (open_.size() >= max_senders)
      give_up(std::ranges::min_element(
          open_, {}, [](const auto& each) { return each.second.touched; }));
    i = open_.emplace(which, message{}).first;
  }
  // What it began first is what its sender has least use for.
  while (bytes_of(part.sender) + body.size() > max_bytes) {
    const auto oldest = open_.lower_bound({part.sender, 0});
    const auto is_this = oldest == i;
    give_up(oldest);
    if (is_this)
      return std::nullopt;
  }
  if (part.index != i->second.next) {
    give_up(i);
    return std::nullopt;
  }
  auto& mine = i->second;
  mine.body += body;
  mine.touched = now;
  if (++mine.next < part.count)
    return std::nullopt;
  auto result = std::move(mine.body);
  open_.erase(i);
  return result;
}

void bus_parts::expire(protocol::instant now) {
  for (auto i = open_.begin(); i != open_.end();) {
    const auto which = i++;
    if (now - which->second.touched >= patience)
      give_up(which);
  }
}

std::size_t bus_parts::bytes_of(const std::string& sender) const {
  std::size_t result = 0;
  for (auto i = open_.lower_bound({sender, 0});
       i != open_.end() && i->first.first == sender; ++i)
    result += i->second.body.size();
  return result;
}

void bus_parts::give_up(std::map<key, message>::iterator which) {
  open_.erase(which);
  ++lost_;
}

} // namespace convoy::net
