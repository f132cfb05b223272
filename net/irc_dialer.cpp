// SPDX-License-Identifier: Apache-2.0
#include "net/irc_dialer.hpp"

#include "net/client_certificate.hpp"
#include "net/irc_socket.hpp"

#include <utility>

namespace convoy::net {

struct irc_dialer::impl {
  impl(runtime& loop, irc_dialer_settings settings)
      : context(loop.context()),
        service(std::make_shared<dial_service>()),
        names(settings.lookup_threads, settings.max_lookups) {
    service->settings = std::move(settings);
  }

  asio::io_context& context;
  std::shared_ptr<dial_service> service;
  name_lookup names;
};

irc_dialer::irc_dialer(runtime& loop, irc_dialer_settings settings)
    : impl_(std::make_unique<impl>(loop, std::move(settings))) {
  // nop
}

irc_dialer::~irc_dialer() = default;

std::string irc_dialer::start() {
  return trust(impl_->service->settings.ca_file);
}

std::string irc_dialer::trust(const std::string& ca_file) {
  tls_context fresh;
  auto wrong = fresh.load(ca_file);
  if (wrong.empty())
    impl_->service->tls.set(std::move(fresh));
  return wrong;
}

std::shared_ptr<irc_link>
irc_dialer::connect(irc_endpoint where,
                    std::shared_ptr<irc_observer> observer) {
  auto socket = std::make_shared<irc_socket>(
      impl_->context, impl_->service, std::move(where), std::move(observer));
  socket->start(impl_->names);
  return socket;
}

client_certificate irc_dialer::make_certificate(const std::string& name) {
  return make_client_certificate(name);
}

std::optional<client_certificate>
irc_dialer::read_certificate(const std::string& pem) {
  return read_client_certificate(pem);
}

} // namespace convoy::net
