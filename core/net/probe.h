// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/executor.h"
#include "core/base/result.h"
#include "core/net/certificate.h"
#include "core/net/engine.h"
#include "core/net/http.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace net {

/// One step of the way to a server.
struct ProbeStep {
    enum class Kind { NameLookup, Connect, Tls, Http };
    Kind kind = Kind::NameLookup;
    std::int64_t tookUs = 0; ///< This step alone.
    std::optional<base::Error> error;
};

/// What was found on the way, step by step, up to the first one that failed.
struct Diagnosis {
    std::vector<ProbeStep> steps; ///< In order; Tls only for https.
    std::string address;          ///< The address connected to (the proxy's, where there is one), empty if none.
    std::string proxy;            ///< "host:port", empty for a direct connection.
    /// The server's chain, its own certificate first. Also there when its verification is what failed: then it is read
    /// over a second connection that trusts anybody, with nothing of the user's sent.
    std::vector<Certificate> certificates;
    std::optional<Response> response;        ///< Of any status.
    std::optional<std::int64_t> clockSkewMs; ///< The server's clock minus ours, to a second, where it sends a Date.

    [[nodiscard]] const base::Error* error() const;
};

/// Goes the whole way to the server once, over a connection of its own and beside all limits and pauses. `request` is
/// what is asked at its end, credentials in its headers; its deadline bounds everything (twice, where a second
/// connection is needed). `handler` runs once on `executor`, or never if cancelled. Any thread. The engine must outlive
/// the answer.
base::Cancel diagnose(Engine& engine, Request request, base::Executor& executor, Handler<Diagnosis> handler);

} // namespace net
