// SPDX-License-Identifier: Apache-2.0
#include "actors/secrets.hpp"

#include <sodium.h>

#include <array>
#include <cerrno>
#include <crypt.h>
#include <fcntl.h>
#include <memory>
#include <optional>
#include <stdexcept>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace convoy::actors {

namespace {

constexpr std::size_t key_bytes = crypto_secretbox_KEYBYTES;

using key_hash = std::array<unsigned char, crypto_auth_hmacsha512256_BYTES>;

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

/// Every use of the library is behind this; after the first call it is free.
void start_sodium() {
  if (sodium_init() < 0)
    throw std::runtime_error("no source of randomness");
}

std::string random_bytes(std::size_t count) {
  start_sodium();
  std::string result(count, '\0');
  randombytes_buf(result.data(), count);
  return result;
}

std::string to_hex(std::string_view binary) {
  std::string result(binary.size() * 2 + 1, '\0');
  sodium_bin2hex(result.data(), result.size(), bytes(binary), binary.size());
  result.pop_back();
  return result;
}

std::string to_base64(std::string_view binary) {
  constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string result(sodium_base64_encoded_len(binary.size(), variant), '\0');
  sodium_bin2base64(result.data(), result.size(), bytes(binary), binary.size(),
                    variant);
  result.pop_back();
  return result;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string result(text.size(), '\0');
  std::size_t length = 0;
  if (sodium_base642bin(bytes(result), result.size(), text.data(), text.size(),
                        nullptr, &length, nullptr,
                        sodium_base64_VARIANT_URLSAFE_NO_PADDING)
      != 0)
    return std::nullopt;
  result.resize(length);
  return result;
}

std::string_view view(const key_hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

key_hash keyed_hash(std::string_view key, std::string_view message) {
  start_sodium();
  crypto_auth_hmacsha512256_state state;
  key_hash result{};
  crypto_auth_hmacsha512256_init(&state, bytes(key), key.size());
  crypto_auth_hmacsha512256_update(&state, bytes(message), message.size());
  crypto_auth_hmacsha512256_final(&state, result.data());
  return result;
}

void check_key(std::string_view key) {
  start_sodium();
  if (key.size() != key_bytes)
    throw std::runtime_error("a key has 32 bytes, this one "
                             + std::to_string(key.size()));
}

[[noreturn]] void fail(const std::string& path, const std::string& reason) {
  throw std::runtime_error("key file " + path + ": " + reason);
}

[[noreturn]] void fail_errno(const std::string& path, int error) {
  fail(path, std::generic_category().message(error));
}

class descriptor {
public:
  explicit descriptor(int fd) : fd_(fd) {
    // nop
  }
  ~descriptor() {
    if (fd_ >= 0)
      ::close(fd_);
  }
  descriptor(const descriptor&) = delete;
  descriptor& operator=(const descriptor&) = delete;
  int get() const noexcept {
    return fd_;
  }

private:
  int fd_;
};

std::optional<std::string> from_hex(std::string_view text) {
  std::string result(key_bytes, '\0');
  std::size_t length = 0;
  if (sodium_hex2bin(bytes(result), result.size(), text.data(), text.size(),
                     nullptr, &length, nullptr)
          != 0
      || length != key_bytes)
    return std::nullopt;
  return result;
}

/// What a group may do with a key: read it where root hands it out, as
/// Kubernetes does.
mode_t shared_bits(const struct stat& info) {
  return info.st_uid == 0 ? S_IRGRP : 0;
}

/// Nothing when there is no such file.
std::optional<std::string> read_key(const std::string& path) {
  // Without O_NONBLOCK a named pipe would hang the start.
  descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0) {
    if (errno == ENOENT)
      return std::nullopt;
    fail_errno(path, errno);
  }
  struct stat info {};
  if (::fstat(file.get(), &info) != 0)
    fail_errno(path, errno);
  if (!S_ISREG(info.st_mode))
    fail(path, "not a regular file");
  if ((info.st_mode & (S_IRWXG | S_IRWXO) & ~shared_bits(info)) != 0)
    fail(path, "others may read or write it; make its mode 0600");
  std::array<char, 2 * key_bytes + 2> buffer{};
  const auto count = ::read(file.get(), buffer.data(), buffer.size());
  if (count < 0)
    fail_errno(path, errno);
  std::string_view text(buffer.data(), static_cast<std::size_t>(count));
  if (text.size() == key_bytes)
    return std::string(text);
  if (text.size() == 2 * key_bytes + 1 && text.back() == '\n')
    text.remove_suffix(1);
  if (text.size() == 2 * key_bytes)
    if (auto key = from_hex(text))
      return key;
  fail(path, "holds neither 32 bytes nor 64 hex digits");
}

void write_key(const std::string& path, const std::string& temporary,
               std::string_view text) {
  descriptor file(
      ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (file.get() < 0)
    fail_errno(path, errno);
  const auto written = ::write(file.get(), text.data(), text.size());
  const int error = written == static_cast<ssize_t>(text.size()) ? 0 : ENOSPC;
  if (error != 0 || ::fsync(file.get()) != 0) {
    const int reason = error != 0 ? error : errno;
    ::unlink(temporary.c_str());
    fail_errno(path, reason);
  }
}

/// What Convos made before it made Argon2id.
bool is_bcrypt(std::string_view hash) {
  return hash.size() == 60
         && (hash.starts_with("$2a$") || hash.starts_with("$2b$")
             || hash.starts_with("$2y$"));
}

bool verify_bcrypt(const std::string& hash, const std::string& password) {
  // It would end there, whatever follows.
  if (password.find('\0') != std::string::npos)
    return false;
  const auto scratch = std::make_unique<crypt_data>();
  const char* made = ::crypt_r(password.c_str(), hash.c_str(), scratch.get());
  return made && equal_secret(made, hash);
}

} // namespace

// -- passwords ----------------------------------------------------------------

std::string hash_password(const std::string& password, password_cost cost) {
  start_sodium();
  unsigned long long operations = crypto_pwhash_OPSLIMIT_INTERACTIVE;
  std::size_t memory = crypto_pwhash_MEMLIMIT_INTERACTIVE;
  if (cost == password_cost::moderate) {
    operations = crypto_pwhash_OPSLIMIT_MODERATE;
    memory = crypto_pwhash_MEMLIMIT_MODERATE;
  } else if (cost == password_cost::minimum) {
    operations = crypto_pwhash_OPSLIMIT_MIN;
    memory = crypto_pwhash_MEMLIMIT_MIN;
  }
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str_alg(hash.data(), password.data(), password.size(),
                            operations, memory, crypto_pwhash_ALG_ARGON2ID13)
      != 0)
    throw std::runtime_error("not enough memory to hash a password");
  return hash.data();
}

bool can_verify(std::string_view hash) {
  start_sodium();
  return is_bcrypt(hash)
         || ((hash.starts_with("$argon2id$") || hash.starts_with("$argon2i$"))
             && crypto_pwhash_str_needs_rehash(
                    std::string{hash}.c_str(),
                    crypto_pwhash_OPSLIMIT_INTERACTIVE,
                    crypto_pwhash_MEMLIMIT_INTERACTIVE)
                    >= 0);
}

bool verify_password(const std::string& hash, const std::string& password) {
  start_sodium();
  if (is_bcrypt(hash))
    return verify_bcrypt(hash, password);
  return crypto_pwhash_str_verify(hash.c_str(), password.data(),
                                  password.size())
         == 0;
}

// -- tokens -------------------------------------------------------------------

std::string random_token() {
  return to_base64(random_bytes(32));
}

std::string random_stream_id() {
  return to_hex(random_bytes(8));
}

std::string random_file_id() {
  return to_hex(random_bytes(16));
}

std::string hash_token(std::string_view token) {
  start_sodium();
  std::string hash(crypto_generichash_BYTES, '\0');
  crypto_generichash(bytes(hash), hash.size(), bytes(token), token.size(),
                     nullptr, 0);
  return to_base64(hash);
}

std::string csrf_of(std::string_view token) {
  return to_base64(view(keyed_hash(token, "csrf")));
}

bool equal_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size()
         && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string sign_invite(std::string_view key, std::string_view email,
                        std::uint64_t exp, std::string_view password_hash) {
  // The length in front keeps one field from ending where another begins.
  std::string message = "invite ";
  message += std::to_string(email.size());
  message += ' ';
  message += email;
  message += ' ';
  message += std::to_string(exp);
  message += ' ';
  message += password_hash;
  return to_hex(view(keyed_hash(key, message)));
}

// -- the key ------------------------------------------------------------------

std::string load_or_make_key(const std::string& path) {
  if (auto key = read_key(path))
    return *key;
  const std::string temporary = path + "." + random_stream_id();
  write_key(path, temporary, to_hex(random_bytes(key_bytes)) + "\n");
  // Unlike rename, link never replaces a key that another process just made.
  const bool linked = ::link(temporary.c_str(), path.c_str()) == 0;
  const int error = errno;
  ::unlink(temporary.c_str());
  if (!linked && error != EEXIST)
    fail_errno(path, error);
  if (auto key = read_key(path))
    return *key;
  fail(path, "it was removed while it was made");
}

std::string seal(std::string_view key, std::string_view plain) {
  if (plain.empty())
    return {};
  check_key(key);
  std::string result = random_bytes(crypto_secretbox_NONCEBYTES);
  result.resize(result.size() + crypto_secretbox_MACBYTES + plain.size());
  crypto_secretbox_easy(bytes(result) + crypto_secretbox_NONCEBYTES,
                        bytes(plain), plain.size(), bytes(result), bytes(key));
  return to_base64(result);
}

std::string unseal(std::string_view key, std::string_view sealed) {
  if (sealed.empty())
    return {};
  check_key(key);
  constexpr std::size_t overhead =
      crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
  const auto box = from_base64(sealed);
  if (!box || box->size() < overhead)
    throw std::runtime_error("not a sealed text");
  std::string plain(box->size() - overhead, '\0');
  if (crypto_secretbox_open_easy(
          bytes(plain), bytes(*box) + crypto_secretbox_NONCEBYTES,
          box->size() - crypto_secretbox_NONCEBYTES, bytes(*box), bytes(key))
      != 0)
    throw std::runtime_error("sealed under another key, or damaged");
  return plain;
}

} // namespace convoy::actors
