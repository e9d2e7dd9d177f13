// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/cluster_info.h"
#include "ui/base/keyed_table_model.h"

#include <cstdint>
#include <functional>

namespace ui {

/// A row of the fleet's table. What a cell shows depends on the time by the minute only.
struct ClusterRow {
    fleet::ClusterInfo info;
    std::int64_t nowMs = 0;
};

using ClusterModel = KeyedTableModel<ClusterRow, std::uint16_t>;

/// Columns in the order of the table.
enum class ClusterColumn { Name, State, Version, Where, Nodes, Pods, Failing, Cpu, Memory, Credentials };

/// A table of clusters by ClusterId::value.
ClusterModel* makeClusterModel(QObject* parent);

/// Requested of allocatable as a bar; nothing where unknown.
Cell shareCell(std::int64_t requested, std::int64_t allocatable, bool dimmed);
/// The time left until credentials expire: "304 d", "12 d" in attention, "expired".
Cell expiryCell(std::int64_t expiryMs, std::int64_t nowMs);
/// "AWS us-east-1"
QString placeText(const fleet::ClusterInfo& cluster);
/// "642 pods: 620 running, 3 pending, 19 succeeded, 0 failed", empty where unknown.
QString podsSentence(const fleet::ClusterInfo& cluster);

} // namespace ui
