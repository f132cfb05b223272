// SPDX-License-Identifier: Apache-2.0
#include "protocol/scram.hpp"

#include "protocol/base64.hpp"
#include "protocol/saslprep.hpp"
#include "protocol/text.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>
#include <utility>

// By hand on OpenSSL's primitives: the SASL libraries there are load plug-ins
// into global state, ask for the password by callbacks, and have no
// SCRAM-SHA-512.
namespace convoy::protocol {

namespace {

const EVP_MD* digest_of(scram_hash hash) {
  return hash == scram_hash::sha512 ? EVP_sha512() : EVP_sha256();
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

std::string buffer_for(const EVP_MD* digest) {
  return std::string(static_cast<std::size_t>(EVP_MD_get_size(digest)), '\0');
}

std::string hmac(const EVP_MD* digest, std::string_view key,
                 std::string_view text) {
  auto result = buffer_for(digest);
  HMAC(digest, key.data(), static_cast<int>(key.size()), bytes_of(text),
       text.size(), bytes_of(result), nullptr);
  return result;
}

std::string hash(const EVP_MD* digest, std::string_view text) {
  auto result = buffer_for(digest);
  EVP_Digest(text.data(), text.size(), bytes_of(result), nullptr, digest,
             nullptr);
  return result;
}

/// `Hi` of RFC 5802 §2.2.
std::string salted(const EVP_MD* digest, std::string_view password,
                   std::string_view salt, std::uint64_t rounds) {
  auto result = buffer_for(digest);
  PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()),
                    bytes_of(salt), static_cast<int>(salt.size()),
                    static_cast<int>(rounds), digest,
                    static_cast<int>(result.size()), bytes_of(result));
  return result;
}

std::string exclusive_or(std::string a, std::string_view b) {
  std::transform(a.begin(), a.end(), b.begin(), a.begin(),
                 [](char x, char y) { return static_cast<char>(x ^ y); });
  return a;
}

/// `saslname`: without what separates names (RFC 5802 §5.1).
std::optional<std::string> name_of(std::string_view text) {
  const auto prepared = saslprep(text);
  if (!prepared)
    return std::nullopt;
  std::string result;
  for (const char c : *prepared)
    if (c == '=')
      result += "=3D";
    else if (c == ',')
      result += "=2C";
    else
      result += c;
  return result;
}

/// The value of the attribute that comes next in `rest`, which is cut off; only
/// that one may come.
std::optional<std::string_view> take(std::string_view& rest, char name) {
  if (rest.size() < 2 || rest[0] != name || rest[1] != '=')
    return std::nullopt;
  return next_part(rest, ',').substr(2);
}

/// What the server asks for.
struct challenge {
  std::string_view nonce;
  std::string salt;
  std::uint64_t rounds = 0;
};

std::optional<challenge> parse_challenge(std::string_view text) {
  const auto nonce = take(text, 'r');
  const auto salt = nonce ? take(text, 's') : std::nullopt;
  const auto rounds = salt ? take(text, 'i') : std::nullopt;
  auto bytes = salt ? decode_base64(*salt) : std::nullopt;
  if (!rounds || !bytes || bytes->empty())
    return std::nullopt;
  challenge result{*nonce, std::move(*bytes), 0};
  const auto* const end = rounds->data() + rounds->size();
  const auto [rest, error] =
      std::from_chars(rounds->data(), end, result.rounds);
  if (rest != end
      || (error != std::errc{} && error != std::errc::result_out_of_range))
    return std::nullopt;
  if (error == std::errc::result_out_of_range)
    result.rounds = max_scram_rounds + 1;
  return result;
}

} // namespace

scram_client::scram_client(scram_hash hash, scram_identity identity,
                           std::string nonce)
    : hash_(hash), identity_(std::move(identity)), nonce_(std::move(nonce)) {
  // nop
}

scram_step scram_client::first() {
  const auto user = name_of(identity_.user);
  const auto act_as = name_of(identity_.act_as);
  auto password = saslprep(identity_.password);
  if (!user || !act_as || !password)
    return {"", "The user name or the password has characters that SCRAM does "
                "not allow."};
  identity_.password = std::move(*password);
  header_ = act_as->empty() ? "n,," : "n,a=" + *act_as + ",";
  first_ = "n=" + *user + ",r=" + nonce_;
  return {header_ + first_, ""};
}

scram_step scram_client::prove(std::string_view server_first) {
  if (server_first.size() > max_scram_message)
    return {"", "The server's SCRAM message is too long."};
  const auto asked = parse_challenge(server_first);
  if (!asked)
    return {"", "The server's SCRAM message is malformed."};
  if (asked->nonce.size() <= nonce_.size() || !asked->nonce.starts_with(nonce_))
    return {"", "The server's SCRAM nonce is not ours."};
  if (asked->rounds < min_scram_rounds || asked->rounds > max_scram_rounds)
    return {"",
            "The server wants too "
                + std::string(asked->rounds < min_scram_rounds ? "few" : "many")
                + " rounds of SCRAM: not between "
                + std::to_string(min_scram_rounds) + " and "
                + std::to_string(max_scram_rounds) + "."};
  const auto* digest = digest_of(hash_);
  const auto key =
      salted(digest, identity_.password, asked->salt, asked->rounds);
  const auto client_key = hmac(digest, key, "Client Key");
  const auto final_part =
      "c=" + encode_base64(header_) + ",r=" + std::string(asked->nonce);
  const auto proven =
      first_ + "," + std::string(server_first) + "," + final_part;
  const auto proof =
      exclusive_or(client_key, hmac(digest, hash(digest, client_key), proven));
  signature_ = hmac(digest, hmac(digest, key, "Server Key"), proven);
  return {final_part + ",p=" + encode_base64(proof), ""};
}

std::string scram_client::verify(std::string_view server_final) const {
  auto rest = server_final;
  if (take(rest, 'e'))
    return "The server refuses the SCRAM exchange.";
  const auto value = take(rest, 'v');
  const auto bytes = value ? decode_base64(*value) : std::nullopt;
  if (!bytes)
    return "The server's SCRAM message is malformed.";
  if (signature_.empty() || bytes->size() != signature_.size()
      || CRYPTO_memcmp(bytes->data(), signature_.data(), signature_.size())
             != 0)
    return "The server does not know the password: it may be an impostor.";
  return "";
}

} // namespace convoy::protocol
