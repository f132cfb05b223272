// SPDX-License-Identifier: Apache-2.0
#include "protocol/page_route.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace convoy::protocol {

namespace {

constexpr std::array<std::string_view, 5> pages{"", "login", "register",
                                                "search", "help"};

bool is_status_of_error(std::string_view text) {
  return text.size() == 3 && (text[0] == '4' || text[0] == '5')
         && std::ranges::all_of(text,
                                [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

bool is_page(const std::vector<std::string>& path) {
  if (path.empty())
    return true;
  const std::string_view first = path.front();
  if (first == "chat" || first == "settings")
    return true;
  if (first == "err")
    return path.size() == 2;
  return path.size() == 1 && std::ranges::count(pages, first) != 0;
}

unsigned status_of_page(const std::vector<std::string>& path) {
  constexpr unsigned ok = 200;
  constexpr unsigned not_found = 404;
  if (path.size() != 2 || path.front() != "err")
    return ok;
  if (path.back() == "not_found")
    return not_found;
  return is_status_of_error(path.back())
             ? static_cast<unsigned>(std::stoul(path.back()))
             : ok;
}

} // namespace convoy::protocol
