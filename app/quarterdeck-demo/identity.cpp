// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck-demo/identity.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>
#include <stdexcept>

namespace demo {

namespace {

struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(BIO* bio) const { BIO_free(bio); }
    void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Certificate = std::unique_ptr<X509, Free>;

void require(bool good) {
    if (!good)
        throw std::runtime_error("OpenSSL could not make the demo's certificates");
}

Key makeKey() {
    Key key(EVP_EC_gen("P-256"));
    require(key != nullptr);
    return key;
}

void extend(X509* certificate, X509* issuer, int nid, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, Free> extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
    require(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
}

Certificate makeCertificate(const std::string& commonName, const char* organisation, EVP_PKEY* key, X509* issuer,
                            EVP_PKEY* issuerKey, int days, long serial) {
    Certificate certificate(X509_new());
    require(certificate != nullptr);
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 86400L * days + 3600);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME* subject = X509_get_subject_name(certificate.get());
    const auto add = [subject](const char* field, const char* value) {
        X509_NAME_add_entry_by_txt(subject, field, MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(value), -1, -1,
                                   0);
    };
    if (organisation != nullptr)
        add("O", organisation);
    add("CN", commonName.c_str());
    X509* signer = issuer != nullptr ? issuer : certificate.get();
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(signer));
    if (issuer == nullptr) {
        extend(certificate.get(), signer, NID_basic_constraints, "critical,CA:TRUE");
        extend(certificate.get(), signer, NID_key_usage, "critical,keyCertSign,cRLSign");
    } else if (organisation == nullptr) {
        extend(certificate.get(), signer, NID_subject_alt_name, "IP:127.0.0.1,DNS:localhost");
        extend(certificate.get(), signer, NID_ext_key_usage, "serverAuth");
    } else {
        extend(certificate.get(), signer, NID_ext_key_usage, "clientAuth");
    }
    require(X509_sign(certificate.get(), issuerKey, EVP_sha256()) > 0);
    return certificate;
}

std::string textOf(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

std::string pem(X509* certificate) {
    const std::unique_ptr<BIO, Free> bio(BIO_new(BIO_s_mem()));
    require(PEM_write_bio_X509(bio.get(), certificate) == 1);
    return textOf(bio.get());
}

std::string pem(EVP_PKEY* key) {
    const std::unique_ptr<BIO, Free> bio(BIO_new(BIO_s_mem()));
    require(PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1);
    return textOf(bio.get());
}

} // namespace

Identity makeIdentity(const std::string& name, int clientDays) {
    const Key caKey = makeKey();
    const Certificate ca = makeCertificate(name + "-ca", nullptr, caKey.get(), nullptr, caKey.get(), 365, 1);
    const Key serverKey = makeKey();
    const Certificate server =
        makeCertificate("kube-apiserver", nullptr, serverKey.get(), ca.get(), caKey.get(), 365, 2);
    const Key clientKey = makeKey();
    const Certificate client =
        makeCertificate("operator", "platform", clientKey.get(), ca.get(), caKey.get(), clientDays, 3);
    return {pem(ca.get()), pem(server.get()), pem(serverKey.get()), pem(client.get()), pem(clientKey.get())};
}

} // namespace demo
