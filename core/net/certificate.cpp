// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/certificate.h"

#include <arpa/inet.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <time.h>

#include <array>
#include <memory>

namespace net {

namespace {

struct Free {
    void operator()(BIO* p) const { BIO_free(p); }
    void operator()(X509* p) const { X509_free(p); }
    void operator()(GENERAL_NAMES* p) const { GENERAL_NAMES_free(p); }
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
        if (name->type == GEN_DNS) {
            result.push_back(textOf(name->d.dNSName));
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

} // namespace

std::vector<Certificate> readCertificates(std::string_view pem) {
    std::vector<Certificate> result;
    const Owned<BIO> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    while (const Owned<X509> certificate{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)}) {
        Certificate& entry = result.emplace_back();
        entry.subject = textOf(X509_get_subject_name(certificate.get()));
        entry.issuer = textOf(X509_get_issuer_name(certificate.get()));
        entry.notBeforeMs = msOf(X509_get0_notBefore(certificate.get()));
        entry.notAfterMs = msOf(X509_get0_notAfter(certificate.get()));
        entry.names = namesOf(certificate.get());
    }
    ERR_clear_error(); // reading ends with the error that nothing more is there
    return result;
}

} // namespace net
