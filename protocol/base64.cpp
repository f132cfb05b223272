// SPDX-License-Identifier: Apache-2.0
#include "protocol/base64.hpp"

#include <climits>
#include <openssl/evp.h>

#include <algorithm>

namespace convoy::protocol {

namespace {

/// Three bytes are four characters, and OpenSSL counts in `int`.
constexpr std::size_t max_size = INT_MAX / 2;

bool is_digit(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
         || (c >= '0' && c <= '9') || c == '+' || c == '/';
}

const unsigned char* bytes_of(std::string_view text) noexcept {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes_of(std::string& text) noexcept {
  return reinterpret_cast<unsigned char*>(text.data());
}

} // namespace

std::string encode_base64(std::string_view bytes) {
  if (bytes.empty() || bytes.size() > max_size)
    return {};
  // OpenSSL writes a NUL behind it, where the string has its own.
  std::string result((bytes.size() + 2) / 3 * 4, '\0');
  EVP_EncodeBlock(bytes_of(result), bytes_of(bytes),
                  static_cast<int>(bytes.size()));
  return result;
}

std::optional<std::string> decode_base64(std::string_view text) {
  const auto padding =
      text.size() - std::min(text.find_last_not_of('=') + 1, text.size());
  const auto digits = text.substr(0, text.size() - padding);
  // OpenSSL would skip white space.
  if (text.size() % 4 != 0 || padding > 2 || text.size() > max_size
      || !std::all_of(digits.begin(), digits.end(), is_digit))
    return std::nullopt;
  std::string result(text.size() / 4 * 3, '\0');
  if (!text.empty()
      && EVP_DecodeBlock(bytes_of(result), bytes_of(text),
                         static_cast<int>(text.size()))
             < 0)
    return std::nullopt;
  result.resize(result.size() - padding);
  return result;
}

} // namespace convoy::protocol
