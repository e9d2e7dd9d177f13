// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/cluster_info.h"
#include "ui/base/cell.h"
#include "ui/base/keyed_table_model.h"

#include <QString>

#include <cstdint>
#include <string>
#include <vector>

namespace ui {

/// A pod that does not work, as the fleet's pods say.
struct BrokenPod {
    fleet::ClusterId cluster;
    std::string ns;
    std::string name;
    std::string status; ///< "CrashLoopBackOff"
    std::int64_t restarts = 0;
    std::int64_t sinceMs = 0; ///< Its last restart, or when it was created.
};

/// One thing that waits for the operator.
struct Need {
    Mark mark = Mark::None;
    QString text;
    std::int64_t sinceMs = 0; ///< 0: no moment known.
    fleet::ClusterId cluster;
    QString ns; ///< With name: the pod it is about.
    QString name;
    int rank = 0; ///< Lower stands first.

    [[nodiscard]] QString key() const;
    friend bool operator==(const Need& a, const Need& b) = default;
};

/// What needs the operator, the worst first: expired credentials and refused sign-ins, broken pods, nodes in trouble,
/// credentials about to expire, clusters away. `pods` beyond a limit per cluster are summed up in one line.
std::vector<Need> findNeeds(const std::vector<fleet::ClusterInfo>& clusters, const std::vector<BrokenPod>& pods,
                            std::int64_t nowMs);

struct NeedRow {
    Need need;
    std::int64_t nowMs = 0; ///< By the minute.
    friend bool operator==(const NeedRow&, const NeedRow&) = default;
};

using NeedModel = KeyedTableModel<NeedRow, std::string>;
NeedModel* makeNeedModel(QObject* parent);

} // namespace ui
