// SPDX-License-Identifier: Apache-2.0
#include "actors/store_watch.hpp"

#include "actors/node.hpp"
#include "actors/strays.hpp"
#include "net/log.hpp"

#include <caf/sec.hpp>

namespace convoy::actors {

namespace {

constexpr std::chrono::seconds pause{1};

/// A store that has not answered for so many pauses is out of order.
constexpr unsigned patience = 5;

constexpr const char* silence = "The store does not answer.";

std::string reason_of(const caf::actor_system& system, const caf::error& why) {
  if (why == caf::sec::request_timeout)
    return silence;
  // What the archive says is a text.
  return why.context().match_elements<std::string>()
             ? why.context().get_as<std::string>(0)
             : system.render(why);
}

} // namespace

caf::behavior store_watch_state::start(caf::actor archive,
                                       caf::actor directory) {
  archive_ = std::move(archive);
  directory_ = std::move(directory);
  survive_strays(self_);
  self_->delayed_send(self_, pause, tick{});
  return {
      [this](const tick&) { on_tick(); },
      [this](const ping_store&) {
        return store_is{problem_.empty(), problem_};
      },
  };
}

void store_watch_state::on_tick() {
  self_->delayed_send(self_, pause, tick{});
  if (!is_open_)
    ask();
  else if (++waited_ == patience)
    on_answer(silence);
}

void store_watch_state::ask() {
  is_open_ = true;
  waited_ = 0;
  self_->request(archive_, store_deadline, ping_store{})
      .then(
          [this](bool) {
            is_open_ = false;
            on_answer({});
          },
          [this](const caf::error& why) {
            is_open_ = false;
            on_answer(reason_of(self_->system(), why));
          });
}

void store_watch_state::on_answer(const std::string& problem) {
  if (problem == problem_)
    return;
  const auto was_well = problem_.empty();
  problem_ = problem;
  if (was_well)
    net::log::error("store-unavailable", {{"reason", problem}});
  else if (problem.empty())
    net::log::info("store-available");
  self_->send(directory_, store_is{problem.empty(), problem});
}

caf::behavior store_watch(caf::stateful_actor<store_watch_state>* self,
                          caf::actor archive, caf::actor directory) {
  return self->state.start(std::move(archive), std::move(directory));
}

} // namespace convoy::actors
