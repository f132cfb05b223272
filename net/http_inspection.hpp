// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/address_range.hpp"
#include "protocol/http.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace convoy::net {

using beast_request =
    boost::beast::http::request<boost::beast::http::string_body>;

inline std::string_view to_view(boost::beast::string_view text) noexcept {
  return {text.data(), text.size()};
}

/// The request as the routes see it, its body moved out of `from`. Nothing when
/// its target is not one, or when it has not exactly one `Host` (HTTP/1.1).
/// HEAD becomes GET. The address and the scheme are those of the right-most hop
/// that is not a trusted proxy. `X-Request-Base` is read where a trusted proxy
/// sent it; when that is no absolute http(s) URL, the request is none.
std::optional<protocol::http_request>
inspect(beast_request& from, const boost::asio::ip::address& peer,
        const address_set& trusted_proxies);

/// Host and port of an absolute URL, or "".
std::string_view authority_of(std::string_view url) noexcept;

/// Whether a page of `origin` may open a socket at `host`: both name the same
/// host and port (the default ports may be left out), or `origin` is among
/// `allowed`. No origin at all is no page, and may.
bool is_origin_allowed(std::string_view origin, std::string_view host,
                       std::span<const std::string> allowed);

} // namespace convoy::net
