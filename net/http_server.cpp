// SPDX-License-Identifier: Apache-2.0
#include "net/http_server.hpp"

#include "net/http_listener.hpp"
#include "net/http_service.hpp"

#include <utility>

namespace convoy::net {

namespace {

/// How many at a time are told that there is no room.
constexpr std::size_t max_refused = 256;
/// So many people share what is held of bodies.
constexpr std::size_t fewest_holders = 4;

std::shared_ptr<byte_budget> budget_of(std::size_t most) {
  return std::make_shared<byte_budget>(most, most / fewest_holders);
}

} // namespace

struct http_server::impl {
  explicit impl(runtime& loop, http_settings settings)
      : service(std::make_shared<http_service>()), context(loop.context()) {
    service->registry =
        std::make_shared<connection_registry>(settings.max_connections);
    service->refused = std::make_shared<connection_registry>(max_refused);
    service->uploads = budget_of(settings.max_upload_bytes_held);
    service->large_answers = budget_of(settings.max_answer_bytes_held);
    if (!settings.web_root.empty())
      service->files = static_files(settings.web_root);
    service->settings = std::move(settings);
  }

  std::shared_ptr<http_service> service;
  asio::io_context& context;
  std::shared_ptr<http_listener> listener;
};

http_server::http_server(runtime& loop, http_settings settings,
                         std::shared_ptr<gateway> routes)
    : impl_(std::make_unique<impl>(loop, std::move(settings))) {
  impl_->service->routes = std::move(routes);
}

http_server::http_server(runtime& loop, http_settings settings,
                         http_handler handler)
    : impl_(std::make_unique<impl>(loop, std::move(settings))) {
  impl_->service->handler = std::move(handler);
}

http_server::~http_server() {
  stop_listening();
  shut_connections();
}

std::string http_server::start() {
  if (auto wrong = change(impl_->service->settings); !wrong.empty())
    return wrong;
  impl_->listener =
      std::make_shared<http_listener>(impl_->context, impl_->service);
  return impl_->listener->start();
}

std::string http_server::change(const http_settings& settings) {
  http_policy fresh{{},
                    settings.allowed_origins,
                    settings.content_security_policy,
                    settings.log_requests};
  for (const auto& proxy : settings.trusted_proxies)
    if (!fresh.trusted_proxies.add(proxy))
      return "Not an address, a CIDR block or a known word: " + proxy + ".";
  impl_->service->policy.set(std::move(fresh));
  return {};
}

std::uint16_t http_server::port() const noexcept {
  return impl_->listener ? impl_->listener->port() : std::uint16_t{0};
}

void http_server::stop_listening() {
  if (impl_->listener)
    impl_->listener->stop();
}

void http_server::leave_connections() {
  impl_->service->registry->leave_all();
}

void http_server::shut_connections() {
  impl_->service->registry->shut_all();
  impl_->service->refused->shut_all();
}

std::size_t http_server::connections() const {
  return impl_->service->registry->size();
}

} // namespace convoy::net
