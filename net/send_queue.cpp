// SPDX-License-Identifier: Apache-2.0
#include "net/send_queue.hpp"

#include <algorithm>
#include <string_view>

namespace convoy::net {

bool send_queue::push(const std::vector<std::string>& lines,
                      std::uint64_t mark) {
  constexpr std::string_view forbidden{"\r\n\0", 3};
  for (const auto& line : lines) {
    if (line.find_first_of(forbidden) != std::string::npos) {
      ++refused_;
      continue;
    }
    waiting_.append(line).append("\r\n");
    queued_ += line.size() + 2;
  }
  marks_.emplace_back(queued_, mark);
  return queued_ - written_ <= bound_;
}

std::vector<std::uint64_t> send_queue::advance(std::size_t bytes) {
  written_ += bytes;
  auto end = std::find_if(marks_.begin(), marks_.end(),
                          [&](const auto& x) { return x.first > written_; });
  std::vector<std::uint64_t> out;
  for (auto i = marks_.begin(); i != end; ++i)
    out.push_back(i->second);
  marks_.erase(marks_.begin(), end);
  return out;
}

} // namespace convoy::net
