// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/nats_address.hpp"
#include "net/nats_bus.hpp"

#include <memory>
#include <nats/nats.h>
#include <string>

namespace convoy::net {

struct nats_options_deleter {
  void operator()(natsOptions* what) const noexcept;
};
using nats_options = std::unique_ptr<natsOptions, nats_options_deleter>;

/// What the library is told of a connection, but for its callbacks. Null when a
/// file of the settings cannot be used.
nats_options make_nats_options(const nats_settings& settings,
                               const nats_address& where);

/// What a `natsStatus` means for whoever runs the node.
std::string nats_problem(natsStatus status);

} // namespace convoy::net
