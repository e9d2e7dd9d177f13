// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change/acts/drain.h"
#include "ui/base/keyed_table_model.h"

#include <string>
#include <vector>

namespace change {
class Clusters;
} // namespace change

namespace ui {

/// A pod on a node that is to be drained.
struct DrainRow {
    std::string key;
    QString pod;
    QString node;
    Cell fate;
    Cell why;
};

using DrainModel = KeyedTableModel<DrainRow, std::string>;

DrainModel* makeDrainModel(QObject* parent);
/// What wants a look comes first. Where nodes are of several clusters, each is named with its own.
std::vector<DrainRow> drainRows(const std::vector<change::NodeDrain>& drains, change::Clusters& clusters);

} // namespace ui
