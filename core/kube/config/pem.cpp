// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/config/pem.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <openssl/x509.h>

#include <array>
#include <ctime>
#include <memory>

namespace kube {

namespace {

template <auto Free>
struct Deleter {
    template <typename T>
    void operator()(T* object) const {
        Free(object);
    }
};
using Bio = std::unique_ptr<BIO, Deleter<BIO_free>>;
using Certificate = std::unique_ptr<X509, Deleter<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;

// Errors left in OpenSSL's queue of this thread would be taken for those of the next user.
struct CleanErrors {
    CleanErrors() = default;
    CleanErrors(const CleanErrors&) = delete;
    CleanErrors& operator=(const CleanErrors&) = delete;
    ~CleanErrors() { ERR_clear_error(); }
};

Bio reading(std::string_view bytes) {
    return Bio(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

// Without this OpenSSL asks for a passphrase on the terminal.
int noPassphrase(char*, int, int, void*) {
    return -1;
}

struct PemBlock {
    std::string name;
    std::string der;
};

std::vector<PemBlock> blocksOf(std::string_view pem) {
    std::vector<PemBlock> blocks;
    const Bio bio = reading(pem);
    char* name = nullptr;
    char* header = nullptr;
    unsigned char* data = nullptr;
    long length = 0;
    while (PEM_read_bio(bio.get(), &name, &header, &data, &length) == 1) {
        blocks.push_back({name, std::string(reinterpret_cast<const char*>(data), std::size_t(length))});
        OPENSSL_free(name);
        OPENSSL_free(header);
        OPENSSL_free(data);
    }
    return blocks;
}

Certificate parseDer(const std::string& der) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
    return Certificate(d2i_X509(nullptr, &bytes, static_cast<long>(der.size())));
}

} // namespace

base::Result<std::vector<std::string>> certificatesOf(std::string_view pem) {
    const CleanErrors clean;
    std::vector<std::string> certificates;
    for (PemBlock& block : blocksOf(pem)) {
        if (block.name != PEM_STRING_X509)
            continue;
        if (!parseDer(block.der))
            return base::fail(base::ErrorCode::BadInput, "holds a certificate that cannot be parsed");
        certificates.push_back(std::move(block.der));
    }
    if (certificates.empty())
        return base::fail(base::ErrorCode::BadInput, "holds no PEM certificate");
    return certificates;
}

base::Result<void> checkKeyPair(std::string_view certPem, std::string_view keyPem) {
    const CleanErrors clean;
    const auto certificates = certificatesOf(certPem);
    if (!certificates)
        return base::fail(certificates.error());
    const Bio bio = reading(keyPem);
    const Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, noPassphrase, nullptr));
    if (!key)
        return base::fail(base::ErrorCode::BadInput, "holds no private key in PEM form, or an encrypted one");
    const Certificate first = parseDer(certificates->front());
    if (X509_check_private_key(first.get(), key.get()) != 1)
        return base::fail(base::ErrorCode::BadInput, "does not belong to the client certificate");
    return {};
}

std::optional<std::int64_t> certificateEnd(std::string_view pem) {
    const CleanErrors clean;
    const auto certificates = certificatesOf(pem);
    if (!certificates)
        return std::nullopt;
    const Certificate first = parseDer(certificates->front());
    std::tm parts{};
    if (ASN1_TIME_to_tm(X509_get0_notAfter(first.get()), &parts) != 1)
        return std::nullopt;
    return std::int64_t(::timegm(&parts)) * 1000;
}

std::string sha256(std::string_view bytes) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
    std::string text;
    for (const unsigned char byte : digest) {
        text.push_back("0123456789abcdef"[byte >> 4]);
        text.push_back("0123456789abcdef"[byte & 15]);
    }
    return text;
}

} // namespace kube
