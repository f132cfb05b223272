// SPDX-License-Identifier: Apache-2.0
#include "actors/bridge.hpp"

#include "actors/link_base.hpp"
#include "actors/messages.hpp"
#include "actors/rest_call.hpp"
#include "actors/session.hpp"
#include "protocol/text.hpp"

#include <caf/actor_system.hpp>
#include <caf/send.hpp>

namespace convoy::actors {

namespace {

class irc_bridge : public net::irc_observer {
public:
  irc_bridge(caf::actor connection, std::uint64_t attempt)
      : connection_(std::move(connection)), attempt_(attempt) {
    // nop
  }
  void on_connected(protocol::irc_socket_info socket) override {
    caf::anon_send(connection_, irc_connected{attempt_, std::move(socket)});
  }
  void on_lines(std::vector<protocol::irc_message> lines) override {
    if (!connection_)
      return;
    caf::anon_send(connection_,
                   irc_lines{attempt_, std::move(lines),
                             connection_.home_system().clock().now()});
  }
  void on_written(std::uint64_t mark) override {
    caf::anon_send(connection_, irc_written{attempt_, mark});
  }
  void on_closed(std::string reason, protocol::irc_end end) override {
    caf::anon_send(connection_, irc_closed{attempt_, std::move(reason), end});
    connection_ = nullptr;
  }

private:
  caf::actor connection_;
  std::uint64_t attempt_;
};

class session_bridge : public net::websocket_observer {
public:
  explicit session_bridge(caf::actor session) : session_(std::move(session)) {
    // nop
  }
  void on_requests(std::vector<protocol::request> requests) override {
    caf::anon_send(session_, socket_requests{std::move(requests)});
  }
  void on_sent() override {
    caf::anon_send(session_, socket_drained{});
  }
  void on_closed() override {
    caf::anon_send(session_, socket_closed{});
    session_ = nullptr;
  }

private:
  caf::actor session_;
};

/// Where the client is; one that does not say it well is nowhere.
std::optional<resume_point> resume_of(const protocol::http_request& request) {
  const auto since = request.param("since");
  if (!since)
    return std::nullopt;
  const auto number = protocol::whole_number(*since);
  const auto stream = request.param("stream");
  if (!number || !stream)
    return resume_point{};
  return resume_point{std::string{*stream}, *number};
}

class actor_gateway : public net::gateway {
public:
  actor_gateway(caf::actor_system& system, node_ptr home)
      : system_(system), node_(std::move(home)) {
    // nop
  }
  void on_request(protocol::http_request request,
                  std::function<void(protocol::http_response)> reply) override {
    system_.spawn(rest_call, node_, std::move(request), std::move(reply));
  }
  std::shared_ptr<net::websocket_observer>
  on_websocket(protocol::http_request request,
               std::shared_ptr<net::websocket_link> link) override {
    session_start how{
        request.session,          request.remote_address,
        node_->config.event_time, link_base(node_->config, request),
        !request.bearer.empty(),  resume_of(request),
        request.trace_id};
    if (how.is_api_token)
      how.token = request.bearer;
    if (const auto ts = request.param("ts"))
      how.format =
          *ts == "iso" ? protocol::ts_format::iso : protocol::ts_format::epoch;
    return std::make_shared<session_bridge>(
        system_.spawn(session, node_, std::move(link), std::move(how)));
  }

private:
  caf::actor_system& system_;
  node_ptr node_;
};

} // namespace

std::shared_ptr<net::irc_observer> make_irc_observer(caf::actor connection,
                                                     std::uint64_t attempt) {
  return std::make_shared<irc_bridge>(std::move(connection), attempt);
}

std::shared_ptr<net::gateway> make_gateway(caf::actor_system& system,
                                           node_ptr home) {
  return std::make_shared<actor_gateway>(system, std::move(home));
}

} // namespace convoy::actors
