// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

namespace convoy::scenarios {

/// The server's side of SCRAM (RFC 5802), as far as a scripted IRC server needs
/// it: one exchange with a client that should know the password.
class scram_server {
public:
  /// `hash` is SHA-256 or SHA-512. @throws script_error when it is neither.
  scram_server(const std::string& hash, std::string password);

  /// server-first-message for a client-first-message.
  std::string challenge(const std::string& client_first);
  /// server-final-message for a client-final-message; nothing when the client
  /// does not know the password.
  std::optional<std::string> verify(const std::string& client_final);

private:
  std::string mac(const std::string& key, const std::string& text) const;

  std::string hash_;
  std::string password_;
  std::string transcript_; ///< what both sides sign
};

std::string to_base64(const std::string& bytes);
std::string from_base64(const std::string& text);

} // namespace convoy::scenarios
