// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <doctest/doctest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>

namespace convoy::net {

/// A key and a certificate that it has signed itself, valid for a day on either
/// side of now, for one DNS name.
class self_signed {
public:
  explicit self_signed(const std::string& name)
      : key_(EVP_RSA_gen(2048), EVP_PKEY_free), cert_(X509_new(), X509_free) {
    X509_set_version(cert_.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(cert_.get()), 1);
    constexpr long day = 86'400;
    X509_gmtime_adj(X509_getm_notBefore(cert_.get()), -day);
    X509_gmtime_adj(X509_getm_notAfter(cert_.get()), day);
    X509_set_pubkey(cert_.get(), key_.get());
    auto* subject = X509_get_subject_name(cert_.get());
    X509_NAME_add_entry_by_txt(
        subject, "CN", MBSTRING_ASC,
        reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    X509_set_issuer_name(cert_.get(), subject);
    auto* names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name,
                                      ("DNS:" + name).c_str());
    REQUIRE(names);
    X509_add_ext(cert_.get(), names, -1);
    X509_EXTENSION_free(names);
    REQUIRE(X509_sign(cert_.get(), key_.get(), EVP_sha256()) > 0);
  }

  std::string certificate() const {
    std::unique_ptr<BIO, decltype(&BIO_free)> out{BIO_new(BIO_s_mem()),
                                                  BIO_free};
    PEM_write_bio_X509(out.get(), cert_.get());
    return content(out.get());
  }

  /// Lower-case hex.
  std::string sha256() const {
    unsigned char digest[32];
    REQUIRE(X509_digest(cert_.get(), EVP_sha256(), digest, nullptr) == 1);
    std::string result;
    for (const auto byte : digest) {
      result += "0123456789abcdef"[byte >> 4];
      result += "0123456789abcdef"[byte & 15];
    }
    return result;
  }

  std::string key() const {
    std::unique_ptr<BIO, decltype(&BIO_free)> out{BIO_new(BIO_s_mem()),
                                                  BIO_free};
    PEM_write_bio_PrivateKey(out.get(), key_.get(), nullptr, nullptr, 0,
                             nullptr, nullptr);
    return content(out.get());
  }

private:
  static std::string content(BIO* from) {
    char* data = nullptr;
    auto size = BIO_get_mem_data(from, &data);
    return {data, static_cast<std::size_t>(size)};
  }

  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_;
  std::unique_ptr<X509, decltype(&X509_free)> cert_;
};

} // namespace convoy::net
