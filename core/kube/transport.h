// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/executor.h"
#include "core/base/result.h"
#include "core/net/engine.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace kube {

/// One call of the Kubernetes API. Verb and resource are for error messages only.
struct ApiRequest {
    std::string method = "GET";
    std::string target; ///< Path and query, e.g. "/api/v1/pods?limit=500".
    std::string accept = "application/json";
    std::string contentType; ///< Of body, if there is one.
    std::string body;
    std::string verb;     ///< "list"
    std::string resource; ///< "pods"
    std::chrono::milliseconds deadline{30000};
    bool compressed = true; ///< Ask for gzip.
    /// A larger answer, unpacked, fails with BadResponse. Not for streams, whose reader bounds what it keeps.
    std::size_t maxBody = std::size_t(16) << 20;
};

/// Our end of a WebSocket to a server. To be used on the executor that its sink runs on; destroying it gives it up.
class Socket {
public:
    virtual ~Socket() = default;

    /// False: nothing was taken, as it is not open yet or there is no room. SocketSink::opened or drained says when to
    /// go on.
    [[nodiscard]] virtual bool send(net::SocketMessage message) = 0;
    /// A message of so many bytes is done with; see net::SocketOptions::Handled.
    virtual void handled(std::size_t /*size*/) {}
    /// Says farewell after what was sent.
    virtual void close() = 0;
};

/// The one door for reads: everything above asks a Transport and cannot tell whether a live API server, memory or a
/// bundle answers. Any thread may call; handlers run on the executor given, once, or never if cancelled. An answer with
/// status
/// >= 400 arrives as an Error made from the server's Status object (send) or as the error of end (stream).
class Transport {
public:
    virtual ~Transport() = default;

    virtual base::Cancel send(ApiRequest request, base::Executor& executor,
                              net::Handler<base::Result<net::Response>> handler) = 0;
    virtual base::Cancel stream(ApiRequest request, base::Executor& executor, net::StreamSink sink) = 0;

    /// Opens a WebSocket. `sink.refused` is not called: a refusal arrives as the error of `sink.closed`. Where there is
    /// no live server behind, that is Unsupported.
    [[nodiscard]] virtual std::unique_ptr<Socket> connect(ApiRequest request, net::SocketOptions options,
                                                          base::Executor& executor, net::SocketSink sink);

    /// 0 for a live server; otherwise the time the answers were captured, in milliseconds since 1970.
    [[nodiscard]] virtual std::int64_t capturedAtMs() const { return 0; }
};

} // namespace kube
