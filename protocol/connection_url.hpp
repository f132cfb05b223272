// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace convoy::protocol {

/// The URL of a connection, taken apart (spec/events-and-irc.md §6.1):
/// `irc://[user[:password]@]host[:port][/%23channel[%20key]][?params]`.
/// All members are percent-decoded.
struct connection_url {
  std::string scheme = "irc"; ///< `irc` or `ircs` (which implies TLS)
  std::string user;
  std::string password;
  std::string host;       ///< lower-cased; an IPv6 address without its brackets
  std::uint16_t port = 0; ///< 0 when the URL has none
  std::string channel;    ///< first word of the path, "" when there is none
  std::string channel_key;
  std::vector<std::pair<std::string, std::string>> params; ///< in order

  /// The value of a query parameter, or `fallback`.
  std::string_view param(std::string_view key,
                         std::string_view fallback = {}) const noexcept;
  /// Sets or, with an empty value, removes a query parameter.
  void set_param(std::string_view key, std::string_view value);
  /// Whether to use TLS: on with `ircs`, else unless `tls=0`.
  bool tls() const noexcept;
  /// Whether to verify the server's certificate: on unless `tls_verify=0`.
  bool tls_verify() const noexcept;
  /// `tls_fingerprint`: SHA-256 of the one certificate that is accepted,
  /// without colons and in lower case; "" when there is none.
  std::string pinned_certificate() const;
  /// The port to dial: as given, else 6697 with TLS and 6667 without.
  std::uint16_t dial_port() const noexcept;
  /// The URL again, without the password and the channel key.
  std::string to_string() const;
  /// `irc-libera`: scheme and short host (spec §5.9); the scheme is always
  /// `irc`.
  std::string connection_id() const;
  /// What people see: as in the id, but a ZNC user `user@client/network`
  /// names its network.
  std::string display_name() const;
};

/// Whether `text` is a SHA-256 in lower-case hex.
bool is_sha256(std::string_view text) noexcept;

/// Why a URL is none; a sentence for people, as Convos says it where it does.
struct url_error {
  std::string message;
};

/// Parses a connection URL (RFC 3986); what people type but a URL must encode
/// is taken as meant: a raw `#`, spaces, brackets, UTF-8. Errors: `Missing
/// "host" in URL`, `URL need a valid host.`, a scheme other than irc/ircs, a
/// bad port or percent escape, more than 4096 bytes, and CR, LF, NUL or other
/// control characters or bytes that are not UTF-8 anywhere, escaped or not. No
/// error quotes the URL.
std::variant<connection_url, url_error>
parse_connection_url(std::string_view text);

} // namespace convoy::protocol
