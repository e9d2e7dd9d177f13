// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/certificates.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <cstdint>
#include <stdexcept>

namespace testbed {

namespace {

struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(BIO* bio) const { BIO_free(bio); }
    void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
};
template <typename T>
using Handle = std::unique_ptr<T, Free>;

/// The library fails here only when memory or randomness does: nothing that a test could go on from.
template <typename T>
T* must(T* result) {
    if (result == nullptr)
        throw std::runtime_error("OpenSSL failed to make a certificate");
    return result;
}

std::string text(BIO* bio) {
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(bio, &bytes);
    return {bytes, static_cast<std::size_t>(size)};
}

Handle<EVP_PKEY> makeKey() {
    return Handle<EVP_PKEY>(must(EVP_EC_gen("P-256")));
}

std::string keyText(EVP_PKEY* key) {
    const Handle<BIO> bio(must(BIO_new(BIO_s_mem())));
    PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    return text(bio.get());
}

std::string certificateText(X509* certificate) {
    const Handle<BIO> bio(must(BIO_new(BIO_s_mem())));
    PEM_write_bio_X509(bio.get(), certificate);
    return text(bio.get());
}

void addName(X509_NAME* subject, const char* field, const std::string& value) {
    X509_NAME_add_entry_by_txt(subject, field, MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(value.data()),
                               static_cast<int>(value.size()), -1, 0);
}

void addExtension(X509* certificate, X509* issuer, int id, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const Handle<X509_EXTENSION> extension(must(X509V3_EXT_conf_nid(nullptr, &context, id, value.c_str())));
    X509_add_ext(certificate, extension.get(), -1);
}

Handle<X509> makeCertificate(const std::string& name, const std::vector<std::string>& organisations, EVP_PKEY* key) {
    constexpr long hour = 3600;
    Handle<X509> certificate(must(X509_new()));
    X509_set_version(certificate.get(), X509_VERSION_3);
    std::uint32_t serial = 0;
    RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), std::uint64_t{serial} + 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -hour);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 10 * 24 * hour);
    X509_NAME* subject = X509_get_subject_name(certificate.get());
    for (const std::string& organisation : organisations)
        addName(subject, "O", organisation);
    addName(subject, "CN", name);
    X509_set_pubkey(certificate.get(), key);
    return certificate;
}

} // namespace

struct Authority::Parts {
    Handle<EVP_PKEY> key;
    Handle<X509> certificate;
};

Authority::Authority(const std::string& name)
    : m_parts(std::make_unique<Parts>()) {
    m_parts->key = makeKey();
    m_parts->certificate = makeCertificate(name, {}, m_parts->key.get());
    X509* own = m_parts->certificate.get();
    X509_set_issuer_name(own, X509_get_subject_name(own));
    addExtension(own, own, NID_basic_constraints, "critical,CA:TRUE");
    addExtension(own, own, NID_key_usage, "critical,keyCertSign,cRLSign,digitalSignature");
    addExtension(own, own, NID_subject_key_identifier, "hash");
    X509_sign(own, m_parts->key.get(), EVP_sha256());
    m_pem = certificateText(own);
}

Authority::~Authority() = default;

Identity Authority::issue(const std::string& name, const std::vector<std::string>& organisations,
                          const std::vector<std::string>& names) const {
    const Handle<EVP_PKEY> key = makeKey();
    const Handle<X509> certificate = makeCertificate(name, organisations, key.get());
    X509* authority = m_parts->certificate.get();
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(authority));
    addExtension(certificate.get(), authority, NID_basic_constraints, "critical,CA:FALSE");
    addExtension(certificate.get(), authority, NID_key_usage, "critical,digitalSignature");
    addExtension(certificate.get(), authority, NID_ext_key_usage, "serverAuth,clientAuth");
    addExtension(certificate.get(), authority, NID_authority_key_identifier, "keyid");
    std::string alternatives;
    for (const std::string& entry : names)
        alternatives += (alternatives.empty() ? "" : ",") + entry;
    if (!alternatives.empty())
        addExtension(certificate.get(), authority, NID_subject_alt_name, alternatives);
    X509_sign(certificate.get(), m_parts->key.get(), EVP_sha256());
    return {certificateText(certificate.get()), keyText(key.get())};
}

Identity makeSigningKey() {
    const Handle<EVP_PKEY> key = makeKey();
    const Handle<BIO> bio(must(BIO_new(BIO_s_mem())));
    PEM_write_bio_PUBKEY(bio.get(), key.get());
    return {text(bio.get()), keyText(key.get())};
}

std::string toBase64(const std::string& bytes) {
    std::string encoded(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    const int size =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),
                        reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    encoded.resize(static_cast<std::size_t>(size));
    return encoded;
}

} // namespace testbed
