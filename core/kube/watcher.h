// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/executor.h"
#include "core/base/timer.h"
#include "core/kube/kind.h"
#include "core/kube/object_text.h"
#include "core/kube/row_batch.h"
#include "core/kube/transport.h"
#include "core/kube/watch_event.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kube {

class ServerTraits;

/// What to list and watch: one kind, all namespaces or one, optionally selected on the server.
struct WatchSpec {
    Kind kind;
    std::string ns; ///< Empty: all namespaces, or a cluster-scoped kind.
    std::string labelSelector;
    std::string fieldSelector;
    /// Each event is told by itself, for those who print what happens; otherwise the newest state of each object is.
    bool eachEvent = false;
    bool wholeObjects = false; ///< With eachEvent: the objects themselves are told, too.
};

/// Where a watch stands.
enum class WatchPhase : std::uint8_t {
    Listing,   ///< The first state is arriving; rows so far are shown.
    Live,      ///< Complete, changes flow.
    Waiting,   ///< Broken, tried again by itself; last rows stay. error says why, retryAtMs when.
    Forbidden, ///< 403; tried again seldom. error has verb and resource.
    Unserved,  ///< The server does not serve the kind (any more).
};

/// One delivery to the home executor: changes, in order, and the phase after them.
struct WatchUpdate {
    /// A full list begins before these batches: rows not seen by resyncEnds go.
    bool resyncBegins = false;
    std::vector<RowBatch> batches;
    /// What each batch is, with WatchSpec::eachEvent: rows that a list found there, or the one row of an event. Deleted
    /// objects come as their last row; removed() is empty.
    std::vector<WatchEventType> types;
    std::vector<std::vector<ObjectText>> objects; ///< With WatchSpec::wholeObjects those of each batch's rows.
    bool resyncEnds = false;
    WatchPhase phase = WatchPhase::Listing;
    std::optional<base::Error> error;
    std::int64_t retryAtMs = 0;
    std::int64_t serverTimeMs =
        0; ///< From the Date header of the last answer, 0 if unknown: for ages by the server's clock.
    std::uint64_t events = 0; ///< Watch events in these batches; those of the first state do not count.
};

/// What the watchers of one cluster share: the way to it, the threads that decode, and what they learn about the server
/// (all must be set). Must outlive them.
struct WatchEnvironment {
    std::shared_ptr<Transport> transport;
    base::Executor* decodePool = nullptr;
    const base::Clock* clock = nullptr;
    base::Timers* timers = nullptr;
    std::shared_ptr<ServerTraits> traits; ///< One for each server: std::make_shared<ServerTraits>().
    /// Rows of one watch that home has not taken yet; more, and the watch is cut and listed again later.
    std::size_t maxPendingBytes = std::size_t(256) << 20;
};

/// Lists and watches until cancelled: initial events in one stream or gzip pages, whichever the server offers and the
/// link makes cheaper; resumes from the last resourceVersion with jittered back-off, starts over on 410. Decodes on a
/// strand of the pool; `sink` runs on `home`, in order, never after cancel on home's thread. Built-in kinds in bulk
/// come as protobuf, the other typed kinds as JSON, every other kind as the server's Table. If the server's columns
/// change, a batch of a new layout arrives inside a resync.
[[nodiscard]] base::Cancel watch(const WatchEnvironment& environment, WatchSpec spec, base::Executor& home,
                                 net::Handler<WatchUpdate> sink);

/// One full list without a watch, for qdctl and searches; the rows in the server's order. `handler` runs once.
struct ListResult {
    std::vector<RowBatch> batches;
    std::string resourceVersion;
    std::int64_t serverTimeMs = 0;
};
[[nodiscard]] base::Cancel list(const WatchEnvironment& environment, WatchSpec spec, base::Executor& home,
                                net::Handler<base::Result<ListResult>> handler);

} // namespace kube
