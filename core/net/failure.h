// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace net {

/// What libcurl says of a transfer that failed, in plain values.
struct Failure {
    int code = 0;            ///< CURLcode.
    long osError = 0;        ///< errno of the failed connect, 0 if unknown.
    long verifyResult = 0;   ///< X509_V_ERR_* of the server's certificate.
    long proxyStatus = 0;    ///< HTTP status of the proxy's answer to CONNECT.
    std::string_view detail; ///< curl's own words.
    std::string server;      ///< "host:port".
    std::string serverName;  ///< The name its certificate has to hold.
    std::string proxy;       ///< "host:port" of the proxy, empty for none.
    bool nameKnown = false;  ///< How far it came: the name was resolved,
    bool connected = false;  ///< the TCP connection stood,
    bool secured = false;    ///< the TLS handshake was done (or there was none to do),
    bool asked = false;      ///< the request was sent,
    bool answered = false;   ///< the head of the answer came.
    std::int64_t waitedMs = 0;
};

base::Error describeFailure(const Failure& failure);

} // namespace net
