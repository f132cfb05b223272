// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace convoy::protocol {

/// Fewer rounds protect no password (RFC 7677 §4).
inline constexpr std::uint64_t min_scram_rounds = 4096;
/// More would hold up whoever shares our thread: so many take about a tenth of
/// a second. Servers ask for 4,096 to 15,000.
inline constexpr std::uint64_t max_scram_rounds = 100'000;
/// Longest message of a server that is read.
inline constexpr std::size_t max_scram_message = 4096;

enum class scram_hash : std::uint8_t { sha256, sha512 };

/// Whom a SCRAM client is to be known as.
struct scram_identity {
  std::string user;
  std::string password;
  std::string act_as; ///< authorisation identity; "" for `user`
};

/// What is sent next, or why there is nothing more to say.
struct scram_step {
  std::string message;
  std::string problem; ///< a sentence for people; "" when all is well
};

/// The client's side of one SCRAM exchange (RFC 5802, RFC 7677) without channel
/// binding: `first`, then `prove`, then `verify`. It proves to the server that
/// we know the password and to us that the server knows it, and shows it to
/// nobody. `prove` computes for a millisecond in 4096 rounds, and no more than
/// `max_scram_rounds`.
class scram_client {
public:
  /// `nonce`: fresh for each exchange, not to be guessed, printable ASCII
  /// without a comma.
  scram_client(scram_hash hash, scram_identity identity, std::string nonce);

  /// client-first-message. A problem when the identity has no SASLprep form.
  scram_step first();
  /// client-final-message for a server-first-message.
  scram_step prove(std::string_view server_first);
  /// Why a server-final-message does not prove that the server knows the
  /// password; "" when it does.
  std::string verify(std::string_view server_final) const;

private:
  scram_hash hash_;
  scram_identity identity_;
  std::string nonce_;
  std::string header_; ///< gs2-header
  std::string first_;  ///< client-first-message-bare
  std::string signature_;
};

} // namespace convoy::protocol
