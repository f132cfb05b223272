// SPDX-License-Identifier: Apache-2.0
#include "net/client_certificate.hpp"

#include "tests/net/tls_fixture.hpp"

#include <doctest/doctest.h>
#include <openssl/ssl.h>

#include <ctime>

using namespace convoy::net;

namespace {

using x509 = std::unique_ptr<X509, decltype(&X509_free)>;

x509 parse(const std::string& pem) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> from{
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free};
  return {PEM_read_bio_X509(from.get(), nullptr, nullptr, nullptr), X509_free};
}

std::string common_name(const std::string& pem) {
  const auto certificate = parse(pem);
  REQUIRE(certificate);
  char text[256] = "";
  X509_NAME_get_text_by_NID(X509_get_subject_name(certificate.get()),
                            NID_commonName, text, sizeof text);
  return text;
}

bool is_hex(const std::string& text, std::size_t size) {
  return text.size() == size
         && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

} // namespace

TEST_CASE("a certificate is one for ten years, of a key of its own") {
  const auto one = make_client_certificate("ann");
  const auto other = make_client_certificate("ann");
  CHECK(is_hex(one.sha256, 64));
  CHECK(is_hex(one.sha512, 128));
  CHECK(one.sha256 != other.sha256);
  CHECK(common_name(one.pem) == "ann");
  const auto certificate = parse(one.pem);
  CHECK(sha256_of(*certificate) == one.sha256);
  auto* key = X509_get0_pubkey(certificate.get());
  CHECK(EVP_PKEY_get_base_id(key) == EVP_PKEY_EC);
  CHECK(EVP_PKEY_get_bits(key) == 256);
  CHECK(X509_verify(certificate.get(), key) == 1);
  int days = 0;
  int seconds = 0;
  ASN1_TIME_diff(&days, &seconds, X509_get0_notBefore(certificate.get()),
                 X509_get0_notAfter(certificate.get()));
  CHECK(days == 3651);
  CHECK(X509_cmp_current_time(X509_get0_notBefore(certificate.get())) < 0);
}

TEST_CASE("names that no certificate has are made fit") {
  CHECK(common_name(make_client_certificate("").pem) == "user");
  CHECK(common_name(make_client_certificate(std::string(200, 'x')).pem)
        == std::string(64, 'x'));
  CHECK_FALSE(make_client_certificate("\xFF\xFE").pem.empty());
}

TEST_CASE("what was made can be read again, and nothing else") {
  const auto made = make_client_certificate("ann");
  const auto read = read_client_certificate(made.pem);
  REQUIRE(read);
  CHECK(read->pem == made.pem);
  CHECK(read->sha256 == made.sha256);
  CHECK(read->sha512 == made.sha512);
  const auto other = make_client_certificate("bob");
  const auto key_at = made.pem.find("-----BEGIN PRIVATE KEY");
  REQUIRE(key_at != std::string::npos);
  const auto alone = made.pem.substr(0, key_at);
  CHECK_FALSE(read_client_certificate(""));
  CHECK_FALSE(read_client_certificate("nothing"));
  CHECK_FALSE(read_client_certificate(alone));
  CHECK_FALSE(read_client_certificate(made.pem.substr(key_at)));
  CHECK_FALSE(read_client_certificate(
      alone + other.pem.substr(other.pem.find("-----BEGIN PRIVATE KEY"))));
}
