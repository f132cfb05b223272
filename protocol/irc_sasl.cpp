// SPDX-License-Identifier: Apache-2.0
#include "protocol/irc_sasl.hpp"

#include "protocol/base64.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <utility>

namespace convoy::protocol {

namespace {

using enum sasl_mechanism;

/// Longest piece of a message; one that is exactly so long goes on.
constexpr std::size_t max_piece = 400;
/// SCRAM exchanges in one connect: a server that asked for them without end
/// would have us compute without end.
constexpr unsigned max_exchanges = 3;

std::vector<sasl_mechanism> mechanisms_of(std::string_view wish) {
  const auto name = to_lower_ascii(wish);
  if (name == "external")
    return {external};
  if (name == "scram-sha-512")
    return {scram_sha_512};
  if (name == "scram-sha-256")
    return {scram_sha_512, scram_sha_256};
  if (name == "plain")
    return {scram_sha_512, scram_sha_256, plain};
  return {};
}

bool is_scram(sasl_mechanism what) noexcept {
  return what == scram_sha_512 || what == scram_sha_256;
}

std::vector<std::string> lines_of(std::string_view message) {
  const auto text = encode_base64(message);
  std::vector<std::string> result;
  for (std::size_t at = 0; at < text.size(); at += max_piece)
    result.push_back("AUTHENTICATE " + text.substr(at, max_piece));
  if (text.size() % max_piece == 0)
    result.push_back("AUTHENTICATE +");
  return result;
}

} // namespace

std::string_view to_string(sasl_mechanism mechanism) noexcept {
  switch (mechanism) {
  case external:
    return "EXTERNAL";
  case scram_sha_512:
    return "SCRAM-SHA-512";
  case scram_sha_256:
    return "SCRAM-SHA-256";
  case plain:
    return "PLAIN";
  }
  return "";
}

irc_sasl::irc_sasl(sasl_identity identity)
    : wanted_(mechanisms_of(identity.wish)) {
  // No more copies of a password than are of use.
  if (wanted())
    identity_ = std::move(identity);
}

bool irc_sasl::has_credentials() const noexcept {
  if (wanted() && wanted_.front() == external)
    return identity_.certificate;
  return !identity_.user.empty() && !identity_.password.empty();
}

sasl_step irc_sasl::begin(std::string_view offered) {
  open_ = true;
  left_ = wanted_;
  current_.reset();
  list_known_ = !offered.empty();
  refusal_is_old_ = false;
  nameless_ = false;
  return next_of(offered);
}

sasl_step irc_sasl::next_of(std::string_view offered) {
  if (list_known_)
    std::erase_if(left_, [&](sasl_mechanism each) {
      return !lists(offered, to_string(each));
    });
  return next("The server has only " + std::string(offered)
              + ", which is not what sasl=" + identity_.wish + " asks for.");
}

/// Tries what is left; when nothing is, `otherwise` says why.
sasl_step irc_sasl::next(std::string_view otherwise) {
  challenge_.clear();
  scram_.reset();
  challenges_ = 0;
  if (exchanges_ >= max_exchanges && std::erase_if(left_, is_scram) > 0)
    otherwise = "SCRAM has been tried often enough.";
  if (left_.empty()) {
    open_ = false;
    return {{}, std::string(otherwise)};
  }
  current_ = left_.front();
  left_.erase(left_.begin());
  if (is_scram(*current_))
    scram_ = std::make_unique<scram_client>(
        *current_ == scram_sha_512 ? scram_hash::sha512 : scram_hash::sha256,
        scram_identity{identity_.user, identity_.password,
                       identity_.act_as == identity_.user ? ""
                                                          : identity_.act_as},
        identity_.nonce + std::to_string(++exchanges_));
  return {{"AUTHENTICATE " + std::string(to_string(*current_))}, ""};
}

sasl_step irc_sasl::on_challenge(std::string_view text) {
  if (!open_)
    return {};
  refusal_is_old_ = false;
  if (challenge_.size() + text.size() > max_challenge)
    return abort("The server's SASL message is too long.");
  if (text != "+")
    challenge_ += text;
  if (text.size() == max_piece)
    return {};
  const auto message = decode_base64(std::exchange(challenge_, {}));
  if (!message)
    return abort("The server's SASL message is not base64.");
  return answer(*message);
}

sasl_step irc_sasl::answer(std::string_view message) {
  const auto& user = identity_.user;
  const auto& act_as = identity_.act_as.empty() ? user : identity_.act_as;
  ++challenges_;
  if (is_scram(*current_) ? !scram_ : challenges_ > 1)
    return abort("The server goes on with SASL when all is said.");
  switch (*current_) {
  case external:
    if (nameless_)
      return {lines_of(""), ""};
    return {lines_of(act_as.empty() ? identity_.nick : act_as), ""};
  case plain:
    // RFC 4616: whom to act as, who we are, and the proof.
    return {lines_of(act_as + '\0' + user + '\0' + identity_.password), ""};
  default:
    return answer_scram(message);
  }
}

sasl_step irc_sasl::answer_scram(std::string_view message) {
  scram_step step;
  if (challenges_ == 1)
    step = scram_->first();
  else if (challenges_ == 2)
    step = scram_->prove(message);
  else
    step.problem = scram_->verify(message);
  if (!step.problem.empty())
    return abort(std::move(step.problem));
  if (challenges_ > 2)
    scram_.reset();
  return {lines_of(step.message), ""};
}

sasl_step irc_sasl::on_mechanisms(std::string_view offered) {
  if (!open_)
    return {};
  list_known_ = true;
  refusal_is_old_ = true;
  return next_of(offered);
}

sasl_step irc_sasl::on_refused(std::string_view reason) {
  if (!open_ || std::exchange(refusal_is_old_, false))
    return {};
  // Some services refuse every name that comes with a certificate. One that
  // was asked for is not left out.
  if (*current_ == external && challenges_ > 0 && identity_.act_as.empty()
      && !std::exchange(nameless_, true))
    left_.insert(left_.begin(), external);
  // The account has no SCRAM, or the password is wrong: once more with the
  // other hash tells nothing, and counts as one more failed login.
  if (list_known_ && is_scram(*current_))
    std::erase_if(left_, is_scram);
  return next(reason);
}

sasl_step irc_sasl::on_success() {
  if (!open_)
    return {};
  if (is_scram(*current_) && scram_)
    return abort("The server has not proven that it knows the password: it may "
                 "be an impostor.");
  open_ = false;
  return {};
}

sasl_step irc_sasl::abort(std::string failure) {
  open_ = false;
  return {{"AUTHENTICATE *"}, std::move(failure)};
}

} // namespace convoy::protocol
