// SPDX-License-Identifier: Apache-2.0
#include "certificate.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <stdexcept>

namespace convoy::scenarios {

namespace {

template <auto Free>
struct freed_by {
  template <class T>
  void operator()(T* what) const {
    Free(what);
  }
};

using key_ptr = std::unique_ptr<EVP_PKEY, freed_by<EVP_PKEY_free>>;
using x509_ptr = std::unique_ptr<X509, freed_by<X509_free>>;
using bio_ptr = std::unique_ptr<BIO, freed_by<BIO_free_all>>;
using extension_ptr =
    std::unique_ptr<X509_EXTENSION, freed_by<X509_EXTENSION_free>>;

void need(bool fine, const char* what) {
  if (!fine)
    throw std::runtime_error(std::string("OpenSSL cannot ") + what);
}

void extend(X509* to, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, to, to, nullptr, nullptr, 0);
  extension_ptr made(
      X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
  need(made && X509_add_ext(to, made.get(), -1) == 1, "add an extension");
}

std::string text_of(BIO* memory) {
  char* data = nullptr;
  auto size = BIO_get_mem_data(memory, &data);
  return {data, static_cast<std::size_t>(size)};
}

} // namespace

certificate make_certificate(const std::string& host) {
  key_ptr key(EVP_EC_gen("P-256"));
  x509_ptr made(X509_new());
  need(key && made, "make a key");
  auto lifetime = 24L * 60 * 60;
  X509_set_version(made.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(made.get()), -lifetime);
  X509_gmtime_adj(X509_getm_notAfter(made.get()), lifetime);
  X509_set_pubkey(made.get(), key.get());
  auto name = X509_get_subject_name(made.get());
  X509_NAME_add_entry_by_txt(
      name, "CN", MBSTRING_UTF8,
      reinterpret_cast<const unsigned char*>(host.c_str()), -1, -1, 0);
  X509_set_issuer_name(made.get(), name);
  bool address = host.find_first_not_of("0123456789.") == std::string::npos;
  extend(made.get(), NID_basic_constraints, "critical,CA:TRUE");
  extend(made.get(), NID_subject_alt_name, (address ? "IP:" : "DNS:") + host);
  need(X509_sign(made.get(), key.get(), EVP_sha256()) > 0, "sign");
  bio_ptr pem(BIO_new(BIO_s_mem()));
  bio_ptr secret(BIO_new(BIO_s_mem()));
  need(PEM_write_bio_X509(pem.get(), made.get()) == 1
           && PEM_write_bio_PrivateKey(secret.get(), key.get(), nullptr,
                                       nullptr, 0, nullptr, nullptr)
                  == 1,
       "write PEM");
  return {text_of(pem.get()), text_of(secret.get()),
          fingerprint_of(*made, fingerprint::sha256)};
}

std::string fingerprint_of(const x509_st& certificate, fingerprint what) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  need(X509_digest(&certificate,
                   what == fingerprint::sha256 ? EVP_sha256() : EVP_sha512(),
                   digest, &size)
           == 1,
       "hash a certificate");
  std::string result;
  for (unsigned i = 0; i < size; ++i) {
    result += "0123456789abcdef"[digest[i] >> 4];
    result += "0123456789abcdef"[digest[i] & 15];
  }
  return result;
}

} // namespace convoy::scenarios
