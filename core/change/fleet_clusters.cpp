// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/fleet_clusters.h"

#include "core/fleet/fleet.h"

namespace change {

namespace {

fleet::ClusterId idOf(const fleet::Fleet& fleet, const ClusterRef& cluster) {
    if (!cluster.uid.empty()) {
        for (const fleet::ClusterInfo& info : fleet.clusters()) {
            if (info.uid == cluster.uid)
                return info.id;
        }
    }
    return fleet.byContext(cluster.context);
}

} // namespace

base::Result<ClusterWay> FleetClusters::find(const ClusterRef& cluster) {
    const fleet::ClusterId id = idOf(m_fleet, cluster);
    if (id.isNull())
        return base::fail(base::ErrorCode::NotFound, "no context leads to " + cluster.context);
    const fleet::ClusterInfo& info = m_fleet.cluster(id);
    if (!cluster.uid.empty() && !info.uid.empty() && info.uid != cluster.uid)
        return base::fail(base::ErrorCode::NotFound,
                          "the context " + cluster.context + " leads to another cluster than the one that is meant");
    ClusterWay way;
    way.transport = m_fleet.transport(id);
    way.kinds = m_fleet.kinds(id);
    const bool answers = info.health == fleet::Health::Live || info.health == fleet::Health::Degraded;
    if (!way.transport || !way.kinds || !answers)
        return base::fail(base::ErrorCode::Unreachable,
                          info.name + " is not connected" + (info.why.empty() ? "" : ": " + info.why));
    way.name = info.name;
    way.uid = info.uid;
    if (info.wayIn < info.waysIn.size()) {
        way.user = info.waysIn[info.wayIn].user;
        way.ns = info.waysIn[info.wayIn].ns;
    }
    way.isProtected = info.isProtected;
    way.isReadOnly = info.isReadOnly;
    way.skewMs = info.clockSkewMs;
    return way;
}

} // namespace change
