// SPDX-License-Identifier: Apache-2.0
#include "actors/health.hpp"

#include "actors/messages.hpp"
#include "protocol/json.hpp"
#include "protocol/rest_json.hpp"

#include <caf/actor_system.hpp>
#include <caf/event_based_actor.hpp>

namespace convoy::actors {

namespace {

using reply_function = std::function<void(protocol::http_response)>;

/// A store that takes longer than this is not ready.
constexpr std::chrono::seconds ping_deadline{2};

struct check {
  const char* name;
  std::string problem; ///< "" when all is well
};

protocol::http_response report(const node& home,
                               const std::vector<check>& checks) {
  auto ready = true;
  protocol::json_writer out;
  out.begin_object().field("version", std::string_view{home.version});
  out.key("checks").begin_object();
  for (const auto& each : checks) {
    out.field(each.name, each.problem.empty() ? std::string_view{"ok"}
                                              : std::string_view{each.problem});
    ready = ready && each.problem.empty();
  }
  out.end_object().field("ready", ready).end_object();
  return {ready ? 200u : 503u, out.take()};
}

void answer_readiness(caf::event_based_actor* self, node_ptr home,
                      bool draining, reply_function reply) {
  const check stopping{"draining", draining ? "The node stops." : ""};
  const auto tell = [=](const std::string& problem) {
    reply(report(*home, {stopping, {"store", problem}}));
  };
  const auto fail = [=](const caf::error& why) {
    tell(self->system().render(why));
  };
  // It is read here, and somebody always looks whether it can be written.
  self->request(home->reader(0), ping_deadline, ping_store{})
      .then(
          [=](bool) {
            self->request(home->store_watch, ping_deadline, ping_store{})
                .then([=](const store_is& now) { tell(now.reason); }, fail);
          },
          fail);
}

} // namespace

std::function<void(protocol::http_request, reply_function)>
make_health_handler(caf::actor_system& system, node_ptr home,
                    std::shared_ptr<const std::atomic<bool>> draining) {
  return [&system, home = std::move(home), draining = std::move(draining)](
             const protocol::http_request& request, reply_function reply) {
    const auto is = [&](std::string_view name) {
      return request.path.size() == 1 && request.path[0] == name;
    };
    if (is("healthz"))
      return reply(report(*home, {}));
    if (is("readyz")) {
      system.spawn(answer_readiness, home, draining->load(), std::move(reply));
      return;
    }
    reply({404, protocol::encode_errors({{"Not found.", "/"}})});
  };
}

} // namespace convoy::actors
