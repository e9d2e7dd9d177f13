// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace demo {

/// Keys and certificates of one site, made afresh at every start and kept in memory; the client's go into the
/// kubeconfig.
struct Identity {
    std::string caPem;
    std::string serverCertPem;
    std::string serverKeyPem;
    std::string clientCertPem;
    std::string clientKeyPem;
};

/// An authority, a server certificate for 127.0.0.1 and localhost, and a client certificate that ends in `clientDays`.
Identity makeIdentity(const std::string& name, int clientDays);

} // namespace demo
