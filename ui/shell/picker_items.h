// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/ids.h"
#include "ui/shell/picker.h"

#include <QStringList>

#include <vector>

namespace fleet {
class Fleet;
}

namespace ui {

/// The clusters that are connected, and those chosen that are not, by their ids.
std::vector<PickerItem> clusterItems(const fleet::Fleet& fleet, const std::vector<fleet::ClusterId>& chosen);
/// The clusters of keys that were picked.
std::vector<fleet::ClusterId> pickedClusters(const QStringList& keys);
/// The namespaces known in the clusters (all connected if empty), and those chosen besides.
std::vector<PickerItem> namespaceItems(const fleet::Fleet& fleet, const std::vector<fleet::ClusterId>& clusters,
                                       QStringList chosen, const QStringList& typed);

} // namespace ui
