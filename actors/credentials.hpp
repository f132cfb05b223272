// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace convoy::actors {

/// Bytes of a password.
inline constexpr std::size_t min_password = 10;
inline constexpr std::size_t max_password = 1024;

/// An email as it is compared and stored: trimmed and in lower case.
std::string normal_email(std::string_view text);

/// "", or what is wrong with an email or a password that somebody chose
/// (spec/rest-api.md §4).
std::string email_problem(std::string_view email);
std::string password_problem(std::string_view password);

} // namespace convoy::actors
