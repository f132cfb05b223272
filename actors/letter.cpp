// SPDX-License-Identifier: Apache-2.0
#include "actors/letter.hpp"

#include "actors/messages.hpp"

#include <caf/actor_cast.hpp>
#include <caf/send.hpp>

#include <algorithm>

namespace convoy::actors {

std::string subject_of(protocol::user_id user) {
  return "convoy.user." + to_string(user);
}

std::string events_of(protocol::user_id user, protocol::ts_format format) {
  return subject_of(user) + ".events." + std::string{name_of(format)};
}

std::string_view name_of(protocol::ts_format format) {
  return format == protocol::ts_format::iso ? "iso" : "epoch";
}

protocol::ts_format format_of(std::string_view name) {
  return name == "iso" ? protocol::ts_format::iso : protocol::ts_format::epoch;
}

letter open_letter(std::string_view text) {
  const auto end = std::min(text.find('\n'), text.size());
  return {text.substr(0, end), text.substr(std::min(end + 1, text.size()))};
}

net::payload seal_letter(std::string_view head, std::string_view body) {
  std::string text;
  text.reserve(head.size() + 1 + body.size());
  text += head;
  text += '\n';
  text += body;
  return std::make_shared<const std::string>(std::move(text));
}

std::unique_ptr<net::bus_subscription>
listen(net::bus& bus, std::string_view subject, const caf::actor& who) {
  // Weak, for the actor holds the subscription.
  return bus.subscribe(subject, [to = who.address()](net::bus_message what) {
    if (const auto actor = caf::actor_cast<caf::actor>(to))
      caf::anon_send(actor, bus_delivery{std::move(what)});
  });
}

void ask_bus(net::bus& bus, std::string_view subject, net::payload body,
             std::chrono::milliseconds deadline, const caf::actor& who,
             std::uint64_t ticket) {
  bus.request(subject, std::move(body), deadline,
              [to = who.address(), ticket](net::bus_answer answer) {
                if (const auto actor = caf::actor_cast<caf::actor>(to))
                  caf::anon_send(actor, bus_result{ticket, std::move(answer)});
              });
}

} // namespace convoy::actors
