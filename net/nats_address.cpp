// SPDX-License-Identifier: Apache-2.0
#include "net/nats_address.hpp"

#include "protocol/text.hpp"

namespace convoy::net {

namespace {

constexpr std::string_view default_port = "4222";

struct server_text {
  std::string_view scheme;
  std::string_view user; ///< with its `@`, or ""
  std::string_view host; ///< an IPv6 address has its brackets
  std::string_view port;
};

/// What is wrong with it, or "".
std::string take_apart(std::string_view text, const server_text& first,
                       server_text& to) {
  to.scheme = first.scheme;
  to.user = first.user;
  if (const auto at = text.find("://"); at != std::string_view::npos) {
    to.scheme = text.substr(0, at);
    to.user = {};
    text.remove_prefix(at + 3);
  }
  if (to.scheme != "nats" && to.scheme != "tls")
    return "Expected nats:// or tls://.";
  // A password may have an `@`.
  if (const auto at = text.rfind('@'); at != std::string_view::npos) {
    to.user = text.substr(0, at + 1);
    text.remove_prefix(at + 1);
  }
  if (text.ends_with('/'))
    text.remove_suffix(1);
  const auto bracket = text.rfind(']');
  auto colon = text.rfind(':');
  if (colon != std::string_view::npos && bracket != std::string_view::npos
      && colon < bracket)
    colon = std::string_view::npos;
  to.host = text.substr(0, colon);
  to.port =
      colon == std::string_view::npos ? default_port : text.substr(colon + 1);
  if (to.host.empty() || to.host.find_first_of("/?# ") != to.host.npos)
    return "Expected a host name or address.";
  const auto port = protocol::whole_number(to.port);
  if (!port || *port == 0 || *port > 65'535)
    return "Expected a port from 1 to 65535.";
  return {};
}

} // namespace

nats_address parse_nats_address(std::string_view url) {
  nats_address result;
  server_text first;
  while (!url.empty() || result.servers.empty()) {
    const auto comma = url.find(',');
    server_text server;
    result.problem = take_apart(url.substr(0, comma), first, server);
    if (!result.problem.empty())
      return result;
    if (result.servers.empty())
      first = server;
    result.is_secure = result.is_secure || server.scheme == "tls";
    result.servers.push_back(
        std::string{server.scheme} + "://" + std::string{server.user}
        + std::string{server.host} + ":" + std::string{server.port});
    url = comma == std::string_view::npos ? std::string_view{}
                                          : url.substr(comma + 1);
  }
  return result;
}

} // namespace convoy::net
