// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/error.h"
#include "core/base/executor.h"
#include "core/kube/row_batch.h"
#include "core/net/engine.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fleet {

/// Which rows: of what cluster (a key of its RegisteredCluster), kind and namespace ("" for all).
struct KnownKey {
    std::string cluster;
    std::string resource;
    std::string ns;
};

struct KnownRows {
    kube::RowBatch rows;
    std::int64_t asOfMs = 0;
};

/// The last known state of clusters on disk: rows of every kind that was looked at, and a summary and the kinds of each
/// cluster. One SQLite file that several programs may use at the same time. Nothing of Secrets is ever kept. A file
/// that is broken or from a newer program is put aside or left alone and the reason is in problem(): never a failure of
/// anything else. Called on one thread; the work is done on a thread of its own.
class LastKnown {
public:
    /// Opens or makes `folder`/last-known.sqlite.
    explicit LastKnown(const std::string& folder);
    /// Writes what is still to be written.
    ~LastKnown();
    LastKnown(const LastKnown&) = delete;
    LastKnown& operator=(const LastKnown&) = delete;

    [[nodiscard]] const std::optional<base::Error>& problem() const;

    /// Whether rows of this resource may be kept at all.
    [[nodiscard]] static bool mayKeep(const std::string& resource);
    /// Takes what packRows() gave; replaces what was known. Later, in the order of the calls.
    void saveRows(KnownKey key, std::string packed, std::int64_t asOfMs);
    /// `handler` runs once on `home`; nothing if nothing usable is known.
    [[nodiscard]] base::Cancel loadRows(KnownKey key, base::Executor& home,
                                        net::Handler<std::optional<KnownRows>> handler);

    void forgetRowsBefore(std::int64_t ms);

    /// Short texts by cluster key, as they were at the start.
    [[nodiscard]] const std::map<std::string, std::string>& summaries() const;
    void saveSummary(std::string cluster, std::string text);

    /// What catalogText() gave.
    void saveCatalog(std::string cluster, std::string text);
    /// `handler` runs once on `home`; empty if nothing is known.
    [[nodiscard]] base::Cancel loadCatalog(std::string cluster, base::Executor& home,
                                           net::Handler<std::string> handler);

private:
    struct State;
    void enqueue(std::function<void(State&)> work);
    template <typename T>
    base::Cancel load(std::function<T(const State&)> read, base::Executor& home, net::Handler<T> handler);

    std::shared_ptr<State> m_state;
    std::unique_ptr<base::ThreadPool> m_thread;
};

} // namespace fleet
