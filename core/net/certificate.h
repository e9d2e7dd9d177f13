// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
    std::vector<std::string> names; ///< Alternative names: DNS names and addresses.
};

/// All certificates in PEM text, in its order; other blocks and unreadable ones are left out.
std::vector<Certificate> readCertificates(std::string_view pem);

} // namespace net
