// SPDX-License-Identifier: Apache-2.0
#include "net/log.hpp"
#include "net/nats_bus_impl.hpp"
#include "net/nats_message.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <nats/nats.h>
#include <random>
#include <utility>

// The side of the bus that talks to the library: the worker, whose calls may
// block, and what the library's own threads call.
namespace convoy::net {

namespace {

/// How long the end may take to say what is still to be said.
constexpr std::chrono::milliseconds farewell{1'000};
/// Longer than the library takes to end a connection.
constexpr std::chrono::seconds close_patience{10};

// -- what the library calls ---------------------------------------------------

template <class Bus>
struct closure {
  std::weak_ptr<Bus> owner;
  std::shared_ptr<bus_listener> who;
};

template <class Bus>
void on_message(natsConnection*, natsSubscription*, natsMsg* message,
                void* mine) {
  const auto& to = *static_cast<closure<Bus>*>(mine);
  if (const auto owner = to.owner.lock())
    owner->take(*to.who, message);
  natsMsg_Destroy(message);
}

template <class Bus>
void on_complete(void* mine) {
  delete static_cast<closure<Bus>*>(mine);
}

template <class Bus>
void on_up(natsConnection*, void* mine) {
  static_cast<Bus*>(mine)->up();
}

template <class Bus>
void on_down(natsConnection* which, void* mine) {
  const char* text = nullptr;
  static_cast<Bus*>(mine)->down(natsConnection_GetLastError(which, &text));
}

template <class Bus>
void on_closed(natsConnection* which, void* mine) {
  on_down<Bus>(which, mine);
  static_cast<Bus*>(mine)->end();
}

template <class Bus>
void on_error(natsConnection*, natsSubscription* where, natsStatus what,
              void* mine) {
  if (what != NATS_SLOW_CONSUMER)
    return log::warning("bus-error", {{"reason", natsStatus_GetText(what)}});
  static_cast<Bus*>(mine)->note_slow();
  log::warning("bus-slow", {{"subject", natsSubscription_GetSubject(where)}});
}

} // namespace

std::string nats_bus::impl::start() {
  const auto where = parse_nats_address(settings_.url);
  if (!where.problem.empty())
    return "The URL of NATS: " + where.problem;
  // One thread calls all handlers, so that what one sender says stays in order.
  natsInbox* inbox = nullptr;
  if (nats_SetMessageDeliveryPoolSize(1) != NATS_OK
      || natsInbox_Create(&inbox) != NATS_OK)
    return "The library of NATS does not start.";
  inbox_ = part_.sender = inbox;
  natsInbox_Destroy(inbox);
  options_ = make_nats_options(settings_, where);
  if (!options_)
    return "NATS: the file with credentials or the one with certificates "
           "cannot be used.";
  auto* made = options_.get();
  natsOptions_SetReconnectedCB(made, on_up<impl>, this);
  natsOptions_SetDisconnectedCB(made, on_down<impl>, this);
  natsOptions_SetClosedCB(made, on_closed<impl>, this);
  natsOptions_SetErrorHandler(made, on_error<impl>, this);
  answers_ = std::make_shared<bus_listener>(inbox_ + ".*", nullptr);
  worker_ = std::thread{[this] {
    work();
  }};
  return {};
}

// -- worker -------------------------------------------------------------------

void nats_bus::impl::work() {
  std::minstd_rand random{std::random_device{}()};
  std::uniform_int_distribution jitter{0, 1'000};
  std::unique_lock lock{mutex_};
  while (!stopping_) {
    closed_ = false;
    lock.unlock();
    if (open())
      serve();
    close();
    lock.lock();
    const auto pause = settings_.reconnect_pause;
    work_.wait_for(lock, pause + pause * jitter(random) / 1'000,
                   [this] { return stopping_; });
  }
  lock.unlock();
  nats_ReleaseThreadMemory();
}

/// Until there is a connection, and where the library takes offence (it is not
/// let in twice running), the tries are ours; else they are its own.
bool nats_bus::impl::open() {
  const auto status = natsConnection_Connect(&connection_, options_.get());
  if (status != NATS_OK) {
    down(status);
    return false;
  }
  up();
  attach(answers_);
  std::unique_lock lock{mutex_};
  const auto all = listeners_;
  lock.unlock();
  for (const auto& [key, each] : all)
    attach(each);
  return true;
}

/// Until the connection is closed for good, or nobody wants it.
void nats_bus::impl::serve() {
  std::unique_lock lock{mutex_};
  for (;;) {
    work_.wait(lock, [this] { return stopping_ || closed_ || !jobs_.empty(); });
    if (closed_ || jobs_.empty())
      return;
    const auto batch = std::exchange(jobs_, {});
    queued_bytes_ = 0;
    lock.unlock();
    for (const auto& each : batch)
      run(each);
    lock.lock();
  }
}

void nats_bus::impl::close() {
  if (!connection_)
    return;
  if (connected_)
    natsConnection_FlushTimeout(connection_, farewell.count());
  natsConnection_Close(connection_);
  for (const auto& [who, each] : std::exchange(subscriptions_, {}))
    natsSubscription_Destroy(each);
  // All that the library has to say of it comes before that.
  std::unique_lock lock{mutex_};
  work_.wait_for(lock, close_patience, [this] { return closed_; });
  lock.unlock();
  natsConnection_Destroy(std::exchange(connection_, nullptr));
}

void nats_bus::impl::run(const job& what) {
  switch (what.what) {
  case job::kind::publish:
    return send(what);
  case job::kind::subscribe:
    return attach(what.who);
  case job::kind::unsubscribe:
    return detach(what.who);
  }
}

void nats_bus::impl::send(const job& what) {
  const auto is_request = what.request != 0;
  if (is_request && !connected_)
    return requests_.finish(what.request, bus_failure::disconnected);
  const auto reply_to =
      is_request ? inbox_ + "." + std::to_string(what.request) : "";
  if (send_message(connection_, what.subject, reply_to, *what.body, part_)) {
    meters_.bus_published.add();
    meters_.bus_bytes_published.add(what.body->size());
  } else if (is_request) {
    requests_.finish(what.request, bus_failure::disconnected);
  } else {
    meters_.bus_dropped.add();
  }
}

void nats_bus::impl::attach(const std::shared_ptr<bus_listener>& who) {
  if (subscriptions_.contains(who.get()))
    return;
  if (who != answers_) {
    std::lock_guard guard{mutex_};
    if (!listeners_.contains(who.get()))
      return;
  }
  auto mine =
      std::make_unique<closure<impl>>(closure<impl>{weak_from_this(), who});
  natsSubscription* made = nullptr;
  if (natsConnection_Subscribe(&made, connection_, who->subject().c_str(),
                               on_message<impl>, mine.get())
      != NATS_OK)
    return log::error("bus-not-subscribed", {{"subject", who->subject()}});
  // From here on it is the library's.
  natsSubscription_SetOnCompleteCB(made, on_complete<impl>, mine.release());
  subscriptions_.emplace(who.get(), made);
}

void nats_bus::impl::detach(const std::shared_ptr<bus_listener>& who) {
  const auto i = subscriptions_.find(who.get());
  if (i == subscriptions_.end())
    return;
  natsSubscription_Unsubscribe(i->second);
  natsSubscription_Destroy(i->second);
  subscriptions_.erase(i);
}

// -- the library's threads ----------------------------------------------------

void nats_bus::impl::take(bus_listener& who, natsMsg* message) {
  auto what = read_message(message);
  meters_.bus_received.add();
  if (!what)
    return meters_.bus_dropped.add();
  meters_.bus_bytes_received.add(what->size);
  if (auto& part = what->part) {
    // Who listens twice gets each part twice.
    part->sender +=
        ' ' + std::to_string(reinterpret_cast<std::uintptr_t>(&who));
    std::lock_guard guard{mutex_};
    const auto lost = parts_.lost();
    auto whole =
        parts_.add(*part, what->message.body, std::chrono::steady_clock::now());
    meters_.bus_dropped.add(parts_.lost() - lost);
    if (!whole)
      return;
    what->message.body = std::move(*whole);
  }
  if (&who == answers_.get())
    take_answer(std::move(what->message), what->is_nobody);
  else
    who.tell(std::move(what->message));
}

void nats_bus::impl::take_answer(bus_message what, bool is_nobody) {
  std::string_view digits = what.subject;
  digits.remove_prefix(std::min(digits.size(), inbox_.size() + 1));
  const auto number = protocol::whole_number(digits);
  if (!number)
    return;
  if (is_nobody)
    requests_.finish(*number, bus_failure::no_responders);
  else
    requests_.finish(*number, std::move(what.body));
}

void nats_bus::impl::up() {
  {
    std::lock_guard guard{mutex_};
    problem_.clear();
  }
  ++connects_;
  connected_ = true;
  meters_.bus_connected.set(1);
  meters_.bus_connects.add();
  log::info("bus-connected");
}

void nats_bus::impl::down(natsStatus why) {
  auto text = nats_problem(why);
  connected_ = false;
  meters_.bus_connected.set(0);
  std::unique_lock lock{mutex_};
  if (stopping_ || problem_ == text)
    return;
  problem_ = text;
  lock.unlock();
  log::warning("bus-disconnected", {{"reason", std::move(text)}});
}

void nats_bus::impl::end() {
  std::lock_guard guard{mutex_};
  closed_ = true;
  work_.notify_all();
}

void nats_bus::impl::note_slow() const {
  meters_.bus_dropped.add();
}

} // namespace convoy::net
