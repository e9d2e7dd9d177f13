// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/clock.h"
#include "core/base/executor.h"
#include "core/kube/row_store.h"
#include "core/kube/watcher.h"

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fleet {

/// What a source holds: one kind of one cluster, in all namespaces (`ns` empty) or in one.
struct SourceKey {
    std::string resource;
    std::string ns;
    friend auto operator<=>(const SourceKey&, const SourceKey&) = default;
};

/// Hears of a source's changes while they happen, on the home executor. Must not release sources inside these calls.
class SourceListener {
public:
    virtual ~SourceListener() = default;
    virtual void sourceChanged(const kube::RowDelta& delta) = 0;
    /// Another store, maybe of another layout: every handle known before is void.
    virtual void sourceReset() = 0;
    /// Phase, error or being cached changed.
    virtual void sourceStateChanged() = 0;
};

/// The rows of one kind of one cluster and the watch that keeps them, shared by all who want them. Without a watch it
/// holds the last known state. Confined to the home executor.
class Source {
public:
    Source(SourceKey key, base::Executor& home, const base::Clock& clock);
    ~Source();
    Source(const Source&) = delete;
    Source& operator=(const Source&) = delete;

    [[nodiscard]] const SourceKey& key() const { return m_key; }
    /// Null as long as no layout is known.
    [[nodiscard]] const kube::RowStore* store() const { return m_store ? &*m_store : nullptr; }
    /// A row by handle, null if it is gone.
    [[nodiscard]] kube::RowRef row(kube::RowHandle handle) const;
    [[nodiscard]] std::size_t size() const { return m_store ? m_store->size() : 0; }

    /// Starts to list and watch, or goes on with the watch there is if it is for the same kind and the same transport.
    void attach(const kube::WatchEnvironment& environment, const kube::Kind& kind);
    [[nodiscard]] bool isAttached() const { return m_attached; }
    /// Ends the watch; the rows stay as last known state.
    void detach();
    /// Asks anew for a kind that the server did not serve.
    void restart();
    /// The last known state from disk; ignored once there are rows.
    void seed(const kube::RowBatch& rows, std::int64_t asOfMs);

    [[nodiscard]] kube::WatchPhase phase() const { return m_phase; }
    [[nodiscard]] const std::optional<base::Error>& error() const { return m_error; }
    [[nodiscard]] std::int64_t retryAtMs() const { return m_retryAtMs; }
    /// The rows are older than the present: from disk, or from before the watch broke.
    [[nodiscard]] bool isCached() const;
    /// When the rows were true; 0 if there never were any.
    [[nodiscard]] std::int64_t asOfMs() const;
    /// Server's clock minus ours as the last answer told, 0 if unknown.
    [[nodiscard]] std::int64_t skewMs() const { return m_skewMs; }
    [[nodiscard]] std::uint64_t events() const { return m_events; }
    [[nodiscard]] std::int64_t lastChangeMs() const { return m_lastChangeMs; }
    /// Counts changes of rows, so that a saver sees whether there is something new.
    [[nodiscard]] std::uint64_t revision() const { return m_revision; }
    /// A complete state of the server was seen since the start of the program.
    [[nodiscard]] bool wasComplete() const { return m_complete; }

    void add(SourceListener* listener);
    void remove(SourceListener* listener);
    [[nodiscard]] std::size_t listeners() const { return m_listeners.size(); }

private:
    void start();
    void take(kube::WatchUpdate update);
    void applyBatch(const kube::RowBatch& batch);
    void endResync();
    void told(const kube::RowDelta& delta);
    void tellReset();
    void tellState();
    template <typename Call>
    void forEachListener(Call call);

    SourceKey m_key;
    base::Executor& m_home;
    const base::Clock& m_clock;
    std::vector<SourceListener*> m_listeners;
    std::optional<kube::RowStore> m_store;
    std::optional<kube::RowStore> m_next; // Of another layout, while its full list arrives.
    bool m_resync = false;
    bool m_attached = false;
    bool m_complete = false;
    kube::WatchEnvironment m_environment;
    kube::Kind m_kind;
    kube::WatchPhase m_phase = kube::WatchPhase::Listing;
    std::optional<base::Error> m_error;
    std::int64_t m_retryAtMs = 0;
    std::int64_t m_asOfMs = 0;
    std::int64_t m_skewMs = 0;
    std::int64_t m_lastChangeMs = 0;
    std::uint64_t m_events = 0;
    std::uint64_t m_revision = 0;
    base::Cancel m_watch;
};

} // namespace fleet
