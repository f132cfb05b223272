// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/bus.hpp"
#include "net/bus_parts.hpp"

#include <cstddef>
#include <nats/nats.h>
#include <optional>
#include <string>
#include <string_view>

namespace convoy::net {

/// What came over NATS.
struct nats_message {
  bus_message message;
  std::size_t size = 0; ///< bytes, also of what is only a part
  std::optional<bus_part> part{};
  /// It is the server's word that nobody listens.
  bool is_nobody = false;
};

/// Nothing for what says that it is a part and does not say of what.
std::optional<nats_message> read_message(natsMsg* from);

/// Hands `body` to the library, in as many messages as the server makes of it.
/// `part` says who we are, and is counted on when there are several; `reply_to`
/// may be "". False when nobody gets it.
bool send_message(natsConnection* to, const std::string& subject,
                  const std::string& reply_to, std::string_view body,
                  bus_part& part);

} // namespace convoy::net
