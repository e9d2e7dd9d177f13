// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/executor.h"
#include "core/base/result.h"
#include "core/net/engine.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
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

    /// 0 for a live server; otherwise the time the answers were captured, in milliseconds since 1970.
    [[nodiscard]] virtual std::int64_t capturedAtMs() const { return 0; }
};

} // namespace kube
