// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/upgrade.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

namespace convoy::bench {

std::string_view header_field(std::string_view request, std::string_view name) {
  for (auto at = request.find(name); at != std::string_view::npos;
       at = request.find(name, at + 1)) {
    auto rest = request.substr(at + name.size());
    if (at < 2 || request.substr(at - 2, 2) != "\r\n"
        || !rest.starts_with(": "))
      continue;
    rest.remove_prefix(2);
    return rest.substr(0, rest.find("\r\n"));
  }
  return {};
}

std::string upgrade_answer(std::string_view key) {
  const auto text = std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(),
                 nullptr)
      != 1)
    throw std::runtime_error("no SHA-1");
  std::array<unsigned char, 2 * EVP_MAX_MD_SIZE> accept{};
  EVP_EncodeBlock(accept.data(), digest.data(), static_cast<int>(size));
  return std::string("HTTP/1.1 101 Switching Protocols\r\n"
                     "Upgrade: websocket\r\n"
                     "Connection: Upgrade\r\n"
                     "Sec-WebSocket-Accept: ")
         + reinterpret_cast<const char*>(accept.data()) + "\r\n\r\n";
}

std::size_t cookie_user(std::string_view cookies) {
  constexpr std::string_view name = "convos=u";
  std::size_t number = 0;
  const auto at = cookies.find(name);
  if (at != std::string_view::npos)
    std::from_chars(cookies.data() + at + name.size(),
                    cookies.data() + cookies.size(), number);
  if (number == 0)
    throw std::runtime_error("no user in the cookie " + std::string(cookies));
  return number - 1;
}

} // namespace convoy::bench
