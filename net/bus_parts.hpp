// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/time.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace convoy::net {

/// Which part of which message it is.
struct bus_part {
  std::string sender;
  std::uint64_t message = 0; ///< counts up, of that sender
  std::uint32_t index = 0;   ///< from 0 on
  std::uint32_t count = 0;   ///< of all its parts
};

/// The value of the header `Convoy-Part`: `SENDER MESSAGE INDEX COUNT`.
std::string to_string(const bus_part& part);
std::optional<bus_part> parse_bus_part(std::string_view text);

/// Puts together what was too large for one message of the bus. The parts of a
/// message come in order, or not at all.
class bus_parts {
public:
  /// Bytes of one message, and of all that one sender has begun.
  static constexpr std::size_t max_bytes = std::size_t{64} * 1024 * 1024;
  static constexpr std::size_t max_senders = 1'024;
  /// A message whose next part does not come for so long is given up.
  static constexpr std::chrono::seconds patience{30};

  /// The whole message when this was its last part. What is given up is counted
  /// in `lost`.
  std::optional<std::string> add(const bus_part& part, std::string_view body,
                                 protocol::instant now);
  /// Gives up what is too old.
  void expire(protocol::instant now);
  std::size_t lost() const noexcept {
    return lost_;
  }
  bool is_empty() const noexcept {
    return open_.empty();
  }

private:
  struct message {
    std::uint32_t next = 0;
    std::string body;
    protocol::instant touched{};
  };
  using key = std::pair<std::string, std::uint64_t>;

  std::size_t bytes_of(const std::string& sender) const;
  void give_up(std::map<key, message>::iterator which);

  std::map<key, message> open_;
  std::size_t lost_ = 0;
};

} // namespace convoy::net
