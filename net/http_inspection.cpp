// SPDX-License-Identifier: Apache-2.0
#include "net/http_inspection.hpp"

#include "protocol/text.hpp"

#include <algorithm>
#include <utility>

namespace convoy::net {

namespace {

namespace http = boost::beast::http;
namespace ip = boost::asio::ip;

/// Takes the last element off a comma-separated list.
std::string_view pop_last(std::string_view& list) {
  auto comma = list.rfind(',');
  auto last = comma == std::string_view::npos ? list : list.substr(comma + 1);
  list = comma == std::string_view::npos ? std::string_view{}
                                         : list.substr(0, comma);
  return protocol::trim(last);
}

/// All values of a field in one list, as if they had come in one line.
std::string joined(const beast_request& from, std::string_view name) {
  std::string out;
  auto [begin, end] = from.equal_range({name.data(), name.size()});
  for (auto i = begin; i != end; ++i)
    out.append(out.empty() ? "" : ",").append(to_view(i->value()));
  return out;
}

/// Without the default port of `scheme`, in lower case.
std::string plain_authority(std::string_view scheme,
                            std::string_view authority) {
  std::string_view port =
      protocol::equal_ascii(scheme, "https") ? ":443" : ":80";
  if (authority.ends_with(port))
    authority.remove_suffix(port.size());
  return protocol::to_lower_ascii(authority);
}

/// A parameter of a media type (RFC 9110 §5.6.6), or "".
std::string parameter(std::string_view field, std::string_view name) {
  for (auto at = field.find(';'); at != std::string_view::npos;) {
    field.remove_prefix(at + 1);
    const auto equals = field.find('=');
    at = field.find(';');
    if (equals >= at
        || !protocol::equal_ascii(protocol::trim(field.substr(0, equals)),
                                  name))
      continue;
    auto value = protocol::trim(field.substr(equals + 1));
    if (!value.starts_with('"'))
      return std::string(protocol::trim(value.substr(0, value.find(';'))));
    value.remove_prefix(1);
    return std::string(value.substr(0, value.find('"')));
  }
  return {};
}

std::string bearer_token(std::string_view field) {
  constexpr std::string_view scheme = "Bearer ";
  if (!protocol::equal_ascii(field.substr(0, scheme.size()), scheme))
    return {};
  return std::string(protocol::trim(field.substr(scheme.size())));
}

/// An absolute http(s) URL that may have a path, without a slash at its end.
/// Nothing when it is another one, or has what would mean something in a
/// header.
std::optional<std::string> read_base(std::string_view text) {
  while (text.ends_with('/'))
    text.remove_suffix(1);
  const auto slashes = text.find("://");
  const auto scheme = text.substr(0, slashes);
  if (slashes == std::string_view::npos
      || (!protocol::equal_ascii(scheme, "http")
          && !protocol::equal_ascii(scheme, "https")))
    return std::nullopt;
  const auto rest = text.substr(slashes + 3);
  const auto is_plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')
           || (c >= 'A' && c <= 'Z')
           || std::string_view{"-._~%/:[]"}.find(c) != std::string_view::npos;
  };
  if (rest.empty() || rest.front() == '/'
      || rest.find("//") != std::string_view::npos
      || !std::all_of(rest.begin(), rest.end(), is_plain))
    return std::nullopt;
  return protocol::to_lower_ascii(scheme) + std::string(text.substr(slashes));
}

void read_forwarding(const beast_request& from, ip::address peer,
                     const address_set& trusted, protocol::http_request& out) {
  if (trusted.contains(peer)) {
    auto schemes = joined(from, "X-Forwarded-Proto");
    std::string_view list = schemes;
    out.secure = protocol::equal_ascii(pop_last(list), "https")
                 || out.base.starts_with("https:");
  }
  auto hops = joined(from, "X-Forwarded-For");
  std::string_view list = hops;
  while (trusted.contains(peer) && !list.empty()) {
    boost::system::error_code error;
    auto hop = ip::make_address(std::string(pop_last(list)), error);
    if (error)
      break;
    peer = hop;
  }
  if (peer.is_v6() && peer.to_v6().is_v4_mapped())
    peer = ip::make_address_v4(ip::v4_mapped, peer.to_v6());
  out.remote_address = peer.to_string();
}

} // namespace

std::optional<protocol::http_request>
inspect(beast_request& from, const ip::address& peer,
        const address_set& trusted_proxies) {
  protocol::http_request out;
  if (!protocol::parse_target(to_view(from.target()), out)
      || from.count(http::field::host) > 1
      || (from.version() >= 11 && from.count(http::field::host) == 0))
    return std::nullopt;
  out.method = from.method() == http::verb::head
                   ? "GET"
                   : std::string(to_view(from.method_string()));
  out.body = std::move(from.body());
  auto type = to_view(from[http::field::content_type]);
  out.content_type =
      protocol::to_lower_ascii(protocol::trim(type.substr(0, type.find(';'))));
  if (out.content_type.starts_with("multipart/"))
    out.boundary = parameter(type, "boundary");
  out.cookies = std::string(to_view(from[http::field::cookie]));
  out.session = std::string(protocol::cookie(out.cookies, "convos"));
  out.bearer = bearer_token(to_view(from[http::field::authorization]));
  out.accept_language = joined(from, "Accept-Language");
  out.user_agent = std::string(to_view(from[http::field::user_agent]));
  out.known_etags = joined(from, "If-None-Match");
  out.host = std::string(to_view(from[http::field::host]));
  out.origin = std::string(to_view(from[http::field::origin]));
  const auto base = joined(from, "X-Request-Base");
  if (!base.empty() && trusted_proxies.contains(peer)) {
    const auto read = read_base(base);
    if (!read)
      return std::nullopt;
    out.base = *read;
  }
  read_forwarding(from, peer, trusted_proxies, out);
  return out;
}

std::string_view authority_of(std::string_view url) noexcept {
  const auto slashes = url.find("://");
  if (slashes == std::string_view::npos)
    return {};
  url.remove_prefix(slashes + 3);
  return url.substr(0, url.find('/'));
}

bool is_origin_allowed(std::string_view origin, std::string_view host,
                       std::span<const std::string> allowed) {
  if (origin.empty())
    return true;
  auto is_same = [&](const std::string& other) {
    return protocol::equal_ascii(other, origin);
  };
  if (std::any_of(allowed.begin(), allowed.end(), is_same))
    return true;
  auto colon = origin.find("://");
  if (colon == std::string_view::npos || host.empty())
    return false;
  auto scheme = origin.substr(0, colon);
  return plain_authority(scheme, origin.substr(colon + 3))
         == plain_authority(scheme, host);
}

} // namespace convoy::net
