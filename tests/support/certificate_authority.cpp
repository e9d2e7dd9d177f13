// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/certificate_authority.h"

#include <arpa/inet.h>
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <array>

namespace testsupport {

namespace {

struct Free {
    void operator()(X509* p) const { X509_free(p); }
    void operator()(EVP_PKEY* p) const { EVP_PKEY_free(p); }
    void operator()(BIO* p) const { BIO_free(p); }
    void operator()(X509_EXTENSION* p) const { X509_EXTENSION_free(p); }
};
template <typename T>
using Owned = std::unique_ptr<T, Free>;

std::string contents(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

std::string pemOf(X509* certificate) {
    const Owned<BIO> bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(bio.get(), certificate);
    return contents(bio.get());
}

std::string pemOf(EVP_PKEY* key) {
    const Owned<BIO> bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    return contents(bio.get());
}

void extend(X509* certificate, X509* issuer, int nid, const std::string& value) {
    X509V3_CTX context{};
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const Owned<X509_EXTENSION> extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
    X509_add_ext(certificate, extension.get(), -1);
}

std::string alternativeNames(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) {
        std::array<unsigned char, 16> address{};
        const bool isAddress = inet_pton(AF_INET, name.c_str(), address.data()) == 1 ||
                               inet_pton(AF_INET6, name.c_str(), address.data()) == 1;
        text += (text.empty() ? "" : ",") + std::string(isAddress ? "IP:" : "DNS:") + name;
    }
    return text;
}

Owned<X509> blank(const CertificateWish& wish, EVP_PKEY* key) {
    Owned<X509> certificate(X509_new());
    X509_set_version(certificate.get(), 2);
    std::array<unsigned char, 8> serial{};
    RAND_bytes(serial.data(), static_cast<int>(serial.size()));
    std::uint64_t number = 0;
    for (const unsigned char byte : serial)
        number = number << 8 | byte;
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), number >> 1 | 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), wish.validFromS);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), wish.validForS);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(wish.commonName.c_str()), -1, -1, 0);
    return certificate;
}

} // namespace

struct CertificateAuthority::State {
    Owned<EVP_PKEY> key{EVP_EC_gen("P-256")};
    Owned<X509> certificate;
    std::string pem;
};

CertificateAuthority::CertificateAuthority(const std::string& name)
    : m_state(std::make_unique<State>()) {
    CertificateWish wish;
    wish.commonName = name;
    m_state->certificate = blank(wish, m_state->key.get());
    X509* certificate = m_state->certificate.get();
    X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
    extend(certificate, certificate, NID_basic_constraints, "critical,CA:TRUE");
    extend(certificate, certificate, NID_subject_key_identifier, "hash");
    X509_sign(certificate, m_state->key.get(), EVP_sha256());
    m_state->pem = pemOf(certificate);
}

CertificateAuthority::~CertificateAuthority() = default;

const std::string& CertificateAuthority::pem() const {
    return m_state->pem;
}

Identity CertificateAuthority::issue(const CertificateWish& wish) const {
    const Owned<EVP_PKEY> key(EVP_EC_gen("P-256"));
    const Owned<X509> certificate = blank(wish, key.get());
    X509* issuer = m_state->certificate.get();
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer));
    extend(certificate.get(), issuer, NID_basic_constraints, "CA:FALSE");
    if (!wish.names.empty())
        extend(certificate.get(), issuer, NID_subject_alt_name, alternativeNames(wish.names));
    X509_sign(certificate.get(), m_state->key.get(), EVP_sha256());
    return {pemOf(certificate.get()), pemOf(key.get())};
}

} // namespace testsupport
