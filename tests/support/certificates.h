// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace testbed {

/// A certificate and its key, as PEM.
struct Identity {
    std::string certificate;
    std::string key;
};

/// A certificate authority of its own, for one cluster of the bed. P-256 keys, valid from an hour ago for ten days.
class Authority {
public:
    explicit Authority(const std::string& name);
    ~Authority();
    Authority(const Authority&) = delete;
    Authority& operator=(const Authority&) = delete;

    const std::string& certificate() const { return m_pem; }

    /// A certificate for servers and clients alike. In Kubernetes the organisations are groups, the name is the user.
    /// `names` are subject alternative names as OpenSSL writes them: "IP:127.0.0.1", "DNS:localhost".
    Identity issue(const std::string& name, const std::vector<std::string>& organisations = {},
                   const std::vector<std::string>& names = {}) const;

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
    std::string m_pem;
};

/// A key pair without a certificate, which an API server signs service account tokens with. `certificate` holds the
/// public key.
Identity makeSigningKey();

/// Standard base64, as kubeconfig's -data fields and etcd's gateway want it.
std::string toBase64(const std::string& bytes);

} // namespace testbed
