// SPDX-License-Identifier: Apache-2.0
#include "actors/credentials.hpp"

#include "protocol/text.hpp"

#include <algorithm>

namespace convoy::actors {

namespace {

constexpr std::size_t max_email = 254;

} // namespace

bool is_email(std::string_view text) {
  const auto at = text.find('@');
  return text.size() <= max_email && at != std::string_view::npos && at > 0
         && at + 1 < text.size()
         && text.find('@', at + 1) == std::string_view::npos
         && std::ranges::none_of(text, [](char c) {
              return static_cast<unsigned char>(c) <= ' ' || c == 0x7f
                     || c == '/';
            });
}

std::string normal_email(std::string_view text) {
  return protocol::to_lower(protocol::trim(text));
}

std::string email_problem(std::string_view email) {
  return is_email(email) ? "" : "Does not match email format.";
}

std::string password_problem(std::string_view password) {
  if (password.size() < min_password)
    return "String is too short: " + std::to_string(password.size()) + "/"
           + std::to_string(min_password) + ".";
  return password.size() > max_password ? "String is too long." : "";
}

} // namespace convoy::actors
