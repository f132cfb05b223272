// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/fleet_messages.hpp"
#include "net/bus.hpp"
#include "protocol/ids.hpp"
#include "protocol/json.hpp"

#include <caf/actor.hpp>
#include <caf/actor_addr.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace convoy::actors {

// -- subjects -----------------------------------------------------------------

/// What every node hears.
inline constexpr std::string_view everybody = "convoy.all";
/// Commands for a user, at their home.
std::string subject_of(protocol::user_id user);
/// What is shown of a user, from their home.
std::string events_of(protocol::user_id user, protocol::ts_format format);

/// "epoch" and "iso", as a client asks for them.
std::string_view name_of(protocol::ts_format format);
/// The format of that name; `epoch` for others.
protocol::ts_format format_of(std::string_view name);

// -- what travels -------------------------------------------------------------

/// A JSON object in one line, and behind it what it is about, as it is.
struct letter {
  std::string_view head;
  std::string_view body;
};

letter open_letter(std::string_view text);
net::payload seal_letter(std::string_view head, std::string_view body = {});

// -- between the bus and an actor ---------------------------------------------

/// What comes goes to `who` as `bus_delivery`, for as long as both live.
[[nodiscard]] std::unique_ptr<net::bus_subscription>
listen(net::bus& bus, std::string_view subject, const caf::actor& who);
/// The answer goes to `who` as `bus_result`.
void ask_bus(net::bus& bus, std::string_view subject, net::payload body,
             std::chrono::milliseconds deadline, const caf::actor& who,
             std::uint64_t ticket);

} // namespace convoy::actors
