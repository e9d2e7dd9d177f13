// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/row_store.h"
#include "core/kube/watcher.h"

#include <cstddef>
#include <optional>

/// The store that the updates of one watch fill, as a view's source fills its own.
struct WatchedStore {
    std::optional<kube::RowStore> store;
    kube::WatchPhase phase = kube::WatchPhase::Listing;
    std::size_t resyncs = 0;  ///< Completed.
    std::size_t failures = 0; ///< Times it began to wait for another attempt.

    void take(const kube::WatchUpdate& update) {
        kube::RowDelta delta;
        if (update.resyncBegins && store)
            store->beginResync();
        for (const kube::RowBatch& batch : update.batches) {
            if (!store || store->layout() != batch.layout()) {
                store.emplace(batch.layout());
                store->beginResync();
            }
            store->apply(batch, delta);
        }
        if (update.resyncEnds) {
            ++resyncs;
            if (store)
                store->finishResync(delta);
        }
        if (update.phase == kube::WatchPhase::Waiting && phase != update.phase)
            ++failures;
        phase = update.phase;
    }
};
