// SPDX-License-Identifier: Apache-2.0
#include "net/client_certificate.hpp"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <memory>
#include <utility>

namespace convoy::net {

namespace {

template <auto Free>
struct freed_by {
  template <class T>
  void operator()(T* what) const noexcept {
    Free(what);
  }
};

using bio = std::unique_ptr<BIO, freed_by<BIO_free_all>>;
using key = std::unique_ptr<EVP_PKEY, freed_by<EVP_PKEY_free>>;
using x509 = std::unique_ptr<X509, freed_by<X509_free>>;

constexpr long day = 24 * 3600;
constexpr long lifetime = 3650 * day;
/// X.520 `ub-common-name`.
constexpr std::size_t max_name = 64;

/// No pass phrase, and no terminal to ask for one.
int no_password(char*, int, int, void*) {
  return -1;
}

bio reader_of(const std::string& text) {
  return bio{BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))};
}

std::string fingerprint(const X509& certificate, const EVP_MD* hash) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  std::string result;
  if (X509_digest(&certificate, hash, digest.data(), &size) != 1)
    return result;
  for (unsigned i = 0; i < size; ++i) {
    result += digits[digest[i] >> 4];
    result += digits[digest[i] & 15];
  }
  return result;
}

x509 read_certificate(const std::string& pem) {
  return x509{
      PEM_read_bio_X509(reader_of(pem).get(), nullptr, no_password, nullptr)};
}

key read_key(const std::string& pem) {
  return key{PEM_read_bio_PrivateKey(reader_of(pem).get(), nullptr, no_password,
                                     nullptr)};
}

std::string pem_of(X509& certificate, EVP_PKEY& secret) {
  bio out{BIO_new(BIO_s_secmem())};
  if (!out || PEM_write_bio_X509(out.get(), &certificate) != 1
      || PEM_write_bio_PrivateKey(out.get(), &secret, nullptr, nullptr, 0,
                                  nullptr, nullptr)
             != 1)
    return {};
  char* data = nullptr;
  const auto size = BIO_get_mem_data(out.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

/// A serial number that is never twice the same: 63 random bits.
bool set_serial(X509& certificate) {
  std::uint64_t number = 0;
  return RAND_bytes(reinterpret_cast<unsigned char*>(&number), sizeof number)
             == 1
         && ASN1_INTEGER_set_uint64(X509_get_serialNumber(&certificate),
                                    (number >> 1) | 1)
                == 1;
}

bool set_names(X509& certificate, const std::string& name) {
  const auto shown = name.substr(0, max_name);
  auto* subject = X509_get_subject_name(&certificate);
  return X509_NAME_add_entry_by_txt(
             subject, "CN", MBSTRING_ASC,
             reinterpret_cast<const unsigned char*>(shown.data()),
             static_cast<int>(shown.size()), -1, 0)
             == 1
         && X509_set_issuer_name(&certificate, subject) == 1;
}

bool add_extension(X509& certificate, int kind, const char* value) {
  std::unique_ptr<X509_EXTENSION, freed_by<X509_EXTENSION_free>> extension{
      X509V3_EXT_conf_nid(nullptr, nullptr, kind, value)};
  return extension && X509_add_ext(&certificate, extension.get(), -1) == 1;
}

} // namespace

std::string sha256_of(const x509_st& certificate) {
  return fingerprint(certificate, EVP_sha256());
}

client_certificate make_client_certificate(const std::string& name) {
  const key secret{EVP_EC_gen("P-256")};
  const x509 certificate{X509_new()};
  const auto made =
      secret && certificate && X509_set_version(certificate.get(), 2) == 1
      && set_serial(*certificate)
      && X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -day)
      && X509_gmtime_adj(X509_getm_notAfter(certificate.get()), lifetime)
      && X509_set_pubkey(certificate.get(), secret.get()) == 1
      && set_names(*certificate, name.empty() ? "user" : name)
      && add_extension(*certificate, NID_basic_constraints, "CA:FALSE")
      && add_extension(*certificate, NID_ext_key_usage, "clientAuth")
      && X509_sign(certificate.get(), secret.get(), EVP_sha256()) > 0;
  ERR_clear_error();
  if (!made)
    return {};
  auto pem = pem_of(*certificate, *secret);
  if (pem.empty())
    return {};
  return {std::move(pem), sha256_of(*certificate),
          fingerprint(*certificate, EVP_sha512())};
}

std::optional<client_certificate>
read_client_certificate(const std::string& pem) {
  const auto certificate = read_certificate(pem);
  const auto secret = read_key(pem);
  const auto fits =
      certificate && secret
      && X509_check_private_key(certificate.get(), secret.get()) == 1;
  ERR_clear_error();
  if (!fits)
    return std::nullopt;
  return client_certificate{pem, sha256_of(*certificate),
                            fingerprint(*certificate, EVP_sha512())};
}

bool use_client_certificate(ssl_st& session, const std::string& pem) {
  const auto certificate = read_certificate(pem);
  const auto secret = read_key(pem);
  const auto used = certificate && secret
                    && SSL_use_certificate(&session, certificate.get()) == 1
                    && SSL_use_PrivateKey(&session, secret.get()) == 1;
  ERR_clear_error();
  return used;
}

} // namespace convoy::net
