// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace net {

/// The parts of a URL that decide the way: no percent decoding, host in lower case and without brackets.
struct UrlParts {
    std::string scheme;
    std::string host;
    int port = 0;     ///< The scheme's own where the URL names none, 0 where that is unknown.
    std::string path; ///< With its leading slash, empty where there is none; query and fragment excluded.
    bool explicitPort = false;
};
/// Fails with BadInput. User information is accepted and left out.
base::Result<UrlParts> splitUrl(std::string_view url);

/// Which proxy the environment wants, by the rules of Go's net/http (golang.org/x/net/http/httpproxy), which kubectl
/// follows: upper-case names win over lower-case ones; HTTPS_PROXY for https, HTTP_PROXY for http (unless
/// REQUEST_METHOD is set); ALL_PROXY is not read; NO_PROXY lists names (with their subdomains), .names and *.names
/// (subdomains alone), addresses, CIDRs, each with an optional port, or *; localhost and loopback addresses never use
/// an environment proxy.
struct ProxyEnvironment {
    std::string http;
    std::string https;
    std::string noProxy;

    /// Reads the process's environment. Not to be called while another thread changes it.
    static ProxyEnvironment read();
    /// Empty for a direct connection.
    [[nodiscard]] std::string proxyFor(const UrlParts& url) const;
};

/// As curl wants it: http, https and socks5 (the proxy resolves, as in Go), with user and password kept. BadInput for
/// anything else; the message holds no password.
base::Result<std::string> curlProxyUrl(std::string_view proxy);

/// "host:port" for messages.
std::string displayAddress(const UrlParts& url);

} // namespace net
