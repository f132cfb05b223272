// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/websocket_frame.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace convoy::bench {

namespace {

constexpr unsigned final_fragment = 0x80;
constexpr unsigned mask_bit = 0x80;
constexpr std::size_t short_limit = 125;
constexpr std::size_t medium_limit = 65'535;
constexpr std::size_t medium = 126;
constexpr std::size_t large = 127;
constexpr std::size_t key_size = 4;

/// A big-endian number.
std::size_t number(std::string_view bytes) {
  std::size_t result = 0;
  for (const char byte : bytes)
    result = result << 8 | static_cast<unsigned char>(byte);
  return result;
}

void append_header(std::string& out, opcode code, std::size_t size,
                   unsigned mask) {
  out += static_cast<char>(final_fragment | static_cast<unsigned>(code));
  std::size_t length_bytes = 0;
  if (size > medium_limit)
    length_bytes = 8;
  else if (size > short_limit)
    length_bytes = 2;
  const auto shown =
      length_bytes == 0 ? size : (length_bytes == 2 ? medium : large);
  out += static_cast<char>(mask | static_cast<unsigned>(shown));
  for (; length_bytes > 0; --length_bytes)
    out += static_cast<char>(size >> (8 * (length_bytes - 1)) & 0xff);
}

} // namespace

std::optional<websocket_frame> first_frame(std::string_view bytes) {
  if (bytes.size() < 2)
    return std::nullopt;
  websocket_frame frame;
  frame.code = static_cast<opcode>(bytes[0] & 0x0f);
  frame.masked = (static_cast<unsigned char>(bytes[1]) & mask_bit) != 0;
  std::size_t size = static_cast<unsigned char>(bytes[1]) & ~mask_bit;
  std::size_t header = 2;
  if (size >= medium) {
    const std::size_t length_bytes = size == medium ? 2 : 8;
    if (bytes.size() < header + length_bytes)
      return std::nullopt;
    size = number(bytes.substr(header, length_bytes));
    header += length_bytes;
  }
  if (frame.masked) {
    if (bytes.size() < header + key_size)
      return std::nullopt;
    std::memcpy(&frame.key, bytes.data() + header, key_size);
    header += key_size;
  }
  if (bytes.size() - std::min(header, bytes.size()) < size)
    return std::nullopt;
  frame.payload = bytes.substr(header, size);
  frame.size = header + size;
  return frame;
}

void append_header(std::string& out, opcode code, std::size_t size) {
  append_header(out, code, size, 0);
}

void append_masked(std::string& out, opcode code, std::string_view payload) {
  append_header(out, code, payload.size(), mask_bit);
  out.append(key_size, '\0');
  out += payload;
}

std::string unmasked(const websocket_frame& frame) {
  std::string result(frame.payload);
  std::array<char, key_size> key{};
  std::memcpy(key.data(), &frame.key, key_size);
  for (std::size_t i = 0; i < result.size(); ++i)
    result[i] = static_cast<char>(result[i] ^ key[i % key_size]);
  return result;
}

} // namespace convoy::bench
