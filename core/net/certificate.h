// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace net {

/// What a certificate says, for people. Nothing in it is secret.
struct Certificate {
    std::string subject; ///< RFC 2253: "CN=kube-apiserver,O=...".
    std::string issuer;
    std::int64_t notBeforeMs = 0; ///< Since 1970-01-01 UTC.
    std::int64_t notAfterMs = 0;
    std::vector<std::string> names; ///< Alternative names: DNS names, addresses, URIs and mail addresses.
};

/// All certificates in PEM text, in its order; other blocks and unreadable ones are left out.
std::vector<Certificate> readCertificates(std::string_view pem);

/// One of a chain, in particular.
struct ChainCertificate {
    Certificate says;
    std::string serial;      ///< "03:A1:...".
    std::string keyType;     ///< "RSA", "ECDSA P-256", "Ed25519".
    int keyBits = 0;         ///< 0 where the type says it.
    std::string fingerprint; ///< SHA-256 of the whole: "AB:CD:...".
    bool isAuthority = false;
    bool isSelfSigned = false;
};

struct CertificateChain {
    std::vector<ChainCertificate> certificates;
    /// The first that was not issued by the one after it, though another one follows; equal to size(): in order.
    std::size_t brokenAt = 0;

    [[nodiscard]] bool isInOrder() const { return brokenAt >= certificates.size(); }
};

/// Whether the text has the frame of a PEM certificate, readable or not.
[[nodiscard]] bool hasCertificates(std::string_view pem);

/// The certificates of PEM text in its order. Fails with BadInput where there is none, or one is damaged; the message
/// counts them from 1. Other blocks, such as a key, are passed over.
[[nodiscard]] base::Result<CertificateChain> readCertificateChain(std::string_view pem);

enum class KeyFit {
    Fits,
    Differs,    ///< It is the key of another certificate.
    Encrypted,  ///< Nobody can tell without its password.
    Unreadable, ///< It is no key, or the certificate is none.
};
/// Whether a private key in PEM belongs to the first certificate of a text.
[[nodiscard]] KeyFit fitOf(std::string_view privateKey, std::string_view certificates);

/// Whole days until then, rounded down: 0 within the last day, negative once it is over.
[[nodiscard]] std::int64_t daysLeft(std::int64_t notAfterMs, std::int64_t nowMs);

} // namespace net
