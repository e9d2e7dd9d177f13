// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/qdctl/watch_printer.h"
#include "core/fleet/filter.h"
#include "core/kube/watcher.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace qdctl {

/// One kind of one cluster under watch: prints each event, and after a watch had to begin anew nothing twice and
/// nothing less. An object that enters or leaves the filter is added or deleted, as with selectors.
class WatchedKind {
public:
    WatchedKind(kube::Kind kind, std::string cluster, const fleet::Filter& filter, WatchPrinter& printer);

    void take(kube::WatchUpdate update, std::int64_t nowMs);
    /// Whether a first list was complete, and how many objects are there.
    [[nodiscard]] bool isListed() const { return m_isListed; }
    [[nodiscard]] std::size_t size() const { return m_known.size(); }

private:
    struct Known {
        std::shared_ptr<const kube::RowBatch> batch;
        std::size_t index = 0;
        std::string json;
        bool isSeen = true; // By the list under way.
        [[nodiscard]] kube::RowRef row() const { return batch->row(index); }
    };
    using Key = std::array<std::uint64_t, 2>;

    void takeListed(Known now);
    void takeEvent(kube::WatchEventType type, Known now);
    void finishList();
    void print(kube::WatchEventType type, const Known& known);

    const kube::Kind m_kind;
    const std::string m_cluster;
    const fleet::Filter& m_filter;
    WatchPrinter& m_printer;
    std::map<Key, Known> m_known; // What was printed and is not deleted.
    std::int64_t m_nowMs = 0;
    bool m_isListing = false;
    bool m_isListed = false;
};

} // namespace qdctl
