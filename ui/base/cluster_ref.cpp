// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/cluster_ref.h"

#include "core/fleet/fleet.h"

namespace ui {

change::ClusterRef clusterRef(const fleet::Fleet& fleet, fleet::ClusterId id) {
    const fleet::ClusterInfo& cluster = fleet.cluster(id);
    const bool hasWay = cluster.wayIn < cluster.waysIn.size();
    return {hasWay ? cluster.waysIn[cluster.wayIn].context : cluster.name, cluster.uid};
}

} // namespace ui
