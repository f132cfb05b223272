// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convoy::protocol {

/// One HTTP request as the routes see it: everything is decoded, nothing is
/// trusted.
struct http_request {
  std::string method; ///< "GET", "POST", …
  /// The path's segments, split at `/` first and percent-decoded then, so that
  /// a conversation id may hold a slash.
  std::vector<std::string> path;
  std::vector<std::pair<std::string, std::string>> query; ///< decoded, in order
  std::string body;
  std::string content_type; ///< without parameters, lower-cased
  std::string boundary;     ///< of a multipart body, or ""
  std::string session;      ///< value of the cookie `convos`, or ""
  std::string bearer;       ///< token of `Authorization: Bearer`, or ""
  /// The whole value of `X-Request-Base` (an absolute URL that may have a path,
  /// without a slash at its end) when a trusted proxy sent it, or "".
  std::string base;
  std::string cookies;         ///< `Cookie`, as it came
  std::string accept_language; ///< `Accept-Language`, as it came
  std::string host;            ///< `Host`, as it came
  std::string origin;          ///< `Origin`, as it came
  std::string user_agent;
  std::string known_etags; ///< `If-None-Match`, as it came
  std::string remote_address;
  /// Names the request in the log: the trace it is part of (W3C Trace Context),
  /// 32 hex digits.
  std::string trace_id;
  bool secure = false; ///< TLS up to us or to a proxy that is trusted
  /// Only the head has come; an answer of status 100 asks for the rest, and the
  /// request comes again with it.
  bool awaits_body = false;

  /// The first value of a query parameter.
  std::optional<std::string_view> param(std::string_view key) const noexcept;
};

struct http_response {
  unsigned status = 200;
  std::string body;
  std::string content_type = "application/json; charset=utf-8";
  std::vector<std::pair<std::string, std::string>> headers{};
  /// Bytes of the body where it was left out, for nobody sees it (HEAD).
  std::optional<std::uint64_t> size{};
  /// The person for whom memory is taken; "" for who is known by nothing but
  /// an address.
  std::string person{};
};

/// Takes a request target (`/a/b%2Fc?x=1`) apart into `path` and `query`, where
/// `+` is a space; `/` has no segments, `/a/` has two. False, and `out` as it
/// was, when it is not a valid origin-form target (RFC 9112 §3.2.1): no slash
/// first, a bad escape, white space, controls, `#`, or NUL or text that is not
/// UTF-8 once decoded.
bool parse_target(std::string_view target, http_request& out);

/// The value of the first cookie of that name in a `Cookie` header (RFC 6265
/// §4.2.1), or "". Names are case-sensitive.
std::string_view cookie(std::string_view header,
                        std::string_view name) noexcept;

} // namespace convoy::protocol
