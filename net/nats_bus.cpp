// SPDX-License-Identifier: Apache-2.0
#include "net/nats_bus.hpp"

#include "net/nats_bus_impl.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace convoy::net {

// -- from outside -------------------------------------------------------------

void nats_bus::impl::stop() {
  {
    std::lock_guard guard{mutex_};
    stopping_ = true;
    work_.notify_all();
  }
  if (worker_.joinable())
    worker_.join();
  std::unique_lock lock{mutex_};
  const auto all = std::exchange(listeners_, {});
  lock.unlock();
  for (const auto& [key, each] : all)
    each->let_go();
  requests_.finish_all();
}

bool nats_bus::impl::has_room(const payload& body) const {
  const auto room =
      connected_ ? settings_.max_queue : settings_.reconnect_buffer;
  return !stopping_ && queued_bytes_ + body->size() <= room;
}

void nats_bus::impl::queue(job what) {
  if (what.body)
    queued_bytes_ += what.body->size();
  jobs_.push_back(std::move(what));
  work_.notify_all();
}

void nats_bus::impl::publish(std::string_view subject, payload body) {
  std::lock_guard guard{mutex_};
  if (!has_room(body))
    return meters_.bus_dropped.add();
  queue({job::kind::publish, std::string{subject}, std::move(body), 0, {}});
}

void nats_bus::impl::request(std::string_view subject, payload body,
                             std::chrono::milliseconds deadline,
                             std::function<void(bus_answer)> done) {
  std::lock_guard guard{mutex_};
  if (!connected_ || !has_room(body)
      || requests_.size() >= settings_.max_requests)
    return asio::post(
        loop_, [done = std::move(done)] { done(bus_failure::disconnected); });
  const auto number = requests_.add(deadline, std::move(done));
  queue(
      {job::kind::publish, std::string{subject}, std::move(body), number, {}});
}

void nats_bus::impl::add(std::shared_ptr<bus_listener> who) {
  std::lock_guard guard{mutex_};
  if (stopping_)
    return;
  listeners_.emplace(who.get(), who);
  queue({job::kind::subscribe, {}, nullptr, 0, std::move(who)});
}

void nats_bus::impl::remove(const std::shared_ptr<bus_listener>& who) {
  who->let_go();
  std::lock_guard guard{mutex_};
  if (listeners_.erase(who.get()) > 0)
    queue({job::kind::unsubscribe, {}, nullptr, 0, who});
}

std::string nats_bus::impl::problem() const {
  std::lock_guard guard{mutex_};
  return problem_;
}

// -- nats_bus -----------------------------------------------------------------

namespace {

template <class Bus>
class subscription final : public bus_subscription {
public:
  subscription(std::shared_ptr<Bus> owner, std::shared_ptr<bus_listener> who)
      : owner_(std::move(owner)), who_(std::move(who)) {
    owner_->add(who_);
  }
  ~subscription() override {
    owner_->remove(who_);
  }
  subscription(const subscription&) = delete;
  subscription& operator=(const subscription&) = delete;

private:
  std::shared_ptr<Bus> owner_;
  std::shared_ptr<bus_listener> who_;
};

} // namespace

nats_bus::nats_bus(runtime& loop, nats_settings settings, const meters& what)
    : impl_(std::make_shared<impl>(loop, std::move(settings), what)) {
  // nop
}

nats_bus::~nats_bus() {
  stop();
}

std::string nats_bus::start() {
  return impl_->start();
}

void nats_bus::stop() {
  impl_->stop();
}

void nats_bus::publish(std::string_view subject, payload body) {
  impl_->publish(subject, std::move(body));
}

void nats_bus::request(std::string_view subject, payload body,
                       std::chrono::milliseconds deadline,
                       std::function<void(bus_answer)> done) {
  impl_->request(subject, std::move(body), deadline, std::move(done));
}

std::unique_ptr<bus_subscription>
nats_bus::subscribe(std::string_view subject,
                    std::function<void(bus_message)> take) {
  return std::make_unique<subscription<impl>>(
      impl_,
      std::make_shared<bus_listener>(std::string{subject}, std::move(take)));
}

std::string nats_bus::problem() const {
  return impl_->problem();
}

std::uint64_t nats_bus::connects() const {
  return impl_->connects();
}

} // namespace convoy::net
