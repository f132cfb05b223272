// SPDX-License-Identifier: Apache-2.0
#include "net/request_note.hpp"

#include "net/log.hpp"
#include "net/trace_id.hpp"
#include "protocol/trace_context.hpp"

#include <chrono>
#include <string_view>

namespace convoy::net {

namespace {

/// What a target is for, as far as it shows.
request_class class_of(std::string_view target) {
  const auto is_below = [&](std::string_view folder) {
    return target.starts_with(folder)
           && (target.size() == folder.size()
               || std::string_view{"/?."}.find(target[folder.size()])
                      != std::string_view::npos);
  };
  return is_below("/api")      ? request_class::api
         : is_below("/events") ? request_class::events
         : is_below("/file")   ? request_class::file
                               : request_class::content;
}

/// What the log may say of a target: where it begins. Further on there may be
/// names of files and people, and in a query what was searched for.
std::string_view beginning_of(std::string_view target) {
  target = target.substr(0, target.find('?'));
  const auto second = target.find('/', 1);
  if (target.substr(0, second) != "/api" || second == std::string_view::npos)
    return target.substr(0, second);
  return target.substr(0, target.find('/', second + 1));
}

} // namespace

request_note::request_note(const http_service& service)
    : service_(&service),
      trace_id_(make_trace_id()),
      asked_(service.settings.clock().steady) {
  // nop
}

void request_note::read(const beast_request& head) {
  const auto given = protocol::trace_id_of(to_view(head["traceparent"]));
  if (!given.empty())
    trace_id_ = given;
  class_ = service_->handler ? request_class::internal
                             : class_of(to_view(head.target()));
  complete();
}

void request_note::complete() {
  asked_ = service_->settings.clock().steady;
}

void request_note::is_page() {
  if (class_ == request_class::content)
    class_ = request_class::page;
}

void request_note::answered(unsigned status, const beast_request* head,
                            const boost::asio::ip::address& peer) const {
  const auto& settings = service_->settings;
  const auto time = settings.clock().steady - asked_;
  settings.counts->http_requests(class_, status).add();
  settings.counts->http_request(class_).add(time);
  if (!head || !service_->policy.get()->log_requests)
    return;
  const auto microseconds =
      std::chrono::duration_cast<std::chrono::microseconds>(time).count();
  log::info("http-request",
            {{"method", std::string(to_view(head->method_string()))},
             {"path", std::string(beginning_of(to_view(head->target())))},
             {"status", std::to_string(status)},
             {"microseconds", std::to_string(microseconds)},
             {"peer", peer.to_string()},
             {"trace_id", trace_id_}});
}

} // namespace convoy::net
