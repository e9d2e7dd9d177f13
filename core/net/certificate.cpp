// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/certificate.h"

#include <arpa/inet.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

namespace net {

namespace {

struct Free {
    void operator()(BIO* p) const { BIO_free(p); }
    void operator()(X509* p) const { X509_free(p); }
    void operator()(GENERAL_NAMES* p) const { GENERAL_NAMES_free(p); }
    void operator()(EVP_PKEY* p) const { EVP_PKEY_free(p); }
    void operator()(BIGNUM* p) const { BN_free(p); }
    void operator()(char* p) const { OPENSSL_free(p); }
    void operator()(unsigned char* p) const { OPENSSL_free(p); }
};
template <typename T>
using Owned = std::unique_ptr<T, Free>;

std::string textOf(const X509_NAME* name) {
    const Owned<BIO> bio(BIO_new(BIO_s_mem()));
    X509_NAME_print_ex(bio.get(), name, 0, XN_FLAG_RFC2253);
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

std::int64_t msOf(const ASN1_TIME* time) {
    tm parts{};
    return ASN1_TIME_to_tm(time, &parts) == 1 ? std::int64_t(timegm(&parts)) * 1000 : 0;
}

std::string textOf(const ASN1_STRING* text) {
    return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
            static_cast<std::size_t>(ASN1_STRING_length(text))};
}

std::vector<std::string> namesOf(const X509* certificate) {
    std::vector<std::string> result;
    const Owned<GENERAL_NAMES> names(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type == GEN_DNS || name->type == GEN_URI || name->type == GEN_EMAIL) {
            result.push_back(textOf(name->d.ia5));
        } else if (name->type == GEN_IPADD) {
            const std::string bytes = textOf(name->d.iPAddress);
            std::array<char, INET6_ADDRSTRLEN> text{};
            if (bytes.size() == 4 || bytes.size() == 16)
                result.emplace_back(inet_ntop(bytes.size() == 4 ? AF_INET : AF_INET6, bytes.data(), text.data(),
                                              static_cast<socklen_t>(text.size())));
        }
    }
    return result;
}

Certificate describe(const X509* certificate) {
    Certificate entry;
    entry.subject = textOf(X509_get_subject_name(certificate));
    entry.issuer = textOf(X509_get_issuer_name(certificate));
    entry.notBeforeMs = msOf(X509_get0_notBefore(certificate));
    entry.notAfterMs = msOf(X509_get0_notAfter(certificate));
    entry.names = namesOf(certificate);
    return entry;
}

Owned<BIO> readerOf(std::string_view text) {
    return Owned<BIO>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

std::string hexPairs(const unsigned char* bytes, std::size_t size) {
    static constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string text;
    for (std::size_t i = 0; i < size; ++i) {
        if (i > 0)
            text += ':';
        text += kHex[bytes[i] >> 4U];
        text += kHex[bytes[i] & 0xFU];
    }
    return text;
}

std::string serialOf(const X509* certificate) {
    const Owned<BIGNUM> number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr));
    if (!number)
        return {};
    std::vector<unsigned char> bytes(std::max<std::size_t>(static_cast<std::size_t>(BN_num_bytes(number.get())), 1));
    BN_bn2binpad(number.get(), bytes.data(), static_cast<int>(bytes.size()));
    return (BN_is_negative(number.get()) != 0 ? "-" : "") + hexPairs(bytes.data(), bytes.size());
}

std::string fingerprintOf(const X509* certificate) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    if (X509_digest(certificate, EVP_sha256(), digest.data(), &size) != 1)
        return {};
    return hexPairs(digest.data(), size);
}

/// As people call it, not as the library does.
std::string curveName(const EVP_PKEY* key) {
    std::array<char, 64> name{};
    std::size_t size = 0;
    if (EVP_PKEY_get_group_name(key, name.data(), name.size(), &size) != 1)
        return {};
    const std::string curve(name.data(), size);
    const char* nist = EC_curve_nid2nist(OBJ_txt2nid(curve.c_str()));
    return nist != nullptr ? nist : curve;
}

void describeKey(const X509* certificate, ChainCertificate& entry) {
    const EVP_PKEY* key = X509_get0_pubkey(certificate);
    if (key == nullptr)
        return;
    switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_RSA:
    case EVP_PKEY_RSA_PSS:
        entry.keyType = "RSA";
        entry.keyBits = EVP_PKEY_get_bits(key);
        break;
    case EVP_PKEY_EC:
        entry.keyType = "ECDSA";
        if (const std::string curve = curveName(key); !curve.empty())
            entry.keyType += " " + curve;
        else
            entry.keyBits = EVP_PKEY_get_bits(key);
        break;
    case EVP_PKEY_ED25519:
        entry.keyType = "Ed25519";
        break;
    case EVP_PKEY_ED448:
        entry.keyType = "Ed448";
        break;
    default:
        if (const char* name = EVP_PKEY_get0_type_name(key); name != nullptr)
            entry.keyType = name;
        entry.keyBits = EVP_PKEY_get_bits(key);
    }
}

bool isIssuedBy(X509* certificate, X509* issuer) {
    return X509_check_issued(issuer, certificate) == X509_V_OK &&
           X509_verify(certificate, X509_get0_pubkey(issuer)) == 1;
}

ChainCertificate describeInChain(X509* certificate) {
    ChainCertificate entry;
    entry.says = describe(certificate);
    entry.serial = serialOf(certificate);
    entry.fingerprint = fingerprintOf(certificate);
    describeKey(certificate, entry);
    entry.isAuthority = X509_check_ca(certificate) == 1;
    entry.isSelfSigned = isIssuedBy(certificate, certificate);
    return entry;
}

constexpr std::string_view kFrame = "-----BEGIN CERTIFICATE-----";

bool isCertificate(std::string_view block) {
    return block == PEM_STRING_X509 || block == PEM_STRING_X509_OLD || block == PEM_STRING_X509_TRUSTED;
}

base::Result<std::vector<Owned<X509>>> readChain(std::string_view pem) {
    std::vector<Owned<X509>> chain;
    const Owned<BIO> bio = readerOf(pem);
    while (true) {
        char* name = nullptr;
        char* header = nullptr;
        unsigned char* data = nullptr;
        long size = 0;
        const bool isRead = PEM_read_bio(bio.get(), &name, &header, &data, &size) == 1;
        const Owned<char> ownedName(name);
        const Owned<char> ownedHeader(header);
        const Owned<unsigned char> ownedData(data);
        const bool isEnd = !isRead && ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
        ERR_clear_error();
        if (isEnd)
            break;
        const std::string number = std::to_string(chain.size() + 1);
        if (!isRead)
            return base::fail(base::ErrorCode::BadInput,
                              "certificate " + number + " is damaged: what stands in its frame is cut or no base64");
        if (!isCertificate(name))
            continue;
        const unsigned char* at = data;
        Owned<X509> certificate(d2i_X509(nullptr, &at, size));
        ERR_clear_error();
        if (!certificate)
            return base::fail(base::ErrorCode::BadInput, "certificate " + number + " is damaged: it is no X.509");
        chain.push_back(std::move(certificate));
    }
    if (chain.empty())
        return base::fail(base::ErrorCode::BadInput, "no certificate in PEM form stands here");
    return chain;
}

/// Asked instead of the terminal.
int refusePassword(char*, int, int, void* wasAsked) {
    *static_cast<bool*>(wasAsked) = true;
    return -1;
}

} // namespace

std::vector<Certificate> readCertificates(std::string_view pem) {
    std::vector<Certificate> result;
    const Owned<BIO> bio = readerOf(pem);
    while (const Owned<X509> certificate{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)})
        result.push_back(describe(certificate.get()));
    ERR_clear_error(); // reading ends with the error that nothing more is there
    return result;
}

bool hasCertificates(std::string_view pem) {
    return pem.find(kFrame) != std::string_view::npos;
}

base::Result<CertificateChain> readCertificateChain(std::string_view pem) {
    const base::Result<std::vector<Owned<X509>>> read = readChain(pem);
    if (!read)
        return base::fail(read.error());
    CertificateChain chain;
    chain.brokenAt = read->size();
    for (std::size_t i = 0; i < read->size(); ++i) {
        X509* certificate = (*read)[i].get();
        chain.certificates.push_back(describeInChain(certificate));
        const bool isBroken = i + 1 < read->size() && !isIssuedBy(certificate, (*read)[i + 1].get());
        if (isBroken && chain.brokenAt == read->size())
            chain.brokenAt = i;
    }
    ERR_clear_error();
    return chain;
}

KeyFit fitOf(std::string_view privateKey, std::string_view certificates) {
    const base::Result<std::vector<Owned<X509>>> chain = readChain(certificates);
    const Owned<BIO> bio = readerOf(privateKey);
    bool wasAsked = false;
    const Owned<EVP_PKEY> key(PEM_read_bio_PrivateKey(bio.get(), nullptr, refusePassword, &wasAsked));
    const bool fits = chain && key && X509_check_private_key(chain->front().get(), key.get()) == 1;
    ERR_clear_error();
    if (chain && !key && wasAsked)
        return KeyFit::Encrypted;
    if (!chain || !key)
        return KeyFit::Unreadable;
    return fits ? KeyFit::Fits : KeyFit::Differs;
}

std::int64_t daysLeft(std::int64_t notAfterMs, std::int64_t nowMs) {
    constexpr std::int64_t day = 24LL * 60 * 60 * 1000;
    const std::int64_t left = notAfterMs - nowMs;
    return left >= 0 ? left / day : -((-left + day - 1) / day);
}

} // namespace net
