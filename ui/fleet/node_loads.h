// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/fleet.h"
#include "core/fleet/view.h"

#include <QObject>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace ui {

/// What the pods on one node ask for.
struct NodeLoad {
    int pods = 0;
    std::int64_t cpuMilli = 0;
    std::int64_t memory = 0;
};

/// One node of the cluster in detail.
struct NodeRow {
    std::string name;
    std::string machine; ///< Instance type, or the zone where that is not labelled.
    std::string status;
    std::string problems;
    bool ready = false;
    bool dimmed = false;
    std::int64_t cpuAllocatableMilli = -1;
    std::int64_t memoryAllocatable = -1;
    NodeLoad load;
    friend bool operator==(const NodeRow&, const NodeRow&);
};

/// The nodes of one cluster with what their pods request, from two views that live as long as this.
class NodeLoads : public QObject {
    Q_OBJECT
public:
    NodeLoads(fleet::Fleet& fleet, fleet::ClusterId cluster, QObject* parent = nullptr);
    ~NodeLoads() override;

    [[nodiscard]] std::vector<NodeRow> rows() const;
    /// Both kinds have answered or failed.
    [[nodiscard]] bool isSettled() const;
    /// Why there are no nodes, if the view says so.
    [[nodiscard]] std::optional<base::Error> error() const;

signals:
    void changed();

private:
    struct Share {
        std::uint32_t node = UINT32_MAX; ///< Index into m_loads.
        std::int64_t cpuMilli = 0;
        std::int64_t memory = 0;
    };
    void takePods(const fleet::ViewDelta& delta);
    void put(fleet::RowId id, const Share& share);
    Share shareOf(fleet::RowId id);

    std::unique_ptr<fleet::View> m_nodes;
    std::unique_ptr<fleet::View> m_pods;
    std::unordered_map<std::string, std::uint32_t> m_nodeIndex;
    std::vector<NodeLoad> m_loads;
    std::unordered_map<std::uint32_t, Share> m_shares; // By the row's handle; one cluster only.
};

} // namespace ui
