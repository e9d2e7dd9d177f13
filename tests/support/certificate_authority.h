// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace testsupport {

/// A certificate and its key, both PEM.
struct Identity {
    std::string certPem;
    std::string keyPem;
};

struct CertificateWish {
    std::string commonName = "server";
    std::vector<std::string> names = {"localhost", "127.0.0.1"}; ///< DNS names and addresses.
    long validFromS = -3600;                                     ///< Seconds from now.
    long validForS = 86400;                                      ///< Seconds from now; negative has expired.
};

/// An own certificate authority with P-256 keys, made anew for each test program.
class CertificateAuthority {
public:
    explicit CertificateAuthority(const std::string& name = "test authority");
    ~CertificateAuthority();
    CertificateAuthority(const CertificateAuthority&) = delete;
    CertificateAuthority& operator=(const CertificateAuthority&) = delete;

    [[nodiscard]] const std::string& pem() const;
    [[nodiscard]] Identity issue(const CertificateWish& wish) const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace testsupport
