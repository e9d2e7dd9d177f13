// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/executor.h"
#include "core/kube/watch_reader.h"
#include "core/kube/watcher.h"

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace kube {

/// Gathers what a watch has to tell until it is handed over in one delivery. Used on the watch's strand; giveUp() and
/// what reaches home aside.
class WatchOutbox {
public:
    WatchOutbox(base::Executor& home, base::CancelToken token, net::Handler<WatchUpdate> sink);

    /// A full list begins: what was gathered before is part of it or gone.
    void beginResync();
    void endResync() { m_update.resyncEnds = true; }
    /// Takes rows and objects out of `news`, and leaves the rest.
    void add(WatchNews& news);
    void setPhase(WatchPhase phase, std::optional<base::Error> error = {}, std::int64_t retryAtMs = 0);
    /// Forgets rows that were gathered, not what was said of phases.
    void dropRows();

    [[nodiscard]] WatchPhase phase() const { return m_update.phase; }
    [[nodiscard]] bool isEmpty() const { return !m_hasNews; }
    /// Bytes of rows gathered.
    [[nodiscard]] std::size_t bytes() const { return m_bytes; }
    /// Home has not taken the last deliveries yet: gather on.
    [[nodiscard]] bool isHomeBusy() const { return m_shared->underway.load(std::memory_order_acquire) >= 2; }

    /// Posts what was gathered to home. `taken` runs there after the sink did.
    void deliver(std::int64_t serverTimeMs, base::UniqueFunction<void()> taken);

    /// Any thread: the sink is let go, on the calling thread unless it is running just now.
    void giveUp();

private:
    // Outlives the outbox in the hands of deliveries.
    struct Shared {
        std::mutex mutex;
        std::shared_ptr<net::Handler<WatchUpdate>> sink;
        std::atomic<int> underway = 0;
    };

    base::Executor& m_home;
    base::CancelToken m_token;
    std::shared_ptr<Shared> m_shared;
    WatchUpdate m_update;
    std::size_t m_bytes = 0;
    bool m_hasNews = false;
};

} // namespace kube
