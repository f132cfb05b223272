// SPDX-License-Identifier: Apache-2.0
#include "scram_server.hpp"

#include "variables.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace convoy::scenarios {

namespace {

const std::string salt = "salt of a scenario";
constexpr int rounds = 4096;

const unsigned char* bytes_of(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

const EVP_MD* digest_of(const std::string& hash) {
  return EVP_get_digestbyname(hash == "SHA-512" ? "SHA512" : "SHA256");
}

std::size_t size_of(const std::string& hash) {
  return static_cast<std::size_t>(EVP_MD_get_size(digest_of(hash)));
}

} // namespace

std::string to_base64(const std::string& bytes) {
  std::string result((bytes.size() + 2) / 3 * 4, '\0');
  EVP_EncodeBlock(bytes_of(result), bytes_of(bytes),
                  static_cast<int>(bytes.size()));
  return result;
}

std::string from_base64(const std::string& text) {
  std::string result(text.size() / 4 * 3, '\0');
  if (EVP_DecodeBlock(bytes_of(result), bytes_of(text),
                      static_cast<int>(text.size()))
      < 0)
    return {};
  for (auto at = text.size(); at > 0 && text[at - 1] == '='; --at)
    result.pop_back();
  return result;
}

scram_server::scram_server(const std::string& hash, std::string password)
    : hash_(hash), password_(std::move(password)) {
  if (hash != "SHA-256" && hash != "SHA-512")
    throw script_error("SCRAM with SHA-256 or SHA-512, not " + hash);
}

std::string scram_server::challenge(const std::string& client_first) {
  // Behind the gs2-header, which ends with the second comma.
  const auto bare = client_first.substr(
      client_first.find(',', client_first.find(',') + 1) + 1);
  const auto nonce = bare.substr(bare.find(",r=") + 3) + "-and-ours";
  auto result =
      "r=" + nonce + ",s=" + to_base64(salt) + ",i=" + std::to_string(rounds);
  transcript_ = bare + "," + result;
  return result;
}

std::optional<std::string>
scram_server::verify(const std::string& client_final) {
  const auto at = client_final.rfind(",p=");
  if (at == std::string::npos)
    return std::nullopt;
  transcript_ += "," + client_final.substr(0, at);
  std::string salted(size_of(hash_), '\0');
  PKCS5_PBKDF2_HMAC(password_.data(), static_cast<int>(password_.size()),
                    bytes_of(salt), static_cast<int>(salt.size()), rounds,
                    digest_of(hash_), static_cast<int>(salted.size()),
                    bytes_of(salted));
  // RFC 5802 §3: the proof hides the client's key, whose hash the server has.
  auto stored = mac(salted, "Client Key");
  EVP_Digest(stored.data(), stored.size(), bytes_of(stored), nullptr,
             digest_of(hash_), nullptr);
  auto key = from_base64(client_final.substr(at + 3));
  const auto mask = mac(stored, transcript_);
  if (key.size() != mask.size())
    return std::nullopt;
  for (std::size_t i = 0; i < key.size(); ++i)
    key[i] = static_cast<char>(key[i] ^ mask[i]);
  EVP_Digest(key.data(), key.size(), bytes_of(key), nullptr, digest_of(hash_),
             nullptr);
  if (key != stored)
    return std::nullopt;
  return "v=" + to_base64(mac(mac(salted, "Server Key"), transcript_));
}

std::string scram_server::mac(const std::string& key,
                              const std::string& text) const {
  std::string result(size_of(hash_), '\0');
  HMAC(digest_of(hash_), key.data(), static_cast<int>(key.size()),
       bytes_of(text), text.size(), bytes_of(result), nullptr);
  return result;
}

} // namespace convoy::scenarios
