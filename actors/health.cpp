// SPDX-License-Identifier: Apache-2.0
#include "actors/health.hpp"

#include "actors/node_report.hpp"
#include "net/log.hpp"
#include "net/metrics.hpp"
#include "protocol/json.hpp"
#include "protocol/rest_json.hpp"

#include <caf/actor_system.hpp>

namespace convoy::actors {

namespace {

using reply_function = std::function<void(protocol::http_response)>;

protocol::http_response lives(std::string_view version) {
  protocol::json_writer out;
  out.begin_object().field("version", version);
  out.key("checks").begin_object().end_object();
  return {200, out.field("ready", true).end_object().take()};
}

protocol::http_response refusal(unsigned status, std::string message) {
  return {status, protocol::encode_errors({{std::move(message), "/"}})};
}

bool is_loopback(std::string_view address) {
  return address.starts_with("127.") || address == "::1";
}

/// The one path segment of a request, or "".
std::string_view page_of(const protocol::http_request& request) {
  return request.path.size() == 1 ? std::string_view{request.path[0]}
                                  : std::string_view{};
}

class internal_handler {
public:
  internal_handler(caf::actor_system& system, node_ptr home,
                   internal_parts parts)
      : system_(system), node_(std::move(home)), parts_(std::move(parts)) {
    // nop
  }

  void operator()(const protocol::http_request& request,
                  reply_function reply) const {
    const auto page = page_of(request);
    if (page == "drain")
      return reply(drain(request));
    const auto is_known = page == "healthz" || page == "readyz"
                          || page == "status" || page == "metrics";
    if (!is_known)
      return reply(refusal(404, "Not found."));
    if (request.method != "GET")
      return reply(not_allowed("GET, HEAD"));
    if (page == "healthz")
      return reply(lives(node_->version));
    if (page == "metrics") {
      reply({200, parts_.metrics(), net::metrics::content_type});
      // For whoever reads them next: nobody waits for a store here.
      return look(false, [](const protocol::http_response&) {});
    }
    look(page == "status", std::move(reply));
  }

private:
  void look(bool all, reply_function reply) const {
    const auto draining = parts_.draining->load();
    system_.spawn(
        node_report, node_,
        report_wish{draining ? "The node stops." : "", all, parts_.node_name},
        std::move(reply));
  }

  static protocol::http_response not_allowed(const char* methods) {
    auto result = refusal(405, "Method not allowed.");
    result.headers.emplace_back("Allow", methods);
    return result;
  }

  protocol::http_response drain(const protocol::http_request& request) const {
    if (request.method != "POST")
      return not_allowed("POST");
    if (!is_loopback(request.remote_address) || !request.origin.empty()) {
      net::log::warning("drain-refused", {{"peer", request.remote_address},
                                          {"trace_id", request.trace_id}});
      return refusal(403, "Only a command on this machine may do this.");
    }
    net::log::info("drain-asked", {{"trace_id", request.trace_id}});
    parts_.drain();
    protocol::json_writer out;
    return {202,
            out.begin_object().field("draining", true).end_object().take()};
  }

  caf::actor_system& system_;
  node_ptr node_;
  internal_parts parts_;
};

} // namespace

http_handler make_internal_handler(caf::actor_system& system, node_ptr home,
                                   internal_parts parts) {
  return internal_handler{system, std::move(home), std::move(parts)};
}

http_handler make_starting_handler(std::string version) {
  return [version = std::move(version)](const protocol::http_request& request,
                                        const reply_function& reply) {
    if (page_of(request) == "healthz")
      return reply(lives(version));
    protocol::json_writer out;
    out.begin_object().field("version", std::string_view{version});
    out.key("checks").begin_object();
    out.field("migrations",
              "The store is being opened and brought up to date.");
    reply({503, out.end_object().field("ready", false).end_object().take()});
  };
}

} // namespace convoy::actors
