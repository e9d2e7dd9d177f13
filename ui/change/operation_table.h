// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/keyed_table_model.h"

#include <QString>

#include <cstddef>
#include <vector>

namespace fleet {
class Fleet;
} // namespace fleet

namespace ui {

class ChangeRun;

/// One operation of a set, or one of the set that is taken back which has to stay.
struct OperationRow {
    std::size_t number = 0; ///< Among the operations; refusals of an undo count on from there.
    bool isRefusal = false;
    QString cluster;
    int hue = -1;
    QString rule; ///< ruleMark() of the cluster.
    QString object;
    QString act;
    Cell dryRun;
    Cell owners;
    Cell result;
};

using OperationModel = KeyedTableModel<OperationRow, std::size_t>;

enum class OperationColumn { Cluster, Object, Act, DryRun, Owners, Result };

OperationModel* makeOperationModel(QObject* parent);
std::vector<OperationRow> operationRows(const ChangeRun& run, const fleet::Fleet& fleet, std::int64_t nowMs);

} // namespace ui
