// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/scram.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoy::protocol {

/// Ways to say who we are, strongest first.
enum class sasl_mechanism : std::uint8_t {
  external, ///< by the client certificate of the TLS connection
  scram_sha_512,
  scram_sha_256,
  plain
};

/// "EXTERNAL", "SCRAM-SHA-512", …
std::string_view to_string(sasl_mechanism mechanism) noexcept;

/// What is known of us.
struct sasl_identity {
  /// `sasl` of the connection's URL, in any case: `external`, `scram-sha-512`,
  /// `scram-sha-256` (or the stronger one), `plain` (whatever a password is
  /// good for: PLAIN only when the server has no SCRAM or it fails). Anything
  /// else is off (spec §6.1).
  std::string wish;
  std::string user;
  std::string password;
  std::string act_as;       ///< authorisation identity; "" for `user`
  std::string nick;         ///< for EXTERNAL when there is no `user`
  bool certificate = false; ///< the server can see ours
  std::string nonce;        ///< for SCRAM, see there
};

/// What a step of the negotiation makes of it.
struct sasl_step {
  std::vector<std::string> lines; ///< for the server
  /// It is over and has failed: a sentence for people.
  std::string failure;
};

/// One SASL negotiation as an IRC client (IRCv3 sasl-3.2): chooses a mechanism
/// and, when the server refuses it, the next. Whether it went well in the end,
/// numerics 900 and 903 say.
class irc_sasl {
public:
  /// The most that one message of the server may have, in base64.
  static constexpr std::size_t max_challenge = 8192;

  irc_sasl() = default;
  explicit irc_sasl(sasl_identity identity);

  /// SASL is asked for.
  bool wanted() const noexcept {
    return !wanted_.empty();
  }
  /// There is something to authenticate with.
  bool has_credentials() const noexcept;
  /// The server is to say something.
  bool is_open() const noexcept {
    return open_;
  }
  /// Begins. `offered` is the value of the `sasl` capability, names with commas
  /// between them; "" when the server does not tell.
  sasl_step begin(std::string_view offered);
  /// The parameter of an AUTHENTICATE of the server.
  sasl_step on_challenge(std::string_view text);
  /// 908: these are the mechanisms that there are.
  sasl_step on_mechanisms(std::string_view offered);
  /// 902, 904 or 905: this one did not work; `reason` is what the server says.
  sasl_step on_refused(std::string_view reason);
  /// 903. A failure when the server has not proven that it knows the password
  /// where the mechanism makes it do that.
  sasl_step on_success();
  /// Calls it off.
  sasl_step abort(std::string failure);

private:
  /// Tries what is left of what the server has; `offered` names it.
  sasl_step next_of(std::string_view offered);
  sasl_step next(std::string_view otherwise);
  sasl_step answer(std::string_view message);
  sasl_step answer_scram(std::string_view message);

  sasl_identity identity_;
  std::vector<sasl_mechanism> wanted_;
  std::vector<sasl_mechanism> left_; ///< to be tried, the next one first
  std::optional<sasl_mechanism> current_;
  std::unique_ptr<scram_client> scram_; ///< until it is verified
  unsigned challenges_ = 0;             ///< of this mechanism, whole ones
  unsigned exchanges_ = 0;              ///< for which a nonce was needed
  std::string challenge_;               ///< what has come of one, in base64
  bool open_ = false;
  bool list_known_ = false;
  bool nameless_ = false; ///< EXTERNAL is tried without saying who we are
  /// A 904 for what 908 has refused already is still to come.
  bool refusal_is_old_ = false;
};

} // namespace convoy::protocol
