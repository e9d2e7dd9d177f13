// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change/clusters.h"

namespace fleet {
class Fleet;
}

namespace change {

/// The connected clusters of a fleet, for writing. Confined to home; the fleet must outlive it.
class FleetClusters final : public Clusters {
public:
    explicit FleetClusters(fleet::Fleet& fleet)
        : m_fleet(fleet) {}

    [[nodiscard]] base::Result<ClusterWay> find(const ClusterRef& cluster) override;

private:
    fleet::Fleet& m_fleet;
};

} // namespace change
