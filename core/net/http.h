// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace net {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// The value of the first header called `name` (case ignored), empty if there is none.
std::string_view header(const Headers& headers, std::string_view name);

/// ASCII letters only, as HTTP compares names.
bool equalsIgnoringCase(std::string_view a, std::string_view b);

/// How one server is reached and trusted. An immutable value, shared by all requests that go the same way: connections
/// and TLS sessions are only ever reused between requests of equal endpoints. Holds key material: never log it.
struct Endpoint {
    std::string url;           ///< Scheme, host, port and an optional path prefix, no trailing slash.
    std::string tlsServerName; ///< SNI and the name verified, where it differs from the host in url.
    bool insecureSkipVerify = false;
    std::string caPem;         ///< Certificate authorities; empty means the system's.
    std::string clientCertPem; ///< Client certificate chain, empty for none.
    std::string clientKeyPem;
    std::string proxyUrl; ///< http, https or socks5; empty means what the environment says, by Go's rules.
    bool disableCompression = false;
    std::string probeTarget = "/livez"; ///< Asked when a stream has been silent; any HTTP answer counts as life.
    /// Over HTTP/1.1 for requests, each of which holds one; over HTTP/2 for everything, 100 on each connection.
    int maxConnections = 6;
    /// Over HTTP/1.1 each stream holds a connection of its own for as long as it lasts: beside those of requests, so
    /// that neither starves the other. Over HTTP/2 streams may take what maxInFlight leaves of maxConnections.
    int maxStreams = 100;
    int maxSockets = 1000; ///< WebSockets at once: each has a connection of its own, and a port-forward many of them.
    int maxInFlight = 64;  ///< Requests under way at once; streams do not count. More wait in order.

    bool operator==(const Endpoint&) const = default;
};

/// Where the time went, in microseconds since the request was started (waiting for a free connection included); -1
/// where the step did not happen.
struct Timings {
    std::int64_t nameLookup = -1;
    std::int64_t connect = -1;
    std::int64_t tls = -1;
    std::int64_t firstByte = -1;
    std::int64_t total = -1;
};

/// What was seen on the way of one request, whether it succeeded or not. See probe.h for something to show.
struct Inspection {
    Timings timings;
    bool nameKnown = false; ///< The name was resolved (or there was none to resolve),
    bool connected = false; ///< a TCP connection stood,
    bool secured = false;   ///< the server's identity was verified.
    std::string address;    ///< Connected to, with port.
    std::string proxy;      ///< "host:port", empty for none.
    std::string chainPem;   ///< The server's certificates, its own first.
};

struct Request {
    std::shared_ptr<const Endpoint> endpoint;
    std::string method = "GET";
    std::string target; ///< Path and query below endpoint->url, starting with '/'.
    Headers headers;
    std::string body;
    /// From start to the last byte of the answer (for a stream: to its head, unless that is a refusal). 0: no bound.
    std::chrono::milliseconds deadline{30000};
    /// For a stream: how long a dead connection may go unnoticed. After two thirds of it without a byte the server is
    /// asked for endpoint->probeTarget over the same kind of connection; without any answer to that the stream ends
    /// with an error before this time is over. 0 never asks.
    std::chrono::milliseconds silence{30000};
    std::size_t maxBody = std::size_t(1) << 30; ///< A larger body fails with BadResponse.
    /// If set, the request goes over a fresh connection of its own beside all limits, and this is filled in before the
    /// handler runs. For send() only.
    std::shared_ptr<Inspection> inspection;
};

struct Response {
    int status = 0;
    int httpVersion = 0; ///< 10, 11 or 20; 0 where the answer did not come over HTTP.
    Headers headers;
    std::string body; ///< Decoded, where the server compressed it.
    Timings timings;
};

} // namespace net
