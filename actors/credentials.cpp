// SPDX-License-Identifier: Apache-2.0
#include "actors/credentials.hpp"

#include "protocol/email.hpp"
#include "protocol/text.hpp"

namespace convoy::actors {

std::string normal_email(std::string_view text) {
  return protocol::to_lower(protocol::trim(text));
}

std::string email_problem(std::string_view email) {
  return protocol::is_email(email) ? "" : "Does not match email format.";
}

std::string password_problem(std::string_view password) {
  const auto say = [&](const char* how, std::size_t bound) {
    return std::string{"String is too "} + how + ": "
           + std::to_string(password.size()) + "/" + std::to_string(bound)
           + ".";
  };
  if (password.size() < min_password)
    return say("short", min_password);
  return password.size() > max_password ? say("long", max_password) : "";
}

} // namespace convoy::actors
