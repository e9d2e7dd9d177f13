// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/picker_items.h"

#include "core/fleet/fleet.h"
#include "ui/base/cluster_text.h"

#include <algorithm>
#include <cstdint>

namespace ui {

std::vector<PickerItem> clusterItems(const fleet::Fleet& fleet, const std::vector<fleet::ClusterId>& chosen) {
    std::vector<PickerItem> items;
    for (const fleet::ClusterInfo& cluster : fleet.clusters()) {
        const bool on = std::find(chosen.begin(), chosen.end(), cluster.id) != chosen.end();
        if (isOpen(cluster.health) || on)
            items.push_back({QString::number(cluster.id.value), clusterName(cluster), cluster.hue, on});
    }
    return items;
}

std::vector<fleet::ClusterId> pickedClusters(const QStringList& keys) {
    std::vector<fleet::ClusterId> ids;
    for (const QString& key : keys)
        ids.push_back({static_cast<std::uint16_t>(key.toUInt())});
    return ids;
}

std::vector<PickerItem> namespaceItems(const fleet::Fleet& fleet, const std::vector<fleet::ClusterId>& clusters,
                                       QStringList chosen, const QStringList& typed) {
    std::vector<PickerItem> items;
    for (const std::string& name : fleet.namespaces(clusters)) {
        const QString ns = QString::fromStdString(name);
        items.push_back({ns, ns, -1, chosen.removeOne(ns), typed.contains(ns)});
    }
    for (const QString& other : chosen)
        items.push_back({other, other, -1, true, false});
    return items;
}

} // namespace ui
