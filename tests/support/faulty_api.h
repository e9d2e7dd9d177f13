// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/lying_server.h"

#include <memory>

namespace testsupport {

/// What of an API a fault has befallen.
enum class Befallen {
    Everything,
    Lists,   ///< And watches; version and discovery are well.
    Watches, ///< Lists are well and empty.
    Nothing,
};

/// A small Kubernetes API over TLS: version, discovery of pods, nodes and namespaces, empty lists, silent watches; what
/// has befallen it is answered by `fault`.
std::unique_ptr<LyingServer> faultyApi(Befallen what, Script fault = {});

/// Ready-made faults.
namespace fault {
/// A Status object with this code, and Retry-After where `retryAfterS` is not 0.
Script status(int code, const char* reason, int retryAfterS = 0);
/// An answer that ends in the middle of its JSON, though in order.
void truncatedJson(const Exchange& exchange, Wire& wire);
/// A page of text where JSON should stand.
void garbage(const Exchange& exchange, Wire& wire);
/// A header every now and then, for ever.
void tarpit(const Exchange& exchange, Wire& wire);
/// 1 GB without an end of line, made as it goes.
void endlessLine(const Exchange& exchange, Wire& wire);
} // namespace fault

} // namespace testsupport
