// SPDX-License-Identifier: Apache-2.0
#include "net/line_cutter.hpp"

#include <algorithm>
#include <utility>

namespace convoy::net {

namespace {

/// Where the first line of `bytes` ends: two searches that the C library does
/// fast, in place of one for either character that it does not.
std::size_t end_of_line(std::string_view bytes) {
  const auto end = bytes.find('\n');
  return std::min(end, bytes.substr(0, end).find('\r'));
}

} // namespace

void line_cutter::feed(std::string_view bytes,
                       const std::function<void(std::string_view)>& on_line) {
  while (!bytes.empty()) {
    auto end = end_of_line(bytes);
    auto part = bytes.substr(0, end);
    if (!skipping_ && partial_.size() + part.size() > max_line_) {
      ++dropped_;
      skipping_ = true;
      partial_ = {};
    }
    if (end == std::string_view::npos) {
      if (!skipping_)
        partial_.append(part);
      return;
    }
    if (!skipping_ && !partial_.empty()) {
      // The string goes: an idle connection keeps no memory for lines.
      auto line = std::exchange(partial_, {});
      on_line(line.append(part));
    } else if (!skipping_ && !part.empty()) {
      on_line(part);
    }
    skipping_ = false;
    bytes.remove_prefix(end + 1);
  }
}

} // namespace convoy::net
