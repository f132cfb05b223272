// SPDX-License-Identifier: Apache-2.0
#include "actors/node_report.hpp"

#include "actors/ask_store.hpp"
#include "net/metrics.hpp"
#include "protocol/json.hpp"

#include <algorithm>
#include <array>

namespace convoy::actors {

namespace {

/// Who takes longer than this to answer is not well.
constexpr std::chrono::seconds patience{2};

/// Events that may wait for the store before the node is behind.
constexpr std::int64_t most_waiting = 20'000;

/// What cannot be below zero, as JSON has it.
std::uint64_t whole(std::int64_t value) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(value, 0));
}

} // namespace

void node_report_state::start(node_ptr home, report_wish wish,
                              reply_function reply) {
  node_ = std::move(home);
  wish_ = std::move(wish);
  reply_ = std::move(reply);
  ask_reader();
  if (node_->lease)
    ask_lease();
  if (wish_.all && node_->registry)
    ask_registry();
}

std::string node_report_state::reason(const caf::error& why) const {
  return self_->system().render(why);
}

/// It is read here, and somebody always looks whether it can be written.
void node_report_state::ask_reader() {
  ++open_;
  const auto fail = [this](const caf::error& why) {
    store_ = reason(why);
    done();
  };
  self_->request(node_->reader(0), patience, ping_store{})
      .then(
          [this, fail](bool) {
            self_->request(node_->store_watch, patience, ping_store{})
                .then(
                    [this](const store_is& now) {
                      store_ = now.reason;
                      done();
                    },
                    fail);
          },
          fail);
}

void node_report_state::ask_lease() {
  ++open_;
  self_->request(node_->lease, patience, get_lease{})
      .then(
          [this](const lease_is& now) {
            epoch_ = now.epoch;
            if (epoch_ == 0)
              lease_ = "This node has no lease: it may hold nobody.";
            done();
          },
          [this](const caf::error& why) {
            lease_ = reason(why);
            done();
          });
}

void node_report_state::ask_registry() {
  ++open_;
  ask_store(
      self_, node_->registry,
      [](store::database& db) { return db.fleet().nodes(); },
      [this](std::vector<store::node_row> found) {
        nodes_ = std::move(found);
        done();
      },
      [this](const caf::error&) {
        // The checks say what is wrong.
        done();
      },
      patience);
}

void node_report_state::done() {
  if (--open_ > 0)
    return;
  auto is_ready = true;
  auto text = encode(is_ready);
  node_->meters->ready.set(is_ready ? 1 : 0);
  reply_({is_ready ? 200u : 503u, std::move(text)});
}

std::string node_report_state::encode(bool& is_ready) const {
  const auto& meters = *node_->meters;
  protocol::json_writer out;
  out.begin_object().field("version", std::string_view{node_->version});
  out.key("checks").begin_object();
  const auto check = [&](const char* what, std::string_view problem) {
    out.field(what, problem.empty() ? "ok" : problem);
    is_ready = is_ready && problem.empty();
  };
  check("draining", wish_.draining);
  check("store", store_);
  const auto waiting = meters.uncommitted_events.value();
  check("store_lag",
        waiting <= most_waiting
            ? ""
            : std::to_string(waiting) + " events wait for the store.");
  // Nobody is asked before the schema is.
  check("migrations", "");
  if (node_->lease)
    check("lease", lease_);
  const auto bus = node_->bus ? node_->bus->problem() : std::string{};
  // One that was lost is lost to all nodes: each of them still serves those
  // who live there, and people must be sent to somebody.
  const auto has_lost_bus = !bus.empty() && node_->bus->connects() > 0;
  if (node_->bus && !has_lost_bus)
    check("bus", bus);
  out.end_object();
  if (has_lost_bus)
    out.key("warnings").begin_object().field("bus", bus).end_object();
  out.field("ready", is_ready);
  if (!wish_.all)
    return out.end_object().take();
  out.field("node", std::string_view{wish_.node_name})
      .field("sessions", whole(meters.sessions.value()))
      .field("users", whole(meters.users.value()))
      .field("homes", whole(meters.homes.value()))
      .field("waiting_events", whole(waiting))
      .field("waiting_connects", whole(meters.dial_queue.value()));
  out.key("process").begin_object();
  for (const auto& [figure, value] : node_->process_figures())
    out.field(figure, value);
  out.end_object();
  if (epoch_ != 0)
    out.key("lease").begin_object().field("epoch", whole(epoch_));
  if (const auto end = meters.lease.value(); epoch_ != 0 && end)
    out.field("milliseconds_left",
              whole(std::chrono::duration_cast<std::chrono::milliseconds>(
                        *end - self_->clock().now())
                        .count()));
  if (epoch_ != 0)
    out.end_object();
  out.key("nodes").begin_array();
  for (const auto& each : nodes_)
    out.begin_object()
        .field("name", std::string_view{each.name})
        .field("version", std::string_view{each.version})
        .field("epoch", whole(each.epoch))
        .field("homes", whole(each.homes))
        .field("draining", each.draining)
        .end_object();
  return out.end_array().end_object().take();
}

caf::behavior node_report(caf::stateful_actor<node_report_state>* self,
                          node_ptr home, report_wish wish,
                          node_report_state::reply_function reply) {
  self->state.start(std::move(home), std::move(wish), std::move(reply));
  // Without a behaviour it lives for as long as it waits for replies.
  return {};
}

} // namespace convoy::actors
